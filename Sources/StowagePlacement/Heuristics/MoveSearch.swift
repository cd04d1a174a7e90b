import StowageFleet

/// Mends a fleet with few moves: annealing from where everybody is, in which every move costs.
struct MoveSearch {
  let task: PlacementTask
  let hosts: [Int]
  /// What a VM that ends elsewhere costs; about 1.
  let weight: (_ vm: Int) -> Double

  /// Steps for each block. Chosen: as for ``HomeSearch``.
  private static let stepsPerBlock = 3000
  private static let leastSteps = 100_000

  /// A placement that keeps everything; `nil` when the search ends without one.
  func place(_ random: inout SeededGenerator, _ stopwatch: Stopwatch) -> [Int]? {
    let problem = task.problem
    let isOpen = problem.isOpen(hosts)
    for limits in candidateLimits(isOpen) {
      guard let settled = problem.settlingDomains() else { return nil }
      let price = problem.blocks.map { $0.reduce(0) { $0 + weight($1) } }
      let space = SearchSpace(settled, isOpen: isOpen, limits: limits, price: price)
      var arrangement = BestFit(keepsHomes: true).arrange(space)
      guard arrangement.hostOf.allSatisfy({ $0 != Arrangement.nowhere }) else { return nil }
      var annealing = Annealing(
        steps: max(Self.leastSteps, Self.stepsPerBlock * space.blockCount),
        temperature: (first: 0.6, last: 0.02))
      annealing.excessWeight = 3e3
      annealing.clashWeight = 3
      annealing.priceWeight = 1
      annealing.adaptsExcessWeight = true
      guard let found = annealing.run(&arrangement, &random, stopwatch) else { return nil }
      let placement = problem.placement(ofBlocks: found.map(Int.init))
      if task.accepts(placement) { return placement }
      if !task.failover.isNeeded || stopwatch.hasRunOut { return nil }
    }
    return nil
  }

  func cost(_ placement: [Int]) -> Double {
    placement.indices.reduce(0) { $0 + (placement[$1] == task.fleet.start[$1] ? 0 : weight($1)) }
  }

  /// The limits proper; then room for failures kept where nobody moves for it; then everywhere.
  private func candidateLimits(_ isOpen: [Bool]) -> [[LoadVector]] {
    let proper = task.problem.limits.map { LoadVector($0) }
    guard task.failover.isNeeded else { return [proper] }
    let start = task.fleet.startLoad.map { LoadVector($0) }
    let kept = task.failover.limits(isOpen: isOpen, extra: 0)
    let lenient = kept.indices.map { kept[$0].larger(start[$0]).smaller(proper[$0]) }
    return [proper, lenient, kept] + [0.03, 0.08].map { task.failover.limits(isOpen: isOpen, extra: $0) }
  }
}
