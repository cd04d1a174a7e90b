import StowageFleet
import StowageModel

/// Brings VMs back to where they start, on a fixed set of hosts, to have less memory moved.
///
/// Simulated annealing in which every MiB away from home costs and limits may be exceeded a little
/// on the way: in a fleet packed to the bound, hardly a step is legal by itself.
struct HomeSearch: Sendable {
  let problem: Problem
  let failover: FailoverGuard
  let excluded: Set<[Int]>
  /// What a VM that ends elsewhere costs; in MiB for memory, 1 for a move.
  let weight: @Sendable (_ vm: Int) -> Double

  /// What hosts draw or cost, where that counts before being at home.
  var hostPrice: HostPrice?

  /// How many times the usual steps are made.
  var effort = 1

  /// Room given up beyond the volume of failures, tried in this order until failures are covered.
  private static let failoverExtras = [0, 0.02, 0.04, 0.07]

  /// How many mean VMs away from home are as bad as one VM of mean CPU on the dearest instead of the cheapest
  /// host. Chosen: fleets of 200 hosts draw 0.1 to 0.2 % more than their bounds with 60, 0.2 to 0.5 % with 4, for which
  /// 3 % of the memory moves less.
  private static let expenseWeight = 60.0
  /// Steps for each block. Chosen: ten times as many gain 0.2 % of all memory on fleets of 1000 hosts.
  private static let stepsPerBlock = 8000
  private static let leastSteps = 50_000
  /// Chosen: about half a minute.
  private static let mostSteps = 200_000_000

  /// A placement on the same hosts that costs no more; the given one when none is found.
  func improve(
    _ placement: [Int], isOpen: [Bool], _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int] {
    let (price, mean) = prices
    var best = placement
    for extra in extras {
      let limits = failover.limits(isOpen: isOpen, extra: extra)
      let hosts =
        filled(placement, isOpen, limits, price, &random, stopwatch)
        ?? annealed(placement, isOpen, limits, price, &random, stopwatch)
      guard let hosts else { break }
      let improved = problem.placement(ofBlocks: hosts)
      best = bettered(best, by: improved, mean: mean)
      if best == improved || stopwatch.hasRunOut { break }
    }
    return best
  }

  /// A placement with what another has better, the whole or those parts of the fleet in which failures are covered.
  private func bettered(_ placement: [Int], by other: [Int], mean: Double) -> [Int] {
    var best = placement
    if isBetter(other, than: best, mean: mean) { return other }
    guard failover.isNeeded else { return best }
    for part in FleetParts(problem.fleet).parts {
      var mixed = best
      for vm in part.vms { mixed[vm] = other[vm] }
      if problem.isLegal(mixed), isBetter(mixed, than: best, mean: mean) { best = mixed }
    }
    return best
  }

  private func isBetter(_ other: [Int], than placement: [Int], mean: Double) -> Bool {
    whole(other, mean: mean) < whole(placement, mean: mean) && !excluded.contains(other)
      && failover.uncovered(other).isEmpty
  }

  /// A placement on these hosts that keeps at home what it can, found from nothing but the hosts; `nil` when none
  /// is found.
  func settle(
    on hosts: [Int], _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    guard problem.isFlat, let settled = problem.settlingDomains() else { return nil }
    let isOpen = problem.isOpen(hosts)
    for extra in extras {
      let limits = failover.limits(isOpen: isOpen, extra: extra)
      guard let packing = FlatPacking(settled, isOpen: isOpen, limits: limits),
        let state = FillConstruction(keepsHomes: true).state(packing, &random), state.clashes == 0,
        let found = searched(state, prices.ofBlock, &random, stopwatch)
      else { return nil }
      let placement = problem.placement(ofBlocks: found)
      if !excluded.contains(placement), failover.uncovered(placement).isEmpty { return placement }
      if stopwatch.hasRunOut { break }
    }
    return nil
  }

  private var extras: [Double] { failover.isNeeded ? Self.failoverExtras : [0] }

  /// What it costs that a block is not at home, 1 for the mean block; and what that is in the unit of ``weight``.
  private var prices: (ofBlock: [Double], mean: Double) {
    let weights = problem.blocks.map { $0.reduce(0) { $0 + weight($1) } }
    let mean = max(weights.reduce(0, +) / Double(max(1, weights.count)), .leastNormalMagnitude)
    return (weights.map { $0 / mean }, mean)
  }

  /// By the search over flat tables; `nil` when they cannot hold the problem, or its answer breaks a
  /// rule that they do not know.
  private func filled(
    _ placement: [Int], _ isOpen: [Bool], _ limits: [LoadVector], _ price: [Double],
    _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    guard problem.isFlat,
      let packing = FlatPacking(problem.keepingDomains(of: placement), isOpen: isOpen, limits: limits)
    else { return nil }
    var position = [Int](repeating: -1, count: isOpen.count)
    for (index, host) in packing.hosts.enumerated() { position[Int(host)] = index }
    let state = FillState(packing)
    for (block, members) in problem.blocks.enumerated() {
      state.place(block, position[placement[members[0]]])
    }
    return searched(state, price, &random, stopwatch)
  }

  /// Hosts of the blocks.
  private func searched(
    _ state: FillState, _ price: [Double], _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    let packing = state.packing
    let steps = min(Self.mostSteps, max(Self.leastSteps, effort * Self.stepsPerBlock * packing.blockCount))
    var search = HomeFill(price: price.map(Float.init), steps: steps)
    search.expense = expense(packing)
    guard let found = search.run(state, &random, stopwatch) else { return nil }
    let hosts = found.map { Int(packing.hosts[Int($0)]) }
    return problem.isLegal(problem.placement(ofBlocks: hosts)) ? hosts : nil
  }

  /// By the search that knows every rule.
  private func annealed(
    _ placement: [Int], _ isOpen: [Bool], _ limits: [LoadVector], _ price: [Double],
    _ random: inout SeededGenerator, _ stopwatch: Stopwatch
  ) -> [Int]? {
    let space = SearchSpace(
      problem.keepingDomains(of: placement), isOpen: isOpen, limits: limits, price: price)
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

  /// What a placement costs with its hosts, in units of the mean VM away from home.
  private func whole(_ placement: [Int], mean: Double) -> Double {
    guard let rates else { return cost(placement) }
    return cost(placement) / mean
      + placement.indices.reduce(0) {
        $0 + rates.perUnit[placement[$1]] * Double(problem.fleet.demand[$1][.cpu])
      }
  }

  private func expense(_ packing: FlatPacking) -> HomeFill.Expense? {
    guard let rates else { return nil }
    // Rates per mean block, so that neither factor leaves what a Float holds well.
    return HomeFill.Expense(
      work: problem.demand.map { Float(Double($0[.cpu]) / rates.meanCPU) },
      rate: packing.hosts.map { Float(rates.perUnit[Int($0)] * rates.meanCPU) })
  }

  /// What a unit of CPU costs on each host beyond the cheapest; `nil` where that is the same everywhere.
  private var rates: (perUnit: [Double], meanCPU: Double)? {
    guard let rate = hostPrice?.rate, let least = rate.min(), let most = rate.max(), most > least else {
      return nil
    }
    let total = problem.demand.reduce(0) { $0 + Double($1[.cpu]) }
    let mean = max(1, total / Double(max(1, problem.blocks.count)))
    return (rate.map { Self.expenseWeight * ($0 - least) / (most - least) / mean }, mean)
  }

  func cost(_ placement: [Int]) -> Double {
    placement.indices.reduce(0) { $0 + (placement[$1] == problem.fleet.start[$1] ? 0 : weight($1)) }
  }
}
