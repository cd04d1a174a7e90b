import LinearOptimization
import StowageFleet
import StowageModel

/// The least utilisation of the fullest host, then the most even utilisation, with few moves.
///
/// Where the request asks for evenness first, that order is turned round (see ``SpreadSearch``); where it states targets,
/// moves are made until no host is above one, and for nothing else (see ``TargetBalance``).
///
/// With a limit on moves the maximum goes as low as so many moves can bring it (see ``LimitedBalance``),
/// and what is left of them is spent on evenness. Without one, steps are taken while they are worth
/// their moves (see ``BalanceSearch``). Small fleets also have the lowest possible maximum computed,
/// and go for it if that is worth the moves. Where a gap to what is proved is left, integer programs over small
/// sets of hosts lower the fullest (see ``HostPolishing``). Where what cannot move is the fullest, the same begins again behind
/// it (see ``StuckLoads``).
struct Balance {
  let task: PlacementTask
  private let meter: ObjectiveMeter
  private let hosts: [Int]
  private var random: SeededGenerator

  /// Looks at the highest utilisation, each behind loads that the ones before could not lower. Chosen: hosts differ in
  /// hundreds of levels, but those behind the first few are seldom the highest of anything.
  private static let mostPasses = 8

  init(_ task: PlacementTask) {
    self.task = task
    meter = ObjectiveMeter(task.fleet)
    hosts = task.eligibleHosts
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer() throws(SolverFailure) -> PlacementAnswer {
    let maximum = ProvedBound(MeanLoadBound(task.fleet).utilisation, .meanLoad)
    guard let base = try legalBase() else {
      let exact = ExactBalance(task: task, hosts: hosts)
      if exact.isWorthwhile, try exact.lowestMaximum().isInfeasible, task.provesBounds {
        return .infeasible(task.refuted)
      }
      return .undecided(task.undecided)
    }
    let soft = try SoftPass(task).lowered(base, keepsHosts: false)
    if !task.fleet.options.targetPercent.isEmpty {
      var targets = TargetBalance(task, hosts: hosts, maximum: maximum)
      return try targets.answer(soft.placement, softBound: soft.bound)
    }
    if task.fleet.options.balanceFirst == .spread {
      return levelled(soft.placement, maximum, softBound: soft.bound)
    }
    return try lowered(soft.placement, maximum, softBound: soft.bound)
  }

  /// The maximum first; then, where its fullest hosts hold nothing that could leave, that of the rest.
  private mutating func lowered(_ base: [Int], _ meanLoad: ProvedBound, softBound: Double)
    throws(SolverFailure) -> PlacementAnswer
  {
    var pass = BalancePass(task, hosts: hosts, maximum: meanLoad)
    var (from, best) = (base, try pass.lowered(base, &random))
    let (maximum, certificate) = (pass.maximum, pass.certificate)
    for _ in 1..<Self.mostPasses {
      guard !task.stopwatch.hasRunOut, let behind = StuckLoads(pass.task).taskBehind(best) else { break }
      // The mean of all loads says nothing about those that are left.
      pass = BalancePass(behind, hosts: hosts, maximum: ProvedBound(0, .trivial))
      (from, best) = (best, try pass.lowered(best, &random))
    }
    return answer(try pass.evened(best, from: from), maximum, softBound: softBound, certificate)
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
