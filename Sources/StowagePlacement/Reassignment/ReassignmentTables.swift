/// Four neighbouring entries of a row.
typealias Four = SIMD4<Int32>

extension Four {
  /// Whether one of the entries is below zero.
  @inline(__always)
  var hasNegative: Bool {
    let halves = unsafeBitCast(self, to: SIMD2<UInt64>.self)
    return (halves[0] | halves[1]) & 0x8000_0000_8000_0000 != 0
  }
}

/// A reassignment problem in flat arrays, laid out for the inner loop.
///
/// Every row holds the resources and then the balances, padded to whole blocks of four 32-bit numbers.
/// A balance wish, `target · free(r1) − free(r2)`, is linear in the load: a process adds
/// `need(r2) − target · need(r1)` to it, so that a balance is one more resource with a limit of its own
/// and no capacity.
final class ReassignmentTables {
  let problem: Reassignment
  /// Blocks of four in a row.
  let blocks: Int
  let machineCount: Int
  let processCount: Int

  /// What each process adds to its machine; `blocks` per process.
  let row: UnsafeMutablePointer<Four>
  /// Which entries of a row need capacity: all resources; then only those that are not transient.
  let mask: UnsafeMutablePointer<Four>
  /// What a unit above the limit costs, as pairs of even and of odd entries; two per block.
  let weight: UnsafeMutablePointer<SIMD2<UInt64>>
  /// How far apart the weights of two machines lie: 0 where all have the same.
  let weightStride: Int
  let home: UnsafeMutablePointer<Int32>
  let service: UnsafeMutablePointer<Int32>
  /// What it costs that a process is not at home, wherever it is.
  let leaveCost: UnsafeMutablePointer<Int64>
  /// The cost of moves between machines, a row for each origin.
  let travel: UnsafeMutablePointer<Int32>
  let machineWeight: Int64
  /// Where the permissions of each process begin in ``isPermitted``; -1 where it may run anywhere.
  private let permission: UnsafeMutablePointer<Int32>
  private let isPermitted: UnsafeMutablePointer<Bool>
  private let hasPermissions: Bool
  /// What each process counts for when it is not at home, and how much of that there may be.
  let moves: UnsafeMutablePointer<Int32>
  let mostMoves: Int

  init(_ problem: Reassignment) {
    precondition(problem.isWithinRange, "amounts and weights must be below 2^29")
    self.problem = problem
    let resourceCount = problem.resources.count
    let width = resourceCount + problem.balances.count
    blocks = max(1, (width + 3) / 4)
    machineCount = problem.machines.count
    processCount = problem.processes.count
    row = .allocate(capacity: processCount * blocks)
    mask = .allocate(capacity: 2 * blocks)
    let isUniform = problem.machines.allSatisfy { $0.loadWeights == nil }
    weightStride = isUniform ? 0 : 2 * blocks
    weight = .allocate(capacity: 2 * blocks * (isUniform ? 1 : max(1, machineCount)))
    home = .allocate(capacity: processCount)
    service = .allocate(capacity: processCount)
    leaveCost = .allocate(capacity: processCount)
    travel = .allocate(capacity: machineCount * machineCount)
    machineWeight = problem.moveWeights.machine
    mostMoves = problem.mostMoves ?? .max
    hasPermissions = !problem.permissions.isEmpty
    permission = .allocate(capacity: processCount)
    moves = .allocate(capacity: processCount)
    isPermitted = .allocate(capacity: max(1, problem.permissions.count * machineCount))
    for (index, set) in problem.permissions.enumerated() {
      for (machine, isOpen) in set.enumerated() { isPermitted[index * machineCount + machine] = isOpen }
    }

    for (index, process) in problem.processes.enumerated() {
      var entries = process.requirement.map { Int32($0) }
      for balance in problem.balances {
        entries.append(
          Int32(process.requirement[balance.other] - balance.target * process.requirement[balance.resource]))
      }
      Self.store(entries, at: row + index * blocks, blocks: blocks)
      home[index] = Int32(problem.start[index])
      service[index] = Int32(process.service)
      leaveCost[index] = process.moveCost * problem.moveWeights.process
      permission[index] = process.permission.map { Int32($0 * machineCount) } ?? -1
      moves[index] = process.moves
    }
    let all = problem.resources.map { _ in Int32(-1) }
    Self.store(all, at: mask, blocks: blocks)
    Self.store(problem.resources.map { $0.isTransient ? 0 : -1 }, at: mask + blocks, blocks: blocks)
    let common = problem.resources.map(\.loadWeight)
    for (index, machine) in problem.machines.prefix(isUniform ? 1 : machineCount).enumerated() {
      var weights = ((machine.loadWeights ?? common) + problem.balances.map(\.weight)).map(UInt64.init)
      weights += Array(repeating: 0, count: blocks * 4 - weights.count)
      Self.store(weights: weights, at: weight + index * weightStride)
    }
    for (index, machine) in problem.machines.enumerated() {
      for (other, cost) in machine.moveCost.enumerated() { travel[index * machineCount + other] = cost }
    }
  }

  deinit {
    row.deallocate()
    mask.deallocate()
    weight.deallocate()
    home.deallocate()
    service.deallocate()
    leaveCost.deallocate()
    travel.deallocate()
    permission.deallocate()
    isPermitted.deallocate()
    moves.deallocate()
  }

  /// Whether a process may run on a machine at all.
  @inline(__always)
  func permits(_ process: Int, on machine: Int) -> Bool {
    guard hasPermissions, permission[process] >= 0, home[process] != Int32(machine) else { return true }
    return isPermitted[Int(permission[process]) + machine]
  }

  /// Writes weights, four for each block, as pairs of even and of odd entries.
  static func store(weights: [UInt64], at row: UnsafeMutablePointer<SIMD2<UInt64>>) {
    for block in 0..<weights.count / 4 {
      row[2 * block] = SIMD2(weights[4 * block], weights[4 * block + 2])
      row[2 * block + 1] = SIMD2(weights[4 * block + 1], weights[4 * block + 3])
    }
  }

  /// Writes entries as a padded row.
  static func store(_ entries: [Int32], at row: UnsafeMutablePointer<Four>, blocks: Int) {
    for block in 0..<blocks {
      var four = Four.zero
      for lane in 0..<4 where block * 4 + lane < entries.count { four[lane] = entries[block * 4 + lane] }
      row[block] = four
    }
  }
}
