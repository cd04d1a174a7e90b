import StowageModel

/// Whether every lower bound is one: not above its value, with a proof that gives exactly it.
///
/// The word of a solver (`branch-and-bound`) cannot be recomputed; it is only held against the value.
struct BoundCheck {
  private enum Recomputed {
    case bound(Double)
    case onTrust
    case unfit
    case noCertificate
    case otherTotal(stated: Int, actual: Int)
    case undecided
  }

  /// What objectives before one say, where they are listed.
  private struct Given {
    /// How many hosts stay on.
    var hostsOn: Int?
    /// How many VMs do not return.
    var away: Int?
  }

  let values: ObjectiveValues
  let rooms: Rooms
  let rulebook: Rulebook
  let parts: PartsBound
  let moveWeights: MoveWeightsBound
  let levels: LevelLimits
  /// The most moves that were allowed; `nil` when any number was.
  let maxMoves: Int?
  /// Utilisation in percent under which hosts need not be lowered; empty where none was asked for.
  let targets: [Resource: Double]
  /// The hosts to which VMs return; empty where nobody was to.
  let homes: [VM.ID: Host.ID]
  /// The bound on nights at the plan's own prices; `nil` without any.
  let nights: NightsBound?

  /// Whether targets were asked for and the plan keeps them.
  private var isWithinTargets: Bool { !targets.isEmpty && values.value(.targetExcess) == 0 }

  func run(_ plan: Plan) -> (findings: [Finding], bounds: [VerdictFacts.Bound]) {
    var findings: [Finding] = []
    var bounds: [VerdictFacts.Bound] = []
    var given = Given()
    for objective in plan.objectives {
      let facts = judge(objective, given, plan.certificate, &bounds)
      findings += facts.map { Finding(.objective(objective.name), .claim($0)) }
      switch objective.name {
      case .hostsOn: given.hostsOn = values.hostsOn
      case .away: given.away = values.value(.away).map { Int($0) }
      default: break
      }
    }
    return (findings, bounds)
  }

  private func judge(
    _ objective: Objective, _ given: Given, _ certificate: Certificate?, _ bounds: inout [VerdictFacts.Bound]
  ) -> [ClaimFact] {
    let name = objective.name
    guard let stated = objective.lowerBound else {
      return objective.proof.map { [.nothingProved(name, $0)] } ?? []
    }
    guard let proof = objective.proof else { return [.unproved(name, bound: stated)] }
    var facts: [ClaimFact] = []
    let slack = name.slack(at: objective.value)
    if !(stated <= objective.value + slack) {
      facts.append(.boundAboveValue(name, bound: stated, value: objective.value))
    }
    var isRecomputed = false
    switch recompute(name, proof, given, certificate, stated: stated) {
    case .bound(let actual):
      isRecomputed = true
      // Bounds on ratios may be rounded down or to the nearest.
      let isSame = stated == actual || (stated - actual).magnitude <= 2 * name.slack(at: actual)
      if !isSame { facts.append(.bound(name, proof, stated: stated, actual: actual)) }
    case .onTrust: break
    case .otherTotal(let stated, let actual):
      facts.append(.certificateTotal(name, stated: stated, actual: actual))
    case .noCertificate: facts.append(.noCertificate(name, proof))
    case .unfit: facts.append(.unfitProof(name, proof))
    case .undecided: facts.append(.boundUndecided(name, proof, stated: stated))
    }
    bounds.append(
      VerdictFacts.Bound(
        name: name, value: objective.value, lowerBound: stated, proof: proof, isRecomputed: isRecomputed))
    return facts
  }

