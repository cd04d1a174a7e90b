import LinearOptimization
import StowageFleet
import StowageModel

/// One look at the highest utilisation: first it is lowered, then what remains of the moves goes into evenness.
struct BalancePass {
  let task: PlacementTask
  private let hosts: [Int]
  private let meter: ObjectiveMeter
  private let search: BalanceSearch
  private(set) var maximum: ProvedBound
  private(set) var certificate: Certificate?

  init(_ task: PlacementTask, hosts: [Int], maximum: ProvedBound) {
    self.task = task
    self.hosts = hosts
    self.maximum = maximum
    meter = ObjectiveMeter(task.fleet)
    search = BalanceSearch(task: task, hosts: hosts)
  }

  // MARK: The maximum

  /// A placement with the lowest maximum that is found within the moves and worth them.
  mutating func lowered(_ base: [Int], _ random: inout SeededGenerator) throws(SolverFailure) -> [Int] {
    let exact = ExactBalance(task: task, hosts: hosts)
    guard let moves = task.fleet.options.maxMoves else { return try settled(search.improve(base), exact) }
    var limited = LimitedBalance(task, hosts: hosts, moves: moves, maximum: maximum)
    let lowered = try limited.lowered(base, exact, &random)
    (maximum, certificate) = (limited.maximum, limited.certificate)
    guard let lowered, isWorthItsMoves(lowered, from: base) else { return base }
    return lowered
  }

  /// Whether each move of a placement lowers the maximum as far as the request asks, if it does.
  private func isWorthItsMoves(_ placement: [Int], from base: [Int]) -> Bool {
    guard let leastGain = task.leastGain else { return true }
    let saved = meter.maxUtilisation(base) - meter.maxUtilisation(placement)
    return meter.isWorth(saved, placement, from: base, leastGain: leastGain)
  }

  /// What the integer programs of a small fleet make of it, if that is worth its moves.
  private mutating func settled(_ best: [Int], _ exact: ExactBalance) throws(SolverFailure) -> [Int] {
    task.tell(.maxUtilisation, maximum, value: meter.maxUtilisation(best))
    guard exact.isWorthwhile, meter.maxUtilisation(best) > maximum.value else { return best }
    let lowest = try exact.lowestMaximum()
    if task.provesBounds { maximum.raise(to: lowest.bound, .branchAndBound) }
    guard let found = lowest.placement else { return best }
    return try better(best, exact, maximum: meter.maxUtilisation(found))
  }

  /// The lowest maximum with the fewest moves that reach it, if each further move is worth it.
  private func better(_ best: [Int], _ exact: ExactBalance, maximum: Double) throws(SolverFailure) -> [Int] {
    let saved = meter.maxUtilisation(best) - maximum
    let leastGain = task.leastGain ?? BalanceSearch.worthwhileMaximum
    guard saved >= leastGain, let found = try exact.fewestMoves(maximum: maximum).placement else {
      return best
    }
    let further = meter.moves(found) - meter.moves(best)
    guard saved >= leastGain * Double(further), task.softRules.cost(found) <= task.softRules.cost(best)
    else { return best }
    return found
  }

  // MARK: Evenness

  /// The same made even by steps that are worth their moves. Where a gap to what is proved is left, steps from `base` may end
  /// lower, and programs over small sets of hosts lower the fullest.
  func evened(_ lowered: [Int], from base: [Int]) throws(SolverFailure) -> [Int] {
    var best = search.improve(lowered)
    if task.fleet.options.maxMoves != nil, isOpen(best), lowered != base {
      let stepwise = search.improve(base)
      if meter.maxUtilisation(stepwise) < meter.maxUtilisation(best) { best = stepwise }
    }
    guard isOpen(best),
      let polished = try HostPolishing(task: task, hosts: hosts).lowered(best, bound: maximum.value)
    else { return best }
    task.tell(.maxUtilisation, maximum, value: meter.maxUtilisation(polished))
    return search.improve(polished)
  }

  private func isOpen(_ placement: [Int]) -> Bool {
    maximum.leavesGap(to: meter.maxUtilisation(placement))
  }
}
