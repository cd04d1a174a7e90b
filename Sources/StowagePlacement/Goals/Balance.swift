import LinearOptimization
import StowageFleet
import StowageModel

/// The least utilisation of the fullest host, then the most even utilisation, with few moves.
///
/// Steps are taken while they are worth their moves (see ``BalanceSearch``). Small fleets also
/// have the lowest possible maximum computed, and go for it if that is worth the moves.
struct Balance {
  let task: PlacementTask
  private let meter: ObjectiveMeter
  private let hosts: [Int]
  private var random: SeededGenerator

  init(_ task: PlacementTask) {
    self.task = task
    meter = ObjectiveMeter(task.fleet)
    hosts = task.eligibleHosts
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer() throws(SolverFailure) -> PlacementAnswer {
    var maximum = ProvedBound(MeanLoadBound(task.fleet).utilisation, .meanLoad)
    let exact = ExactBalance(task: task, hosts: hosts)
    guard let base = try legalBase() else {
      if exact.isWorthwhile, try exact.lowestMaximum().isInfeasible, task.provesBounds {
        return .infeasible(task.refuted)
      }
      return .undecided(task.undecided)
    }
    let search = BalanceSearch(task: task, hosts: hosts)
    var best = search.improve(base)
    if exact.isWorthwhile, meter.maxUtilisation(best) > maximum.value {
      let lowest = try exact.lowestMaximum()
      if task.provesBounds { maximum.raise(to: lowest.bound, .branchAndBound) }
      if let found = lowest.placement {
        best = try better(best, exact, search, maximum: meter.maxUtilisation(found))
      }
    }
    return answer(best, maximum)
  }

  /// The lowest maximum with the fewest moves that reach it, if each further move is worth it.
  private func better(
    _ best: [Int], _ exact: ExactBalance, _ search: BalanceSearch, maximum: Double
  ) throws(SolverFailure) -> [Int] {
    let saved = meter.maxUtilisation(best) - maximum
    guard saved >= BalanceSearch.worthwhileMaximum,
      let found = try exact.fewestMoves(maximum: maximum).placement
    else { return best }
    let further = meter.moves(found) - meter.moves(best)
    guard saved >= BalanceSearch.worthwhileMaximum * Double(further) else { return best }
    return search.improve(found)
  }

  /// The fleet as it is if it keeps everything, else mended with few moves.
  private mutating func legalBase() throws(SolverFailure) -> [Int]? {
    if task.accepts(task.fleet.start) { return task.fleet.start }
    var evacuation = Evacuation(task)
    return try evacuation.mended()
  }

  private func answer(_ placement: [Int], _ maximum: ProvedBound) -> PlacementAnswer {
    let none = ProvedBound(0, .trivial)
    return task.placed(
      placement,
      [
        task.noBrokenRules, maximum.objective(.maxUtilisation, value: meter.maxUtilisation(placement)),
        none.objective(
          .utilisationStandardDeviation, value: meter.utilisationStandardDeviation(placement)),
        ProvedBound(Double(MustMoveBound(task.fleet).moves), .mustMove)
          .objective(.moves, value: Double(meter.moves(placement))),
      ])
  }
}
