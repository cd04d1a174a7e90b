public import LinearOptimization
import StowageFleet
import StowageFormats
public import StowageModel
public import StowageReports

/// Goes on from where a half-finished plan stopped.
///
/// The fleet as it is now is the inventory with the finished steps applied, or a fresh inventory, which is
/// then believed. What the old plan still wanted is wanted first: its placement is kept and only
/// order and times are made anew. If that has no legal order, or a host or VM of it is gone, the
/// placement is sought again for the same goal.
public struct Replanner: Sendable {
  /// What comes of it.
  public struct Answer: Sendable {
    /// The fleet that the new plan starts from.
    public let inventory: Inventory
    /// The new plan, or why there is none.
    public let planning: PlanningAnswer
    /// What is finished, what is left, what changed.
    public let report: ReplanReport
  }

  private let planner: Planner
  private let timeLimitSeconds: Double

  /// A replanner that has so many seconds should a placement be sought.
  public init(planner: Planner = Planner(), timeLimitSeconds: Double = 60) {
    self.planner = planner
    self.timeLimitSeconds = timeLimitSeconds
  }

  /// Plans the rest of a plan.
  ///
  /// - Parameters:
  ///   - inventory: what the plan started from, or the fleet as it is now.
  ///   - plan: the plan that was begun.
  ///   - journal: what became of its steps; `nil` when only the inventory tells.
  ///   - start: when the rest starts; `nil` for the old plan's own start.
  ///   - skipsFailed: whether VMs whose step failed stay where they are, instead of another try.
  ///   - isDeterministic: whether a search for a placement counts its limits in work.
  /// - Returns: the rest as a plan of its own, verified, and what it changes.
  /// - Throws: when a solver fails.
  public func replan(
    _ inventory: Inventory, _ plan: Plan, journal: [JournalEntry]?, start: Instant? = nil,
    skipsFailed: Bool = false, isDeterministic: Bool = false
  ) throws(SolverFailure) -> Answer {
    var progress = PlanProgress(plan, journal: journal ?? [])
    let isStart = InventoryDigest.sha256(of: inventory) == plan.inventory.sha256
    let now = progress.apply(to: inventory, isStart: isStart)
    var options = plan.options
    options.start = start ?? options.start
    // Once something has moved well, nothing has to be tried out any more.
    if progress.hasMoved { options.waves?.pilotVMs = nil }
    let request = PlanRequest(
      goal: plan.goal, options: options, timeLimitSeconds: timeLimitSeconds,
      isDeterministic: isDeterministic, seed: plan.seed)
    let wanted = progress.targets(in: now, skipsFailed: skipsFailed)
    var because = obstacles(to: wanted, in: now, request)
    var planning: PlanningAnswer?
    if because.isEmpty {
      let answer = try planner.plan(now, to: wanted, request, reasons: progress.reasons)
      if case .noPlan(let noPlan) = answer {
        because = ["the old placement has no legal order from here"] + noPlan.progress
      } else {
        planning = answer
      }
    }
    let answer: PlanningAnswer
    if let planning { answer = planning } else { answer = try planner.plan(now, request) }
    progress.report.soughtAgainBecause = because
    if case .planned(let planned) = answer { progress.compare(with: planned.plan, wanted: wanted, in: now) }
    return Answer(inventory: now, planning: answer, report: progress.report)
  }

  /// What rules the old placement out before anything is tried, as sentences.
  private func obstacles(
    to wanted: [VM.ID: Host.ID], in now: Inventory, _ request: PlanRequest
  ) -> [String] {
    let (fleet, _) = Planner.fleet(now, request)
    let hosts = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
    var found: [String] = []
    for (index, vm) in fleet.vms.enumerated() {
      guard let target = wanted[vm.id], target != vm.host else { continue }
      guard let host = hosts[target] else {
        found.append("\(vm.id) was to go to \(target), which is not in the inventory")
        continue
      }
      if !fleet.mayMove(index, to: host) {
        found.append("\(vm.id) was to go to \(target), which it may not enter now")
      }
    }
    return found
  }
}
