public import LinearOptimization
import StowageFormats
public import StowageModel
public import StowageReports

/// Plans the way back of a plan: VMs return to the hosts from which it took them.
///
/// Every rule and every capacity holds on the way back as it does on any: a VM whose home is gone, closed to it by a rule,
/// or was too full even at the start stays where the plan brought it, and is named.
public struct ReturnPlanner: Sendable {
  /// What comes of it.
  public struct Answer: Sendable {
    /// The fleet that the way back starts from.
    public let inventory: Inventory
    /// The way back as a plan of its own, or why there is none.
    public let planning: PlanningAnswer
    /// Who returns, and who does not and why.
    public let report: ReturnReport
  }

  private let planner: Planner
  private let timeLimitSeconds: Double
  private let isDeterministic: Bool

  /// A planner of ways back that searches for so many seconds; with `isDeterministic` it counts limits in work.
  public init(
    planner: Planner = Planner(), timeLimitSeconds: Double = 60, isDeterministic: Bool = false
  ) {
    self.planner = planner
    self.timeLimitSeconds = timeLimitSeconds
    self.isDeterministic = isDeterministic
  }

  /// Plans the way back.
  ///
  /// - Parameters:
  ///   - inventory: what the plan started from, or the fleet as it is now.
  ///   - plan: the plan that is taken back.
  ///   - journal: what became of its steps. When there is none, and the inventory is what the plan started from, all of
  ///     them are taken to be done, and the hosts that it emptied to be in service again.
  ///   - start: when the way back starts; `nil` when nobody says.
  /// - Returns: the way back, verified, and who does not return.
  /// - Throws: when a solver fails.
  public func plan(
    _ inventory: Inventory, back plan: Plan, journal: [JournalEntry]? = nil, start: Instant? = nil
  ) throws(SolverFailure) -> Answer {
    let isStart = InventoryDigest.sha256(of: inventory) == plan.inventory.sha256
    let done = plan.moves.map { JournalEntry(step: $0.id, outcome: .done) }
    var progress = PlanProgress(plan, journal: journal ?? (isStart ? done : []))
    var now = progress.apply(to: inventory, isStart: isStart)
    var report = ReturnReport()
    report.underWay = progress.report.underWay
    report.notes = progress.report.notes
    if isStart { report.notes += Self.putInService(plan.options.hosts, in: &now) }
    let request = request(plan, homes: Self.homes(of: plan), start: start)
    let answer = try planner.plan(now, request)
    fill(&report, answer, now)
    return Answer(inventory: now, planning: answer, report: report)
  }

  /// The host on which each VM was that a plan moves.
  private static func homes(of plan: Plan) -> [VM.ID: Host.ID] {
    let moves = plan.moves.sorted { ($0.startSeconds, $0.id) < ($1.startSeconds, $1.id) }
    return Dictionary(moves.map { ($0.vm, $0.from) }, uniquingKeysWith: { first, _ in first })
  }

  /// Brings hosts that were emptied back into service.
  ///
  /// - Returns: what was taken for granted.
  private static func putInService(_ hosts: [Host.ID], in inventory: inout Inventory) -> [String] {
    var changed: [Host.ID] = []
    for index in inventory.hosts.indices
    where hosts.contains(inventory.hosts[index].id) && !inventory.hosts[index].isUsableAsTarget {
      inventory.hosts[index].state = .online
      inventory.hosts[index].isInMaintenance = false
      inventory.hosts[index].isSchedulable = true
      changed.append(inventory.hosts[index].id)
    }
    guard !changed.isEmpty else { return [] }
    let names = changed.sorted().map(\.rawValue).joined(separator: ", ")
    return ["taken to be online, out of maintenance and open to VMs by then: \(names)"]
  }

  /// What is asked of the way back: sizing, platform, limits on moves and waves as before, nothing of the old goal.
  private func request(_ plan: Plan, homes: [VM.ID: Host.ID], start: Instant?) -> PlanRequest {
    let old = plan.options
    var options = PlanOptions(
      sizing: old.sizing, platform: old.platform, maxMoves: old.maxMoves, moveBudgetMiB: old.moveBudgetMiB,
      start: start, calibration: old.calibration, waves: old.waves)
    options.waves?.nights = nil
    options.waves?.seeding = nil
    options.homes = homes
    return PlanRequest(
      goal: .restore, options: options, timeLimitSeconds: timeLimitSeconds, isDeterministic: isDeterministic,
      seed: plan.seed)
  }

  private func fill(_ report: inout ReturnReport, _ answer: PlanningAnswer, _ now: Inventory) {
    switch answer {
    case .noPlan(let noPlan):
      if case .infeasible = noPlan.finding { report.isRefuted = true }
    case .planned(let planned):
      let plan = planned.plan
      report.moves = plan.moves.count
      report.makespanSeconds = plan.schedule.makespanSeconds
      let room = RoomFinder(plan: plan, inventory: now)
      for (vm, home) in plan.options.homes.sorted(by: { $0.key < $1.key }) {
        guard let end = plan.placement[vm] else {
          report.notes.append("\(vm) is not in the inventory, or has no host")
          continue
        }
        report.all += 1
        guard end != home else { continue }
        let because = room?.refusal(of: vm, on: home)
        report.left.append(
          .init(vm: vm, home: home, because: because ?? "no order of moves, or a limit on moves, lets it"))
      }
    }
  }
}
