import StowageFleet

/// Brings VMs back to where they start, on a fixed set of hosts, to have less memory moved.
///
/// Simulated annealing in which every MiB away from home costs and limits may be exceeded a little
/// on the way: in a fleet packed to the bound, hardly a step is legal by itself.
struct HomeSearch {
  let problem: Problem
  let failover: FailoverGuard
  let excluded: Set<[Int]>
  /// What a VM that ends elsewhere costs; in MiB for memory, 1 for a move.
  let weight: (_ vm: Int) -> Double

  /// Steps for each block. Chosen: doubling it gains little on fleets of 200 hosts.
  private static let stepsPerBlock = 4000
  private static let leastSteps = 50_000

  /// A placement on the same hosts that costs no more; the given one when none is found.
  func improve(
    _ placement: [Int], isOpen: [Bool], _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int] {
    let weights = problem.blocks.map { $0.reduce(0) { $0 + weight($1) } }
    let mean = max(weights.reduce(0, +) / Double(max(1, weights.count)), .leastNormalMagnitude)
    let limits = failover.limits(isOpen: isOpen, extra: 0)
    let price = weights.map { $0 / mean }
    let hosts =
      filled(placement, isOpen, limits, price, &random, stopwatch)
      ?? annealed(placement, isOpen, limits, price, &random, stopwatch)
    guard let hosts else { return placement }
    let improved = problem.placement(ofBlocks: hosts)
    let isBetter = cost(improved) < cost(placement)
    guard isBetter, !excluded.contains(improved), failover.uncovered(improved).isEmpty else {
      return placement
    }
    return improved
  }

  /// By the search over flat tables; `nil` when they cannot hold the problem, or its answer breaks a
  /// rule that they do not know.
  private func filled(
    _ placement: [Int], _ isOpen: [Bool], _ limits: [LoadVector], _ price: [Double],
    _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    guard problem.together.isEmpty, problem.ledger.isIdle,
      let packing = FlatPacking(problem, isOpen: isOpen, limits: limits)
    else {
      return nil
    }
    var position = [Int](repeating: -1, count: isOpen.count)
    for (index, host) in packing.hosts.enumerated() { position[Int(host)] = index }
    let state = FillState(packing)
    for (block, members) in problem.blocks.enumerated() {
      state.place(block, position[placement[members[0]]])
    }
    let steps = max(Self.leastSteps, Self.stepsPerBlock * packing.blockCount)
    let search = HomeFill(price: price.map(Float.init), steps: steps)
    guard let found = search.run(state, &random, stopwatch) else { return nil }
    let hosts = found.map { Int(packing.hosts[Int($0)]) }
    return problem.isLegal(problem.placement(ofBlocks: hosts)) ? hosts : nil
  }

  /// By the search that knows every rule.
  private func annealed(
    _ placement: [Int], _ isOpen: [Bool], _ limits: [LoadVector], _ price: [Double],
    _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    let space = SearchSpace(problem, isOpen: isOpen, limits: limits, price: price)
    var arrangement = Arrangement(space)
    for (block, members) in problem.blocks.enumerated() {
      arrangement.place(block, on: placement[members[0]])
    }
    var annealing = Annealing(
      steps: max(Self.leastSteps, Self.stepsPerBlock * space.blockCount),
      temperature: (first: 0.5, last: 0.01))
    annealing.excessWeight = 1e4
    annealing.clashWeight = 3
    annealing.priceWeight = 1
    annealing.adaptsExcessWeight = true
    return annealing.run(&arrangement, &random, stopwatch)?.map(Int.init)
  }

  func cost(_ placement: [Int]) -> Double {
    placement.indices.reduce(0) { $0 + (placement[$1] == problem.fleet.start[$1] ? 0 : weight($1)) }
  }
}
