import StowageModel

/// Whether makespan and schedule bound follow from the moves.
struct ScheduleCheck {
  /// How far two computations of the same bound may lie apart, relative.
  private static let slack = 1e-3

  let bound: ScheduleBound
  /// The bound on nights at the plan's own prices; `nil` without any.
  var nights: NightsBound?

  /// The bound on nights that the plan states and its prices prove.
  private func provedNights(_ plan: Plan) -> Int? {
    guard let objective = plan.objectives.first(where: { $0.name == .waveNights }),
      objective.proof == .nightPrices,
      let stated = objective.lowerBound, (1...100_000).contains(stated), nights?.proves(Int(stated)) ?? false
    else { return nil }
    return Int(stated)
  }

  /// The findings. `isLegal` says whether nothing else is wrong with the moves: those of a plan that
  /// breaks the rules of order may well end before any legal ones can.
  func run(_ plan: Plan, _ replay: Replay, isLegal: Bool) -> [Finding] {
    let schedule = plan.schedule
    let last = plan.moves.map(\.endSeconds).filter(\.isFinite).max() ?? 0
    var facts: [ClaimFact] = []
    if !((schedule.makespanSeconds - last).magnitude <= 1e-6 + last.magnitude * 1e-12) {
      facts.append(.makespan(stated: schedule.makespanSeconds, actual: last))
    }
    let stated = schedule.lowerBoundSeconds
    let bounded = max(
      bound.seconds(replay, plan), provedNights(plan).map { nights?.end(ofNight: $0) ?? 0 } ?? 0)
    // Where VMs make detours they may be quicker than the direct ways that are bounded.
    let isDirect = replay.movementsOfVM.values.allSatisfy { $0.count == 1 }
    let actual = isDirect ? bounded : min(bounded, last)
    if !((stated - actual).magnitude <= max(1e-3, actual * Self.slack)) {
      facts.append(.scheduleBound(stated: stated, actual: actual))
    }
    if stated > schedule.makespanSeconds + 1e-3, isLegal || !facts.isEmpty {
      facts.append(.scheduleBoundAboveMakespan(bound: stated, makespan: schedule.makespanSeconds))
    }
    return facts.map { Finding(.plan, .claim($0)) }
  }
}
