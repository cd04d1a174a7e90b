import LinearOptimization
import StowageFleet
import StowageModel

/// As few hosts on as possible, then as little memory moved as possible.
///
/// The bound on the number of hosts comes first; a search tries to fill that many hosts, then one
/// more, and so on. A fleet small enough is then settled by its programs, with all rules.
struct Consolidation {
  let task: PlacementTask
  private let meter: ObjectiveMeter
  private let hosts: [Int]
  private let floors: HostsOnBound
  private var hostsOn: ProvedBound
  private var random: SeededGenerator
  private lazy var choice = HostChoice(task.problem, solver: task.solver, eligible: hosts)

  /// Attempts at each number of hosts before one more is tried.
  private static let attempts = 4
  /// Parts of the greatest possible room that hosts chosen for what they are worth keep, each tried. Chosen: the
  /// less room, the less memory is bound to move, and the less of what may stay finds room to.
  private static let roomShares = [0, 0.3, 0.6]
  /// Parts of the time left that are spent on prices and on each search for homes.
  private static let pricesShare = 0.2
  private static let settlingShare = 0.5

  init(_ task: PlacementTask) {
    self.task = task
    meter = ObjectiveMeter(task.fleet)
    hosts = task.eligibleHosts
    floors = HostsOnBound(task.fleet)
    hostsOn = floors.bound
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer() throws(SolverFailure) -> PlacementAnswer {
    let exact = ExactConsolidation(task: task, hosts: hosts)
    var best = task.accepts(task.fleet.start) ? task.fleet.start : nil
    task.tell(.hostsOn, hostsOn, value: best.map { Double(meter.hostsOn($0)) })
    let stopsEarly = Double(task.options.leastHostsOn ?? 0) > hostsOn.value
    if !exact.isQuick || stopsEarly, let found = try searchFewest(below: best.map(meter.hostsOn)) {
      best = found
    }
    if exact.isWorthwhile, !isSettled(best) {
      let answer = try exact.fewestHosts(floor: Int(hostsOn.value))
      if answer.isInfeasible, task.provesBounds { return .infeasible(task.refuted) }
      if let found = answer.placement, best.map({ meter.hostsOn(found) < meter.hostsOn($0) }) ?? true {
        best = found
      }
      if task.provesBounds { hostsOn.raise(to: answer.bound.map(ProvedBound.roundedUp), .branchAndBound) }
    }
    if exact.isQuick, !isSettled(best), let found = try searchFewest(below: best.map(meter.hostsOn)) {
      best = found
    }
    guard var best else { return .undecided(task.undecided) }
    task.tell(.hostsOn, hostsOn, value: Double(meter.hostsOn(best)))
    if task.options.endsAfterFirstObjective {
      return task.placed(best, [task.noBrokenRules, hostsOnObjective(best)])
    }
    let moved = try leastMoved(&best, exact)
    return answer(moved, best)
  }

  /// Whether no placement has fewer hosts on, or none with fewer is wanted.
  private func isSettled(_ placement: [Int]?) -> Bool {
    placement.map { meter.hostsOn($0) <= fewest } ?? false
  }

  /// Hosts on with which the search is content.
  private var fewest: Int { max(Int(hostsOn.value), task.options.leastHostsOn ?? 0) }

  private mutating func leastMoved(
    _ best: inout [Int], _ exact: ExactConsolidation
  ) throws(SolverFailure) -> (bound: ProvedBound, certificate: Certificate?) {
    let count = meter.hostsOn(best)
    var moved = ProvedBound(MustMoveBound(task.fleet).movedMiB(hostsOn: count), .mustMove)
    var prices: KeepPricesBound?
    if !exact.isQuick, meter.movedMiB(best) > moved.value {
      prices = try KeepPricesBound(
        task.fleet, hostsOn: count, solver: task.solver, task.stopwatch.part(Self.pricesShare))
      moved.raise(to: prices?.movedMiB, .keepPrices)
      task.tell(.movedMiB, moved, value: meter.movedMiB(best))
      best = try settled(best, worth: prices?.worth)
      task.tell(.movedMiB, moved, value: meter.movedMiB(best))
    }
    if exact.isWorthwhile, meter.movedMiB(best) > moved.value {
      let answer = try exact.leastMoved(hostsOn: count)
      if let found = answer.placement, meter.movedMiB(found) < meter.movedMiB(best) { best = found }
      if task.provesBounds { moved.raise(to: answer.bound, .branchAndBound) }
    }
    if exact.isQuick, meter.movedMiB(best) > moved.value { best = sentHome(best) }
    // A search may leave one of its hosts empty: then what was proved for more hosts is not what is to be proved.
    guard meter.hostsOn(best) == count else { return try leastMoved(&best, exact) }
    return (
      moved, moved.proof == .keepPrices ? prices.map { Certificate(keepPrices: $0.certificate) } : nil
    )
  }

  private var homes: HomeSearch {
    let memory = task.fleet.vms.map(\.memoryMiB)
    return task.homeSearch { memory[$0] }
  }

  /// As many hosts, those that are worth most, with little moved; else the same hosts with less moved.
  private mutating func settled(_ placement: [Int], worth: [Double]?) throws(SolverFailure) -> [Int] {
    let count = meter.hostsOn(placement)
    guard let worth, let most = try choice.mostRoom(count)?.room else { return sentHome(placement) }
    var sets: [[Int]] = []
    for roomShare in Self.roomShares {
      if let chosen = try choice.worthiest(count, room: most * roomShare, worth: worth),
        !sets.contains(chosen)
      {
        sets.append(chosen)
      }
    }
    let (homes, stopwatch) = (homes, task.stopwatch)
    let starts = sets.map { (hosts: $0, random: SeededGenerator(seed: random.next())) }
    let found = task.workers.map(starts) { start in
      var random = start.random
      return homes.settle(on: start.hosts, &random, stopwatch.part(Self.settlingShare))
    }
    let best = found.compactMap(\.self).reduce(placement) { best, next in
      meter.movedMiB(next) < meter.movedMiB(best) && task.accepts(next) ? next : best
    }
    return best == placement ? sentHome(placement) : best
  }

  private mutating func sentHome(_ placement: [Int]) -> [Int] {
    let improved = homes.improve(
      placement, isOpen: task.problem.isOpen(placement), &random, task.stopwatch.part(Self.settlingShare))
    return task.accepts(improved) ? improved : placement
  }

  private mutating func searchFewest(below ceiling: Int?) throws(SolverFailure) -> [Int]? {
    let partwise = PartwiseSearch(task: task, hosts: hosts, floors: floors.parts, attempts: Self.attempts)
    if task.options.leastHostsOn == nil, let found = try partwise.place(&random),
      meter.hostsOn(found) < ceiling ?? .max
    {
      return found
    }
    let most = min(hosts.count, (ceiling ?? .max) - 1)
    for count in stride(from: fewest, through: most, by: 1) {
      guard let chosen = try choice.choose(count) else { continue }
      let placement = task.search.place(on: chosen, attempts: Self.attempts, &random, task.stopwatch)
      if let placement, task.accepts(placement) { return placement }
      if task.stopwatch.hasRunOut { break }
    }
    return nil
  }

  private func answer(
    _ moved: (bound: ProvedBound, certificate: Certificate?), _ placement: [Int]
  ) -> PlacementAnswer {
    task.placed(
      placement,
      [
        task.noBrokenRules, hostsOnObjective(placement),
        moved.bound.objective(.movedMiB, value: meter.movedMiB(placement)),
      ], certificate: moved.certificate)
  }

  private func hostsOnObjective(_ placement: [Int]) -> Objective {
    hostsOn.objective(.hostsOn, value: Double(meter.hostsOn(placement)))
  }
}
