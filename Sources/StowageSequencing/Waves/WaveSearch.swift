import LinearOptimization
import StowageCalendar
import StowageFleet
import StowageModel

/// Finds waves and their times: moves are ordered without waves first, which shows who must come before
/// whom; then they are cut into waves and scheduled again within them.
struct WaveSearch {
  /// Factors by which moves of a wave are taken to last longer than their ports need at least, tried in
  /// this order when a wave was not over in the hours that it had.
  private static let slacks = [1.1, 1.3, 1.6, 2, 3, 5, 10]
  /// The same where waves go by the calendar: a night lost is a day, and what ports need is nearly what a night takes.
  private static let slacksByNight = [1, 1.01, 1.02, 1.04, 1.07, 1.1, 1.2, 1.4, 2, 4]

  let problem: Problem
  let policy: WavePolicy
  let solver: (any Solver)?
  let seed: UInt64

  /// Where waves go by the calendar it is nights that count, and the times within a night do not: few schedules do.
  private static let attemptsByNight = 6

  func best(attempts: Int) throws(SolverFailure) -> ScheduleSearch.Outcome {
    var free = ScheduleSearch(problem, seed: seed)
    let schedule: Timeline
    switch free.best(attempts: 3) {
    case .success(let timeline): schedule = timeline
    case .failure(let stuck): return .failure(stuck)
    }
    let units = WaveUnits.of(schedule) { WaveDraft().takes($0, problem, most: policy.mostVMs) }
    var last = ScheduleSearch.Outcome.success(schedule)
    // What bounds the nights does not know of slacks: what is proved of one is of all.
    let input = policy.nights == nil ? nil : NightBoundInput(problem)
    var proof: NightPlanner.Proof?
    for slack in policy.nights == nil ? Self.slacks : Self.slacksByNight {
      switch try assigned(units, slack: slack, input, &proof) {
      case .refused(let blockages):
        return .failure(Stuck(blockages: blockages, certainty: .undecided))
      case .assigned(let plan):
        var search = ScheduleSearch(problem.with(plan), seed: seed)
        last = search.best(
          attempts: policy.nights == nil ? attempts : min(attempts, Self.attemptsByNight))
        guard case .success(let timeline) = last else { continue }
        if SeedSchedule.seeds(of: timeline) != nil { return last }
        last = .failure(Stuck(blockages: lateSeeds, certainty: .undecided))
      }
      // Without hours it was not time that was short.
      if problem.fleet.timeRules.calendar.entries.isEmpty, policy.nights == nil { break }
    }
    return last
  }

  /// Seeds that no attempt had done before their moves.
  private var lateSeeds: [Stuck.Blockage] {
    (problem.book.seeds?.seeded.values.filter { !$0.isThere } ?? []).sorted { $0.vm < $1.vm }.map {
      Stuck.Blockage(vm: $0.vm, host: $0.to, obstacle: .wave(.lateSeeds))
    }
  }

  private func assigned(
    _ units: [WaveUnit], slack: Double, _ input: NightBoundInput?, _ proof: inout NightPlanner.Proof?
  ) throws(SolverFailure) -> WaveAssignment.Outcome {
    if let nights = policy.nights, let input {
      guard let solver else { preconditionFailure("waves by the calendar need a solver") }
      let assignment = NightAssignment(problem, policy, nights, units, slack: slack)
      return try assignment.outcome(input, proof: &proof, solver: solver, seed: seed)
    }
    var assignment = WaveAssignment(problem, policy, units, slack: slack)
    return assignment.outcome()
  }
}
