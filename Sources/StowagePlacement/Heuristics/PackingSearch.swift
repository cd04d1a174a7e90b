import StowageFleet

/// Places all blocks on a fixed set of hosts.
///
/// Blocks whose host stays on begin there, the others join them by best fit, limits exceeded where
/// it must be; moves and swaps then mend what is exceeded. If that stalls, the search starts over
/// from a fresh best fit. Where clusters must survive failures, it runs against lower limits until
/// the trial passes.
struct PackingSearch {
  let problem: Problem
  let failover: FailoverGuard
  /// Placements that the caller does not want.
  let excluded: Set<[Int]>

  /// Steps of a search for each block. Chosen: enough for fleets of 50 to 2000 hosts packed to the
  /// bound (measured on the lab's generated fleets).
  private static let stepsPerBlock = 2000
  /// Chosen: what a small fleet needs to leave a bad corner.
  private static let leastSteps = 50_000
  /// Temperatures of ``FillSearch``, tried in this order. Chosen: fleets of continuous sizes are filled
  /// soonest by the first, fleets of few sizes by the second.
  private static let temperatureShares: [Float] = [0.1, 0.2, 0.02, 0.4]
  /// Placements tried for each of these: with the same room, another random order may survive failures.
  private static let failoverTrials = 3
  /// Room given up beyond the volume of failures, tried in this order.
  private static let failoverExtras = [0, 0.01, 0.03, 0.06, 0.1, 0.15]

  /// A placement on the given hosts; `nil` when the search ends without one.
  func place(
    on hosts: [Int], attempts: Int, _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    let isOpen = problem.isOpen(hosts)
    for extra in failover.isNeeded ? Self.failoverExtras : [0] {
      let limits = failover.limits(isOpen: isOpen, extra: extra)
      for _ in 0..<(failover.isNeeded ? Self.failoverTrials : 1) {
        guard
          let placement = place(isOpen: isOpen, limits: limits, attempts: attempts, &random, stopwatch)
        else { return nil }
        if failover.uncovered(placement).isEmpty { return placement }
        if stopwatch.hasRunOut { return nil }
      }
    }
    return nil
  }

  private func place(
    isOpen: [Bool], limits: [LoadVector], attempts: Int, _ random: inout SeededGenerator,
    _ stopwatch: Stopwatch
  ) -> [Int]? {
    for attempt in 0..<attempts {
      guard let settled = problem.settlingDomains(variant: attempt / 2) else { return nil }
      // The flat tables know nothing of rules that no single host decides, nor of hours.
      if problem.isFlat, let packing = FlatPacking(settled, isOpen: isOpen, limits: limits) {
        guard let placement = filled(packing, attempt, &random, stopwatch) else {
          if stopwatch.hasRunOut { return nil }
          continue
        }
        if !excluded.contains(placement), problem.isLegal(placement) { return placement }
      }
      if let placement = annealed(settled, isOpen, limits, attempt, &random, stopwatch) { return placement }
      if stopwatch.hasRunOut { return nil }
    }
    return nil
  }

  /// By the search over flat tables, which knows limits, hosts and anti-affinities.
  private func filled(
    _ packing: FlatPacking, _ attempt: Int, _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    let construction = FillConstruction(keepsHomes: attempt % 2 == 0)
    guard let state = construction.state(packing, &random) else { return nil }
    let search = FillSearch(temperatureShare: Self.temperatureShares[attempt % Self.temperatureShares.count])
    return search.run(state, &random, stopwatch) ? problem.placement(ofBlocks: state.hosts) : nil
  }

  /// By the search that knows every rule, for what the flat one cannot hold or does not know.
  private func annealed(
    _ settled: Problem, _ isOpen: [Bool], _ limits: [LoadVector], _ attempt: Int,
    _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    let price = [Double](repeating: 0, count: problem.blocks.count)
    let space = SearchSpace(settled, isOpen: isOpen, limits: limits, price: price)
    var arrangement = BestFit(keepsHomes: attempt % 2 == 0).arrange(space)
    guard arrangement.hostOf.allSatisfy({ $0 != Arrangement.nowhere }) else { return nil }
    let steps = max(Self.leastSteps, Self.stepsPerBlock * space.blockCount)
    let annealing = Annealing(steps: steps, temperature: (first: 1e-3, last: 1e-6))
    guard let hosts = annealing.run(&arrangement, &random, stopwatch) else { return nil }
    let placement = problem.placement(ofBlocks: hosts.map(Int.init))
    return excluded.contains(placement) ? nil : placement
  }
}
