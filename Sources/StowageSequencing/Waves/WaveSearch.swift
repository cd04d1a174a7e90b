import StowageFleet
import StowageModel

/// Finds waves and their times: moves are ordered without waves first, which shows who must come before
/// whom; then they are cut into waves and scheduled again within them.
struct WaveSearch {
  /// Factors by which moves of a wave are taken to last longer than their ports need at least, tried in
  /// this order when a wave was not over in the hours that it had.
  private static let slacks = [1.1, 1.3, 1.6, 2, 3, 5, 10]

  let problem: Problem
  let policy: WavePolicy
  let seed: UInt64

  func best(attempts: Int) -> ScheduleSearch.Outcome {
    var free = ScheduleSearch(problem, seed: seed)
    let schedule: Timeline
    switch free.best(attempts: 3) {
    case .success(let timeline): schedule = timeline
    case .failure(let stuck): return .failure(stuck)
    }
    let units = WaveUnits.of(schedule) { WaveDraft().takes($0, problem, most: policy.mostVMs) }
    var last = ScheduleSearch.Outcome.success(schedule)
    for slack in Self.slacks {
      var assignment = WaveAssignment(problem, policy, units, slack: slack)
      switch assignment.outcome() {
      case .refused(let blockages):
        return .failure(Stuck(blockages: blockages, certainty: .undecided))
      case .assigned(let plan):
        var search = ScheduleSearch(problem.with(plan), seed: seed)
        last = search.best(attempts: attempts)
        if case .success = last { return last }
      }
      // Without hours it was not time that was short.
      if problem.fleet.timeRules.calendar.entries.isEmpty { break }
    }
    return last
  }
}
