import LinearOptimization
import StowageFleet
import StowageModel

/// Hosts on that draw or cost as little as possible, then little memory moved.
///
/// The bound comes from prices for the room of hosts, for money from the cheapest mix of hosts too. A program of a few integers chooses the cheapest hosts for VMs that
/// ask for different shares, with a little room to spare; a search fills them with VMs where they draw less, and at
/// home, with more to spare while it fails. A fleet small enough is settled by its programs, with all rules, each within limits of its own.
struct PricedConsolidation {
  let task: PlacementTask
  private let objective: HostObjective
  private let price: HostPrice
  private let meter: ObjectiveMeter
  private let hosts: [Int]
  private var random: SeededGenerator

  /// Room to spare beyond the demand, tried in this order.
  private static let spares = [
    0, 0.0003, 0.0006, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.008, 0.012, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2,
    0.3,
  ]
  /// Part of the time that is spent on prices.
  private static let pricesShare = 0.2
  /// Choices of hosts with more room that are tried after one was filled: what they draw more they may give back,
  /// because VMs then find hosts that draw less for them.
  private static let further = 2
  /// They are not tried for less than this part of what is drawn.
  private static let worthwhile = 5e-4
  /// Attempts at each of these.
  private static let attempts = 2

  init(_ task: PlacementTask) {
    self.task = task
    objective = task.fleet.options.objective
    price = HostPrice(task.fleet, objective)
    meter = ObjectiveMeter(task.fleet)
    hosts = task.eligibleHosts
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer() throws(SolverFailure) -> PlacementAnswer {
    let exact = ExactConsolidation(task: task, hosts: hosts)
    let prices = try HostPricesBound(
      task.fleet, price, solver: task.solver, task.stopwatch.part(Self.pricesShare))
    var bound = ProvedBound(prices.value, .hostPrices)
    if objective == .cost {
      bound.raise(to: try CheapestMix(task.fleet, price, solver: task.solver).cost, .cheapestMix)
    }
    var best = task.accepts(task.fleet.start) ? task.fleet.start : nil
    if !exact.isQuick { best = cheaper(try filled(), best) }
    if exact.isWorthwhile, !isSettled(best, bound) {
      let answer = try exact.leastExpense(price, floor: bound.value)
      if answer.isInfeasible, task.provesBounds { return .infeasible(task.refuted) }
      best = cheaper(answer.placement, best)
      if task.provesBounds { bound.raise(to: answer.bound, .branchAndBound) }
    }
    if exact.isQuick, !isSettled(best, bound) { best = cheaper(try filled(), best) }
    guard var best else { return .undecided(task.undecided) }
    let moved = task.options.endsAfterFirstObjective ? nil : try leastMoved(&best, exact)
    var objectives = [task.noBrokenRules, bound.objective(objective.name, value: expense(best))]
    if let moved { objectives.append(moved.objective(.movedMiB, value: meter.movedMiB(best))) }
    return task.placed(
      best, objectives,
      certificate: bound.proof == .hostPrices ? Certificate(hostPrices: prices.certificate) : nil)
  }

  private func expense(_ placement: [Int]) -> Double { meter.expense(placement, objective) }

  private func isSettled(_ placement: [Int]?, _ bound: ProvedBound) -> Bool {
    placement.map { expense($0) <= bound.value * (1 + 1e-9) } ?? false
  }

  private func cheaper(_ found: [Int]?, _ best: [Int]?) -> [Int]? {
    guard let found, let best else { return found ?? best }
    let (left, right) = (expense(found), expense(best))
    return left < right || left == right && meter.movedMiB(found) < meter.movedMiB(best) ? found : best
  }

  private mutating func filled() throws(SolverFailure) -> [Int]? {
    let choice = HostChoice(task.problem, solver: task.solver, eligible: hosts)
    let stopwatch = task.stopwatch.part(0.4)
    var tried: Set<[Int]> = []
    var best: [Int]?
    var further = Self.further
    for spare in Self.spares {
      guard let chosen = try choice.cheapest(price, spare: spare), tried.insert(chosen.hosts).inserted else {
        continue
      }
      if let best, further == 0 || chosen.expense >= expense(best) * (1 - Self.worthwhile) { break }
      if best != nil { further -= 1 }
      if let placement = homes.settle(on: chosen.hosts, &random, stopwatch), task.accepts(placement) {
        best = cheaper(placement, best)
      } else if best == nil {
        let placement = task.search.place(on: chosen.hosts, attempts: Self.attempts, &random, stopwatch)
        if let placement, task.accepts(placement) { best = tuned(placement) }
      }
      if stopwatch.hasRunOut { break }
    }
    if let best { return best }
    let all = task.search.place(on: hosts, attempts: Self.attempts, &random, task.stopwatch.part(0.4))
    return all.flatMap { task.accepts($0) ? tuned($0) : nil }
  }

  private var homes: HomeSearch {
    let memory = task.fleet.vms.map(\.memoryMiB)
    var search = task.homeSearch { memory[$0] }
    search.hostPrice = price
    return search
  }

  /// The same hosts, with CPU where it draws less and VMs at home.
  private mutating func tuned(_ placement: [Int]) -> [Int] {
    let improved = homes.improve(
      placement, isOpen: task.problem.isOpen(placement), &random, task.stopwatch.part(0.5))
    return task.accepts(improved) ? cheaper(improved, placement) ?? placement : placement
  }

  private func leastMoved(
    _ best: inout [Int], _ exact: ExactConsolidation
  ) throws(SolverFailure) -> ProvedBound {
    var moved = ProvedBound(MustMoveBound(task.fleet).leavingMiB, .mustMove)
    guard exact.isWorthwhile, meter.movedMiB(best) > moved.value else { return moved }
    let most = expense(best)
    let slack = most * 1e-9
    let answer = try exact.leastMoved(price, atMost: most + slack)
    if let found = answer.placement, meter.movedMiB(found) < meter.movedMiB(best),
      expense(found) <= most + slack
    {
      best = found
    }
    if task.provesBounds { moved.raise(to: answer.bound, .branchAndBound) }
    return moved
  }
}
