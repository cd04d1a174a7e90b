import StowageModel

/// Whether makespan and schedule bound follow from the moves.
struct ScheduleCheck {
  /// How far two computations of the same bound may lie apart, relative.
  private static let slack = 1e-3

  let bound: ScheduleBound

  func run(_ plan: Plan, _ replay: Replay) -> [Finding] {
    let schedule = plan.schedule
    let last = plan.moves.map(\.endSeconds).filter(\.isFinite).max() ?? 0
    var facts: [ClaimFact] = []
    if !((schedule.makespanSeconds - last).magnitude <= 1e-6 + last.magnitude * 1e-12) {
      facts.append(.makespan(stated: schedule.makespanSeconds, actual: last))
    }
    let stated = schedule.lowerBoundSeconds
    let actual = bound.seconds(replay)
    if !((stated - actual).magnitude <= max(1e-3, actual * Self.slack)) {
      facts.append(.scheduleBound(stated: stated, actual: actual))
    }
    if stated > schedule.makespanSeconds + 1e-3 {
      facts.append(.scheduleBoundAboveMakespan(bound: stated, makespan: schedule.makespanSeconds))
    }
    return facts.map { Finding(.plan, .claim($0)) }
  }
}
