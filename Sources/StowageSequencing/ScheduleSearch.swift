import StowageFleet
import StowageModel

/// Makes several attempts at a schedule and keeps the best.
struct ScheduleSearch {
  enum Outcome {
    case success(Timeline)
    case failure(Stuck)
  }

  private let problem: Problem
  private let rates: RateChoice
  /// No schedule of the legs with their preferred techniques is shorter, in ms.
  private let floor: Int
  private let seed: UInt64
  private var random: SeededGenerator

  init(_ problem: Problem, seed: UInt64) {
    self.problem = problem
    floor =
      MakespanBound(problem.legs.map { (leg: $0, manner: $0.preferred.manner) }, problem.book)
      .milliseconds
    rates = RateChoice(problem)
    self.seed = seed
    random = SeededGenerator(seed: seed)
  }

  /// What tells one attempt from another.
  private struct Draft {
    var urgency: [Double]
    var rates: [Int]
  }

  /// The schedule that ends first; of equal ones, that with the fewest moves, then the smallest sum of
  /// ends, then the first. Within a thousandth of the bound (that much is lost by rounding rates)
  /// nothing better is sought.
  ///
  /// Where moves can be cut into lanes (``LaneChoice``) the walk begins with these. They look at one port of each move,
  /// and may be the wrong place to begin: if it ends far from the bound, another walk is made without.
  mutating func best(attempts: Int) -> Outcome {
    let base = Urgency.base(problem)
    var walk = Walk(enough: floor + floor / 1000 + problem.pauses)
    go(&walk, base, attempts, inLanes: true)
    if walk.hasLanes, walk.isFar, problem.legs.count <= Self.mostForTwoWalks {
      walk.current = nil
      walk.lastGain = 0
      random = SeededGenerator(seed: seed)
      go(&walk, base, attempts / 2, inLanes: false)
    }
    if let best = walk.best { return .success(withoutDetours(best.timeline, urgency: base)) }
    guard let failed = walk.failed else { return .failure(Stuck(blockages: [], certainty: .undecided)) }
    return afterFailure(failed, urgency: base)
  }

  /// With more legs one walk must do. Chosen: attempts at these take long, and few are made.
  private static let mostForTwoWalks = 500

  /// What attempts have come to.
  private struct Walk {
    /// No more than this is asked of a makespan, in ms.
    let enough: Int
    var best: (score: Score, timeline: Timeline)?
    var current: (overrun: Overrun, timeline: Timeline, draft: Draft)?
    var failed: Timeline?
    var lastGain = 0
    var hasLanes = false

    var isEnough: Bool { best.map { $0.score.makespan <= enough } ?? false }
    /// Whether it is more than a hundredth above.
    var isFar: Bool { best.map { $0.score.makespan > enough + enough / 100 } ?? false }
  }

  /// The walk goes by another measure than the score, ``Overrun``: where many ports end late, mending one of them
  /// does not change the last end, but it is a step.
  private mutating func go(_ walk: inout Walk, _ base: [Double], _ attempts: Int, inLanes: Bool) {
    for attempt in 0..<attempts where attempt - walk.lastGain <= patience(walk) && !walk.isEnough {
      let draft = draft(attempt, base, &walk, inLanes)
      var timeline = Timeline(problem, urgency: draft.urgency, wantedRates: draft.rates)
      guard timeline.run() else {
        walk.failed = walk.failed ?? timeline
        if walk.best == nil, attempt >= Self.mostFailures { break }
        continue
      }
      let (score, overrun) = (Score(timeline), Overrun(timeline, beyond: walk.enough))
      if walk.best.map({ score < $0.score }) ?? true { walk.best = (score, timeline) }
      if walk.current.map({ overrun < $0.overrun }) ?? true { walk.lastGain = attempt }
      if walk.current.map({ overrun <= $0.overrun }) ?? true { walk.current = (overrun, timeline, draft) }
    }
  }

  private mutating func draft(
    _ attempt: Int, _ base: [Double], _ walk: inout Walk, _ inLanes: Bool
  ) -> Draft {
    if attempt == Self.attemptInLanes, inLanes {
      let lanes = LaneChoice(problem, rates, urgency: base, seconds: Double(floor) / 1000)
      walk.hasLanes = lanes.hasAny
      if lanes.hasAny { return Draft(urgency: lanes.urgency, rates: lanes.rates) }
    }
    return walk.current.map { nextDraft(attempt, base, $0.draft, $0.timeline) } ?? first(attempt, base)
  }

