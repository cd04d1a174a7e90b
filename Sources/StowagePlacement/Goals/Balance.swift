import LinearOptimization
import StowageFleet
import StowageModel

/// The least utilisation of the fullest host, then the most even utilisation, with few moves.
///
/// Where the request asks for evenness first, that order is turned round (see ``SpreadSearch``); where it states targets,
/// moves are made until no host is above one, and for nothing else (see ``TargetBalance``).
///
/// With a limit on moves the maximum goes as low as so many moves can bring it (see ``PeakSearch``),
/// and what is left of them is spent on evenness. Without one, steps are taken while they are worth
/// their moves (see ``BalanceSearch``). Small fleets also have the lowest possible maximum computed,
/// and go for it if that is worth the moves.
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
    let soft = try SoftPass(task).lowered(base, keepsHosts: false)
    if !task.fleet.options.targetPercent.isEmpty {
      var targets = TargetBalance(task, hosts: hosts, maximum: maximum)
      return targets.answer(soft.placement, softBound: soft.bound)
    }
    if task.fleet.options.balanceFirst == .spread {
      return levelled(soft.placement, maximum, softBound: soft.bound)
    }
    let search = BalanceSearch(task: task, hosts: hosts)
    var certificate: Certificate?
    var best: [Int]
    if let moves = task.fleet.options.maxMoves {
      best = try limited(
        soft.placement, search, moves: moves, anneals: !exact.isWorthwhile, &maximum, &certificate)
    } else {
      best = search.improve(soft.placement)
    }
    task.tell(.maxUtilisation, maximum, value: meter.maxUtilisation(best))
    if exact.isWorthwhile, meter.maxUtilisation(best) > maximum.value {
      let lowest = try exact.lowestMaximum()
      if task.provesBounds { maximum.raise(to: lowest.bound, .branchAndBound) }
      if let found = lowest.placement {
        best = try better(best, exact, search, maximum: meter.maxUtilisation(found))
      }
    }
    return answer(best, maximum, softBound: soft.bound, certificate)
  }

  /// The lowest maximum that so many moves reach, then the evenness that the rest of them brings.
  private mutating func limited(
    _ base: [Int], _ search: BalanceSearch, moves: Int, anneals: Bool, _ maximum: inout ProvedBound,
    _ certificate: inout Certificate?
  ) throws(SolverFailure) -> [Int] {
    let reliefs = HostRelief.ofHosts(task.fleet)
    maximum.raise(
      to: CountingBound(task.fleet, moves: moves, reliefs: reliefs).utilisation, .counting)
    // One without another host cannot go.
    let problem = task.problem
    let light = HostRelief.ofHosts(task.fleet) { vm in
      !problem.candidates.sets[problem.candidates.setOfBlock[problem.blockOfVM[vm]]].isEmpty
    }
    let peaks = PeakSearch(task: task, hosts: hosts, reliefs: light, anneals: anneals)
    var lowered = peaks.relieved(base, bound: maximum.value)
    let reached = meter.maxUtilisation(lowered ?? base)
    task.tell(.maxUtilisation, maximum, value: reached)
    if anneals, reached > maximum.value + 1e-9 {
      if let found = try LevelBound(task: task, moves: moves).raised(from: maximum.value, below: reached) {
        maximum.raise(to: found.utilisation, .levelWeights)
        certificate = Certificate(levelWeights: found.certificate)
      }
      let changed = try LevelChanges(task: task, hosts: hosts)
        .lowered(moves: moves, bound: maximum.value, below: reached, &random)
      lowered = changed ?? peaks.annealed(lowered ?? base, bound: maximum.value, &random) ?? lowered
    }
    guard let lowered, isWorthItsMoves(lowered, from: base) else { return search.improve(base) }
    let levelled = search.improve(lowered)
    if meter.maxUtilisation(levelled) <= maximum.value + 1e-9 { return levelled }
    let stepwise = search.improve(base)
    return meter.maxUtilisation(stepwise) < meter.maxUtilisation(levelled) ? stepwise : levelled
  }

  /// Whether each move of a placement lowers the maximum as far as the request asks, if it does.
  private func isWorthItsMoves(_ placement: [Int], from base: [Int]) -> Bool {
    guard let leastGain = task.leastGain else { return true }
    let saved = meter.maxUtilisation(base) - meter.maxUtilisation(placement)
    return saved + 1e-9 >= leastGain * Double(meter.moves(placement) - meter.moves(base))
  }

  /// The lowest maximum with the fewest moves that reach it, if each further move is worth it.
  private func better(
    _ best: [Int], _ exact: ExactBalance, _ search: BalanceSearch, maximum: Double
  ) throws(SolverFailure) -> [Int] {
    let saved = meter.maxUtilisation(best) - maximum
    let leastGain = task.leastGain ?? BalanceSearch.worthwhileMaximum
    guard saved >= leastGain,
      let found = try exact.fewestMoves(maximum: maximum).placement
    else { return best }
    let further = meter.moves(found) - meter.moves(best)
    guard saved >= leastGain * Double(further),
      task.softRules.cost(found) <= task.softRules.cost(best)
    else { return best }
    return search.improve(found)
  }

  /// The fleet as it is if it keeps everything, else mended with few moves.
  private mutating func legalBase() throws(SolverFailure) -> [Int]? {
    if task.accepts(task.fleet.start) { return task.fleet.start }
    var evacuation = Evacuation(task)
    return try evacuation.mended()
  }

  /// The spread first.
  private mutating func levelled(_ base: [Int], _ maximum: ProvedBound, softBound: Double) -> PlacementAnswer
  {
    let placement = SpreadSearch(task: task, hosts: hosts).improve(base, &random)
    return task.placed(
      placement,
      [
        task.noBrokenRules,
        evenness(\.loadSpread).objective(.loadSpread, value: meter.loadSpread(placement)),
        maximum.objective(.maxUtilisation, value: meter.maxUtilisation(placement)),
        ProvedBound(Double(MustMoveBound(task.fleet).moves), .mustMove)
          .objective(.moves, value: Double(meter.moves(placement))),
      ], softBound: softBound)
  }

  /// How even the moves that are allowed could make anything.
  private func evenness(_ measure: (EveningBound) -> Double) -> ProvedBound {
    var bound = ProvedBound(0, .trivial)
    if let moves = task.fleet.options.maxMoves {
      bound.raise(to: measure(EveningBound(task.fleet, moves: moves)), .evening)
    }
    return bound
  }

  private func answer(
    _ placement: [Int], _ maximum: ProvedBound, softBound: Double, _ certificate: Certificate?
  ) -> PlacementAnswer {
    return task.placed(
      placement,
      [
        task.noBrokenRules, maximum.objective(.maxUtilisation, value: meter.maxUtilisation(placement)),
        evenness(\.utilisationStandardDeviation).objective(
          .utilisationStandardDeviation, value: meter.utilisationStandardDeviation(placement)),
        ProvedBound(Double(MustMoveBound(task.fleet).moves), .mustMove)
          .objective(.moves, value: Double(meter.moves(placement))),
      ], certificate: certificate, softBound: softBound)
  }
}
