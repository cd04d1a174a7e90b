public import StowageModel
public import StowageReports
public import StowageVerification

/// How planning ended.
public enum PlanningAnswer: Sendable {
  /// A plan that the verifier accepted.
  case planned(PlannedFleet)
  /// No plan: proved that there is none, or could not tell.
  case noPlan(NoPlan)
}

/// A plan with all that its pages need.
public struct PlannedFleet: Sendable {
  /// The plan.
  public let plan: Plan
  /// What the verifier said of it.
  public let verdict: PlanVerdict
  /// VMs that do not move, and why.
  public let pinned: [PinnedVM]

  /// What the pages are made from.
  public func reportInput(for inventory: Inventory) -> ReportInput {
    ReportInput(
      inventory: inventory, plan: plan,
      hostLoads: HostLoad.all(of: inventory, options: plan.options, placement: plan.placement),
      pinnedVMs: pinned, movesWithDiskCopy: ReportInput.diskCopies(plan, in: inventory),
      hours: .of(plan, in: inventory), isVerified: verdict.decision == .accepted)
  }
}