  /// The attempt with lanes comes after those that show whether they are needed.
  private static let attemptInLanes = 3
  /// How many attempts may fail before another way is taken.
  private static let mostFailures = 24
  /// After how many attempts without gain the search ends: some for each leg that could be changed, and
  /// few where few legs, or a schedule within a hundredth of the bound, leave little to gain.
  private func patience(_ walk: Walk) -> Int {
    let isPoor = problem.legs.count < 16 || walk.best != nil && !walk.isFar
    return (isPoor ? 4 : 12) * problem.legs.count
  }

  /// Drafts before any schedule is found, and the few that vary all at once.
  private mutating func first(_ attempt: Int, _ base: [Double]) -> Draft {
    switch attempt {
    case 0: return Draft(urgency: base, rates: rates.within(Double(floor) / 1000))
    case 1: return Draft(urgency: base, rates: rates.whole)
    case 2: return Draft(urgency: base, rates: rates.within(.infinity))
    default:
      let limit = Double(floor) / 1000 * (0.3 + 1.4 * random.unit())
      return Draft(urgency: Urgency.varied(base, &random), rates: rates.within(limit))
    }
  }

  /// Every sixteenth attempt varies all at once; the others vary a few legs of the current one, most
  /// often such as share a channel with one that ends last.
  private mutating func nextDraft(
    _ attempt: Int, _ base: [Double], _ current: Draft, _ timeline: Timeline
  ) -> Draft {
    guard attempt > 2, attempt % 16 != 0 else { return first(attempt, base) }
    var draft = current
    let critical = critical(timeline)
    let changes = 1 + Int(random.unit() * random.unit() * Double(min(8, base.count)))
    for _ in 0..<changes {
      let isCritical = !critical.isEmpty && random.unit() < 0.8
      let leg = isCritical ? critical[below(critical.count)] : below(base.count)
      if random.unit() < 0.6 { draft.urgency[leg] *= 0.5 + 1.5 * random.unit() }
      if random.unit() < 0.6 {
        let rate = Double(draft.rates[leg]) * (0.7 + 0.7 * random.unit())
        draft.rates[leg] = min(rates.whole[leg], max(1, Int(rate)))
      }
    }
    return draft
  }

  private mutating func below(_ count: Int) -> Int { min(count - 1, Int(random.unit() * Double(count))) }

  /// The legs that share a channel or a target with one of those that end last.
  private mutating func critical(_ timeline: Timeline) -> [Int] {
    let late = latest(1 + below(3), of: timeline.runs)
    let channels = Set(late.flatMap { timeline.legs[$0.leg].route })
    return problem.legs.indices.filter { leg in problem.legs[leg].route.contains { channels.contains($0) } }
  }

  /// The runs that end last, the very last first.
  private func latest(_ count: Int, of runs: [Run]) -> [Run] {
    var latest: [Run] = []
    for run in runs {
      let place = latest.firstIndex { ($0.end, $0.leg) < (run.end, run.leg) } ?? latest.count
      guard place < count else { continue }
      latest.insert(run, at: place)
      if latest.count > count { latest.removeLast() }
    }
    return latest
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
    // Rules that no single host decides tie VMs together that share neither host nor group.
    case .none: return isEveryHost && !problem.watchesRules ? .none : .unknown
    // Steps go one after the other, which the rules of those who switch over at one moment forbid.
    case .steps where !problem.convoys.vms.isDisjoint(with: legs.map(\.vm)): return .unknown
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

/// How far a schedule is from ending in time; less is better.
private struct Overrun: Comparable {
  let moves: Int
  /// The sum over runs of the square of what they end too late, in ms².
  let lateness: Double

  init(_ timeline: Timeline, beyond limit: Int) {
    moves = timeline.runs.count
    lateness = timeline.runs.reduce(0) { sum, run in
      let late = Double(max(0, run.end - limit))
      return sum + late * late
    }
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.moves, left.lateness) < (right.moves, right.lateness)
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