  private func recompute(
    _ name: Objective.Name, _ proof: Objective.Proof, _ given: Given, _ certificate: Certificate?,
    stated: Double
  ) -> Recomputed {
    switch (proof, name) {
    case (.trivial, _): return .bound(0)
    case (.volume, .hostsOn): return .bound(rooms.volumeBound)
    case (.mix, .hostsOn): return rooms.mixBound.map(Recomputed.bound) ?? .undecided
    case (.parts, .hostsOn): return parts.bound.map(Recomputed.bound) ?? .undecided
    case (.hostPrices, .powerWatts), (.hostPrices, .costPerMonth):
      guard let prices = certificate?.hostPrices else { return .noCertificate }
      let expense = HostExpense(name == .powerWatts ? .power : .cost, rooms.roster)
      return rooms.expenseBound(prices, expense, rulebook).map(Recomputed.bound) ?? .unfit
    case (.cheapestMix, .costPerMonth):
      return parts.cheapestMix(HostExpense(.cost, rooms.roster)).map(Recomputed.bound) ?? .undecided
    case (.mustMove, .moves): return .bound(mustMove(given) { _ in 1 })
    case (.mustMove, .movedMiB): return .bound(mustMove(given, weight: \.memoryMiB))
    case (.keepPrices, .movedMiB):
      guard let prices = certificate?.keepPrices else { return .noCertificate }
      guard let hostsOn = given.hostsOn else { return .unfit }
      return rooms.keptBound(prices, hostsOn: hostsOn, rulebook).map(Recomputed.bound) ?? .unfit
    case (.meanLoad, .maxUtilisation): return .bound(rooms.meanLoadBound)
    case (.meanLoad, .targetExcess): return .bound(rooms.leastTargetExcess(targets))
    case (.moveWeights, .moves):
      guard let weights = certificate?.moveWeights else { return .noCertificate }
      guard let total = moveWeights.total(weights) else { return .undecided }
      guard total == weights.total, weights.scale > 0 else {
        return .otherTotal(stated: weights.total, actual: total)
      }
      return .bound((Double(total) / Double(weights.scale)).rounded(.up))
    case (.levelWeights, .maxUtilisation):
      guard let level = certificate?.levelWeights else { return .noCertificate }
      guard let maxMoves else { return .unfit }
      guard let total = levels.moveWeights(level.millionths).total(level.weights) else { return .undecided }
      guard total == level.weights.total, level.weights.scale > 0 else {
        return .otherTotal(stated: level.weights.total, actual: total)
      }
      let allowed = maxMoves.multipliedReportingOverflow(by: level.weights.scale)
      let isOutOfReach = !allowed.overflow && total > allowed.partialValue
      return .bound(isOutOfReach ? levels.next(above: level.millionths) : 0)
    case (.counting, .maxUtilisation):
      return maxMoves.map { .bound(rooms.countingBound(moves: $0)) } ?? .unfit
    case (.evening, .loadSpread), (.evening, .utilisationStandardDeviation):
      guard let maxMoves else { return .unfit }
      return .bound(eveningBound(name, moves: maxMoves))
    case (.counting, .moves):
      guard isWithinTargets else { return .unfit }
      return .bound(Double(rooms.fewestLeavers(targets: targets)))
    case (.nightPrices, .waveNights):
      guard let nights else { return .noCertificate }
      return nights.proves(Int(max(-1, min(stated, 1e6)).rounded(.up))) ? .bound(stated) : .undecided
    case (.branchAndBound, _): return .onTrust
    case (.volume, _), (.mix, _), (.parts, _), (.hostPrices, _), (.cheapestMix, _), (.keepPrices, _),
      (.mustMove, _),
      (.meanLoad, _),
      (.moveWeights, _),
      (.levelWeights, _),
      (.nightPrices, _), (.counting, _), (.evening, _):
      return .unfit
    }
  }

  private func mustMove(_ given: Given, weight: (VM) -> Double) -> Double {
    guard let away = given.away else { return rooms.mustMove(hostsOn: given.hostsOn, weight: weight) }
    return rooms.mustMove(away: away, homes: homes, weight: weight)
  }

  private func eveningBound(_ name: Objective.Name, moves: Int) -> Double {
    if name == .loadSpread {
      return rooms.leastDeviations(moves: moves) { rooms.roster.physicalSize(of: $0, $1, offered: $2) }
        .reduce(0, +)
    }
    let deviations = rooms.leastDeviations(moves: moves) { Double($2) }
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    return deviations.isEmpty ? 0 : (squares / Double(deviations.count)).squareRoot()
  }
}
