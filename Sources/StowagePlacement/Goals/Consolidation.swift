import LinearOptimization
import StowageFleet
import StowageModel

/// As few hosts on as possible, then as little memory moved as possible.
struct Consolidation {
  let task: PlacementTask
  private let bound: HostsOnBound
  private let meter: ObjectiveMeter

  /// Attempts at each number of hosts before one more is tried.
  private static let attempts = 4

  init(_ task: PlacementTask) {
    self.task = task
    bound = HostsOnBound(task.fleet)
    meter = ObjectiveMeter(task.fleet)
  }

  func answer() throws(SolverFailure) -> PlacementAnswer {
    let start = task.accepts(task.fleet.start) ? task.fleet.start : nil
    if let start, meter.hostsOn(start) <= bound.hosts { return answer(start) }
    guard let found = try fewestHosts(below: start.map { meter.hostsOn($0) }) ?? start else {
      return .undecided(Undecided(obstacles: [], vms: []))
    }
    return answer(found)
  }

  private func fewestHosts(below ceiling: Int?) throws(SolverFailure) -> [Int]? {
    let eligible = task.eligibleHosts
    let choice = HostChoice(task.problem, solver: task.solver, eligible: eligible)
    var random = SeededGenerator(seed: task.options.seed)
    let most = min(eligible.count, (ceiling ?? .max) - 1)
    for count in stride(from: bound.hosts, through: most, by: 1) {
      guard let hosts = try choice.choose(count, roomShare: 1) else { continue }
      let placement = task.search.place(on: hosts, attempts: Self.attempts, &random, task.stopwatch)
      if let placement, task.accepts(placement) { return placement }
      if task.stopwatch.hasRunOut { break }
    }
    return nil
  }

  private func answer(_ placement: [Int]) -> PlacementAnswer {
    let hostsOn = meter.hostsOn(placement)
    let moved = meter.movedMiB(placement)
    let least = MustMoveBound(task.fleet).movedMiB(hostsOn: hostsOn)
    return task.placed(
      placement,
      [
        task.noBrokenRules,
        Objective(.hostsOn, value: Double(hostsOn), lowerBound: Double(bound.hosts), proof: bound.proof),
        Objective(.movedMiB, value: moved, lowerBound: least, proof: .mustMove),
      ])
  }
}
