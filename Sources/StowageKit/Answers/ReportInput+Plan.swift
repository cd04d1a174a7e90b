import StowageFormats
public import StowageModel
public import StowageReports
import StowageVerification

extension ReportInput {
  /// The input of the pages about a plan from a file, judged against its inventory.
  public static func judged(_ plan: Plan, of inventory: Inventory) -> ReportInput {
    let verdict = Verifier.judge(plan, of: inventory)
    return ReportInput(
      inventory: inventory, plan: plan,
      hostLoads: HostLoad.all(of: inventory, options: plan.options, placement: plan.placement),
      movesWithDiskCopy: diskCopies(plan, in: inventory), hours: .of(plan, in: inventory),
      isVerified: verdict.decision == .accepted)
  }

  /// The input of the pages about a plan alone: hosts and VMs are known by their ids only, and
  /// every VM is taken as running.
  public static func withoutInventory(_ plan: Plan) -> ReportInput {
    let hosts = Set(plan.placement.values).union(plan.moves.flatMap { [$0.from, $0.to] }).union(
      plan.poweredOffHosts)
    let vms = Set(plan.placement.keys).union(plan.moves.map(\.vm))
    return ReportInput(
      inventory: Inventory(
        hosts: hosts.map { Host(id: $0, cores: 0, memoryMiB: 0) },
        vms: vms.map { VM(id: $0, vCPUs: 0, memoryMiB: 0) }),
      plan: plan, isVerified: false)
  }
}
