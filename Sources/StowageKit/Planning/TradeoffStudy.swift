public import LinearOptimization
public import StowageModel
public import StowageReports

/// Looks for the curve between hosts on, memory moved and time: plans that stop at more and more hosts.
///
/// Each point is a whole plan, ordered and verified. Between the fewest hosts and those that hold VMs today there
/// are as many numbers of hosts as the time allows, evenly spread.
public struct TradeoffStudy {
  /// Plans beside the one at hand. Chosen: a curve that bends once is seen with them.
  private static let points = 6

  private let planner: Planner
  private let watch: PlanWatch

  /// A study on GLPK.
  public init(watch: PlanWatch = PlanWatch()) {
    planner = Planner(watch: watch)
    self.watch = watch
  }

  /// What plans take that stop at more hosts than a plan that was made for a request, the plan itself among them.
  ///
  /// - Throws: when a solver fails.
  public func curve(
    _ inventory: Inventory, _ request: PlanRequest, fewest plan: Plan
  ) throws(SolverFailure) -> [Tradeoff] {
    let chosen = Tradeoff(plan, isChosen: true)
    let today = Set(inventory.vms.compactMap(\.host)).count
    var found = [chosen]
    let budget = TimeBudget(request, watch)
    for count in Self.counts(from: chosen.hostsOn, to: today) where !budget.isSpent {
      var other = request
      other.leastHostsOn = count
      other.timeLimitSeconds = request.timeLimitSeconds / Double(Self.points)
      if case .planned(let planned) = try planner.plan(inventory, other) {
        found.append(Tradeoff(planned.plan, isChosen: false))
      }
    }
    return Tradeoff.worthwhile(found)
  }

  /// Numbers beyond the first, evenly spread up to the last.
  static func counts(from fewest: Int, to today: Int) -> [Int] {
    guard today > fewest else { return [] }
    let steps = min(points, today - fewest)
    return (1...steps).map { fewest + ($0 * (today - fewest) + steps / 2) / steps }
  }
}
