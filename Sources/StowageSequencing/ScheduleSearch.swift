import StowageFleet
import StowageModel

/// Makes several attempts at a schedule and keeps the best.
struct ScheduleSearch {
  enum Outcome {
    case success(Timeline)
    case failure(Stuck)
  }

  private let problem: Problem
  private let bound: Int
  private var random: SeededGenerator

  init(_ problem: Problem, bound: Int, seed: UInt64) {
    self.problem = problem
    self.bound = bound
    random = SeededGenerator(seed: seed)
  }

  /// The schedule that ends first; of equal ones, that with the fewest moves, then the smallest sum of
  /// ends, then the first. Within a thousandth of the bound, which is what rounding rates costs,
  /// nothing better is sought.
  mutating func best(attempts: Int) -> Outcome {
    let base = Urgency.base(problem)
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
      if score.makespan * 1000 <= bound * 1001 { break }
    }
    if let best { return .success(best.timeline) }
    return failed.map { exact(after: $0, urgency: base) }
      ?? .failure(Stuck(blockages: [], certainty: .undecided))
  }

  /// Every order of the moves around those that are stuck, when they are few.
  private func exact(after failed: Timeline, urgency: [Double]) -> Outcome {
    let blockages = StuckReport(failed).blockages
    let seeds = problem.legs.indices.filter { leg in blockages.contains { $0.vm == problem.legs[leg].vm } }
    let members = ExactOrder.connected(seeds, problem)
    guard members.count <= ExactOrder.mostLegs else {
      return .failure(Stuck(blockages: blockages, certainty: .undecided))
    }
    guard let order = ExactOrder.find(members, problem) else {
      let isProved = !members.contains { hasThirdHost(problem.legs[$0]) }
      return .failure(Stuck(blockages: blockages, certainty: isProved ? .proved : .undecided))
    }
    var timeline = Timeline(problem, urgency: urgency, script: order)
    guard timeline.run() else {
      return .failure(Stuck(blockages: blockages, certainty: .undecided))
    }
    return .success(timeline)
  }

  /// Whether a third host could ever hold the VM beside the VMs that stay there.
  private func hasThirdHost(_ leg: Leg) -> Bool {
    let fleet = problem.fleet
    var staying = FleetState(fleet)
    for other in problem.legs { staying.leave(other.vm, other.from) }
    return fleet.hosts.indices.contains { host in
      host != leg.from && host != leg.to && fleet.mayMove(leg.vm, to: host)
        && staying.hasRoom(for: leg.vm, on: host)
    }
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
