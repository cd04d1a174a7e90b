import LinearOptimization
import StowageFleet
import StowageModel

/// Chooses which hosts stay on.
///
/// - Given: hosts and what they offer, hosts that must stay on, and the rows of ``RoomRows``.
/// - Decides: for each class of equal hosts how many stay on; then which.
/// - Minimises: first, nothing: it maximises the least room beyond demand, as a part of the demand,
///   because the tighter a mix the longer it takes to fill it. Where hosts are chosen for what they are worth:
///   the worth of those that go off, at a part of that room.
/// - Subject to: the number of hosts, hosts that must stay, and the room of every row.
/// - Reads back: the hosts, ascending.
struct HostChoice {
  let problem: Problem
  let rows: RoomRows
  let solver: any Solver
  /// Hosts that must stay on.
  let forced: [Bool]
  /// Hosts that may stay on.
  let eligible: [Int]
  /// The same in classes of equal hosts.
  private let classes: HostClasses

  /// Coefficients are brought to this size: GLPK's tolerances are absolute.
  static let rowScale = 100.0
  /// Weight of the room for bound VMs: too small to cost a mix with more room for all.
  private static let boundRoomWeight = 1e-5
  /// Nodes after which the best choice so far is taken. Chosen: it guides, nothing is claimed from it.
  static let nodeLimit = 2000
  /// Chosen: some seconds of nodes times classes.
  private static let littleWork = 200_000

  /// `kept` are hosts that stay on beside those that must.
  init(_ problem: Problem, solver: any Solver, eligible: [Int], kept: [Int] = []) {
    self.problem = problem
    self.solver = solver
    rows = RoomRows(problem)
    var forced = [Bool](repeating: false, count: problem.fleet.hosts.count)
    for block in problem.blocks.indices {
      if let host = problem.candidates.onlyHost(of: block) { forced[host] = true }
    }
    for host in problem.fleet.countsAsOn.members where eligible.contains(host) { forced[host] = true }
    for host in kept { forced[host] = true }
    self.forced = forced
    self.eligible = eligible
    classes = HostClasses(eligible, rows: rows, forced: forced)
  }

  /// So many hosts with as much room as possible; `nil` when not even the rows can be kept.
  func choose(_ count: Int) throws(SolverFailure) -> [Int]? {
    guard let mix = try mostRoom(count) else { return nil }
    return classes.mostLoaded(mix.counts, memory: residentMiB, forced: forced)
  }

  var residentMiB: [Double] {
    var memory = [Double](repeating: 0, count: problem.fleet.hosts.count)
    for (vm, host) in problem.fleet.start.enumerated() where !problem.fleet.mustLeave(vm) {
      memory[host] += problem.fleet.vms[vm].memoryMiB
    }
    return memory
  }

  /// The most room that so many hosts can have, as a part of the demand, and how many of each class then stay on; `nil`
  /// when not even the rows can be kept.
  func mostRoom(_ count: Int) throws(SolverFailure) -> (counts: [Int], room: Double)? {
    var program = LinearProgram()
    let numbers = classes.members.indices.map { index in
      let hosts = classes.members[index]
      let least = hosts.count { forced[$0] }
      return program.addInteger(
        "hosts like \(problem.fleet.hosts[hosts[0]].id)",
        in: .between(Double(least), Double(hosts.count)))
    }
    let room = program.addContinuous("least room", in: .between(0, 1))
    // Mixes of equal room differ in how many hosts are left to VMs that are bound to some: the more
    // of those, the easier they are placed.
    let boundRoom = program.addContinuous("least room for bound VMs", in: .between(0, 1))
    program.require("hosts on", sum(numbers), equals: Double(count))
    for row in rows.rows {
      var offer = offer(for: row, of: classes, numbers)
      offer.add(-Self.rowScale, room)
      if row.hosts.count < problem.fleet.hosts.count { offer.add(-Self.rowScale, boundRoom) }
      program.require("room for \(row.resource)", offer, atLeast: Self.rowScale)
    }
    requireNumbers(of: classes, numbers, in: &program)
    program.maximize(room + Self.boundRoomWeight * boundRoom)
    var options = SolverOptions()
    // Little programs may look longer: in large fleets hardly a mix of whole hosts holds the demand near the bound.
    options.nodeLimit = max(Self.nodeLimit, Self.littleWork / max(1, classes.members.count))
    guard let solution = try solve(program, options) else { return nil }
    return (numbers.map { Int(solution[$0].rounded()) }, solution[room])
  }

  /// So many hosts that are worth most and keep so much room, as a part of the demand; `nil` when none do.
  ///
  /// - Decides: how many hosts of each class stay on, and which, in parts of hosts: the worthiest of a class
  ///   come first by themselves.
  func worthiest(_ count: Int, room: Double, worth: [Double]) throws(SolverFailure) -> [Int]? {
    var program = LinearProgram()
    let largest = max(.leastNormalMagnitude, eligible.map { worth[$0] }.max() ?? 0)
    var numbers: [LinearProgram.Column] = []
    for hosts in classes.members {
      let number = program.addInteger(in: .between(0, Double(hosts.count)))
      let isOn = hosts.map { host in
        program.addContinuous(in: .between(forced[host] ? 1 : 0, 1), cost: worth[host] / largest)
      }
      program.require("hosts of a class", sum(isOn) - number, equals: 0)
      numbers.append(number)
    }
    program.require("hosts on", sum(numbers), equals: Double(count))
    requireRows(of: classes, numbers, spare: room, in: &program)
    program.setSense(.maximize)
    var options = SolverOptions()
    options.nodeLimit = Self.nodeLimit
    options.relativeGap = 1e-4
    guard let solution = try solve(program, options) else { return nil }
    return classes.mostLoaded(numbers.map { Int(solution[$0].rounded()) }, memory: worth, forced: forced)
  }

  /// Every row of ``RoomRows``, with room to spare as a part of its demand, for numbers of hosts of each class.
  func requireRows(
    of classes: HostClasses, _ numbers: [LinearProgram.Column], spare: Double, in program: inout LinearProgram
  ) {
    for row in rows.rows {
      program.require(
        "room for \(row.resource)", offer(for: row, of: classes, numbers),
        atLeast: Self.rowScale * (1 + spare))
    }
    requireNumbers(of: classes, numbers, in: &program)
  }

  private func requireNumbers(
    of classes: HostClasses, _ numbers: [LinearProgram.Column], in program: inout LinearProgram
  ) {
    for least in rows.numbers {
      let inside = classes.members.indices.filter { least.hosts.contains(classes.members[$0][0]) }
      program.require("hosts for VMs apart", sum(inside.map { numbers[$0] }), atLeast: Double(least.least))
    }
  }

  /// What numbers of hosts of each class offer for a row, its demand being ``rowScale``.
  private func offer(
    for row: RoomRows.Row, of classes: HostClasses, _ numbers: [LinearProgram.Column]
  ) -> LinearExpression {
    let factor = Self.rowScale / row.demand
    var offer = LinearExpression()
    for (number, hosts) in zip(numbers, classes.members) where row.hosts.contains(hosts[0]) {
      offer.add(factor * min(rows.room[hosts[0]][row.resource], row.demand * 2), number)
    }
    return offer
  }

  /// What came of a program; trouble of the solver with its arithmetic is no more than no answer.
  func solve(_ program: LinearProgram, _ options: SolverOptions) throws(SolverFailure) -> Solution? {
    try solver.soundOutcome(program, options: options)?.solution
  }
}
