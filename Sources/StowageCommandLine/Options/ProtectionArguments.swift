import ArgumentParser
import StowageKit

/// Copies that VMs with rpo_s keep at other sites while waves move them there.
struct ProtectionArguments: ParsableArguments {
  @Option(
    name: .customLong("copies-with"),
    help: """
      What keeps copies of VMs with rpo_s at other sites in step while waves move them, one a night; the platform's own by \
      default.
      """)
  var replicator: Replicator?

  @Flag(
    help: "With one wave a night: leave out of account what copies of VMs with rpo_s take of links.")
  var withoutCopies = false

  @Option(
    help: ArgumentHelp("Part of the data of these copies that compression takes away.", valueName: "percent"))
  var reduction = 0.0

  @Option(
    help: ArgumentHelp(
      "Part of the rate of these copies that links keep free, as `protect` has it.", valueName: "percent"))
  var copiesHeadroom = 25.0

  @Option(
    help: ArgumentHelp(
      "Part of shared links that these copies may use, as `protect` has it.", valueName: "percent"))
  var sharedLinks = 50.0

  func validate() throws {
    guard reduction >= 0, reduction <= 99 else {
      throw ValidationError("--reduction must be 0 to 99 percent, not \(reduction)")
    }
    guard copiesHeadroom >= 0, copiesHeadroom <= 1000 else {
      throw ValidationError("--copies-headroom must be 0 to 1000 percent, not \(copiesHeadroom)")
    }
    guard sharedLinks > 0, sharedLinks <= 100 else {
      throw ValidationError("--shared-links must lie above 0 and at most at 100 percent, not \(sharedLinks)")
    }
    if withoutCopies, replicator != nil || reduction > 0 {
      throw ValidationError("--without-copies goes neither with --copies-with nor with --reduction")
    }
  }

  /// What is asked of a move to other sites by the calendar; `nil` where no VM states an `rpo_s`.
  func policy(_ goal: Goal, _ options: PlanOptions, _ inventory: Inventory) -> ProtectionPolicy? {
    guard goal == .colocate, options.waves?.nights != nil, !withoutCopies,
      inventory.vms.contains(where: { $0.rpoSeconds != nil })
    else { return nil }
    return ProtectionPolicy(
      replicator: replicator ?? .of(options.platform), reduction: reduction / 100,
      headroom: copiesHeadroom / 100, sharedLinkPart: sharedLinks / 100)
  }
}
