import StowageFleet
import StowageModel

/// Makes several attempts at a schedule and keeps the best.
struct ScheduleSearch {
  enum Outcome {
    case success(Timeline)
    case failure(Stuck)
  }

  private let problem: Problem
  private var random: SeededGenerator

  init(_ problem: Problem, seed: UInt64) {
    self.problem = problem
    random = SeededGenerator(seed: seed)
  }

  /// The schedule that ends first; of equal ones, that with the fewest moves, then the smallest sum of
  /// ends, then the first. Within a thousandth of what the preferred techniques take at least (that
  /// much is lost by rounding rates) nothing better is sought.
  mutating func best(attempts: Int) -> Outcome {
    let base = Urgency.base(problem)
    let enough = Urgency.floor(problem) * 1.001
    var best: (score: Score, timeline: Timeline)?
    var failed: Timeline?
    for attempt in 0..<attempts {
      var timeline = Timeline(
        problem, urgency: attempt == 0 ? base : Urgency.varied(base, &random))
      guard timeline.run() else {
        failed = failed ?? timeline
        continue
      }
      let score = Score(timeline)
      if best.map({ score < $0.score }) ?? true { best = (score, timeline) }
      if Double(score.makespan) <= enough { break }
    }
    if let best { return .success(withoutDetours(best.timeline, urgency: base)) }
    guard let failed else { return .failure(Stuck(blockages: [], certainty: .undecided)) }
    return afterFailure(failed, urgency: base)
  }

  /// A schedule made anew around its detours, when that is better: what urgency led into a dead end
  /// may have a straight order.
  private func withoutDetours(_ timeline: Timeline, urgency: [Double]) -> Timeline {
    let detoured = Set(timeline.legs.filter { $0.detour != nil }.map(\.vm))
    guard !detoured.isEmpty, case .found(let other) = fromStart(around: detoured, urgency: urgency),
      Score(other) < Score(timeline)
    else { return timeline }
    return other
  }

  private func afterFailure(_ failed: Timeline, urgency: [Double]) -> Outcome {
    let blockages = StuckReport(failed).blockages
    switch fromStart(around: Set(blockages.map(\.vm)), urgency: urgency) {
    case .found(let timeline): return .success(timeline)
    case .none: return .failure(Stuck(blockages: blockages, certainty: .proved))
    case .unknown: return .failure(Stuck(blockages: blockages, certainty: .undecided))
    }
  }

  private enum SearchFromStart {
    case found(Timeline)
    case none
    case unknown
  }

  /// Every order of the moves around some VMs, from the start, when they are few.
  private func fromStart(around vms: Set<Int>, urgency: [Double]) -> SearchFromStart {
    let seeds = problem.legs.indices.filter { vms.contains(problem.legs[$0].vm) }
    guard let members = Neighbourhood(problem).connected(to: seeds, most: StateSearch.mostVMs) else {
      return .unknown
    }
    let legs = members.map { problem.legs[$0] }
    let (hosts, isEveryHost) = hosts(for: legs)
    var search = StateSearch(
      problem.book, vms: legs.map(\.vm), from: legs.map(\.from), to: legs.map(\.to), over: hosts,
      charges: FleetState(problem.fleet))
    switch search.run() {
    case .gaveUp: return .unknown
    case .none: return isEveryHost ? .none : .unknown
    case .steps(let steps):
      var timeline = Timeline(problem, urgency: urgency, replaced: Set(members))
      timeline.follow(steps, goals: Dictionary(uniqueKeysWithValues: legs.map { ($0.vm, $0.to) }))
      return timeline.run() ? .found(timeline) : .unknown
    }
  }

  /// The hosts of some legs and others where their VMs may go, and whether these are all.
  private func hosts(for legs: [Leg]) -> (hosts: [Int], isEveryHost: Bool) {
    let fleet = problem.fleet
    let own = Set(legs.flatMap { [$0.from, $0.to] })
    let others = fleet.targets.members.filter { host in
      !own.contains(host) && legs.contains { fleet.mayMove($0.vm, to: host) }
    }
    let room = max(0, Timeline.mostHosts - own.count)
    return (own.sorted() + others.prefix(room), others.count <= room)
  }
}

/// How good a schedule is; less is better.
private struct Score: Comparable {
  let makespan: Int
  let moves: Int
  let sumOfEnds: Int

  init(_ timeline: Timeline) {
    makespan = timeline.runs.map(\.end).max() ?? 0
    moves = timeline.runs.count
    sumOfEnds = timeline.runs.reduce(0) { $0 &+ $1.end }
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.makespan, left.moves, left.sumOfEnds) < (right.makespan, right.moves, right.sumOfEnds)
  }
}
