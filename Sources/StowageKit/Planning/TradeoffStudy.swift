public import LinearOptimization
public import StowageModel
import StowagePlacement
public import StowageReports

/// Looks for the curve between hosts on, memory moved and time: plans that stop at more and more hosts.
///
/// Each point is a whole plan, ordered and verified. Between the fewest hosts and those that hold VMs today there
/// are as many numbers of hosts as the time allows, evenly spread.
public struct TradeoffStudy: Sendable {
  /// Plans beside the one at hand. Chosen: a curve that bends once is seen with them.
  private static let points = 6

  private let planner: Planner
  private let watch: PlanWatch

  /// A study on GLPK.
  public init(watch: PlanWatch = PlanWatch()) {
    planner = Planner(watch: watch.silent)
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
    let budget = TimeBudget(request, watch)
    let counts = Self.counts(from: chosen.hostsOn, to: today)
    let found = Workers(request.threads).map(counts) { count -> Result<Tradeoff?, SolverFailure> in
      guard !budget.isSpent else { return .success(nil) }
      var other = request
      other.leastHostsOn = count
      other.timeLimitSeconds = request.timeLimitSeconds / Double(Self.points)
      // The plans are made side by side; nobody else would have work.
      other.threads = 1
      do throws(SolverFailure) { return .success(try point(inventory, other)) } catch {
        return .failure(error)
      }
    }
    var tradeoffs = [chosen]
    for result in found { if let tradeoff = try result.get() { tradeoffs.append(tradeoff) } }
    return Tradeoff.worthwhile(tradeoffs)
  }

  private func point(_ inventory: Inventory, _ request: PlanRequest) throws(SolverFailure) -> Tradeoff? {
    guard case .planned(let planned) = try planner.plan(inventory, request) else { return nil }
    return Tradeoff(planned.plan, isChosen: false)
  }

  /// Numbers beyond the first, evenly spread up to the last.
  static func counts(from fewest: Int, to today: Int) -> [Int] {
    guard today > fewest else { return [] }
    let steps = min(points, today - fewest)
    return (1...steps).map { fewest + ($0 * (today - fewest) + steps / 2) / steps }
  }
}
