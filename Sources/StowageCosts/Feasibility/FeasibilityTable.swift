import StowageModel

/// The hard rules of migration, as data.
///
/// The page "Which techniques a VM allows" shows it and says where its rows were read. Where a condition cannot be told from an inventory, a technique is refused when a
/// wrong guess would stop or damage the VM, and allowed when the platform would refuse to start the
/// move and the VM would run on.
enum FeasibilityTable {
  /// Rows about the VM's state, the hosts and the platform, in the order in which they are reported.
  static let structure: [FeasibilityRow] = [
    FeasibilityRow(
      .notMovable, cold: .refused, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "the inventory marks it as not movable", remedy: "set movable to true"),
    FeasibilityRow(
      .poweredOff, cold: .allowed, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "it does not run: there is no memory to copy", remedy: "move it cold"),
    FeasibilityRow(
      .otherCPUVendor, cold: .allowed, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "the target's processor is of another vendor",
      remedy: "move it cold, or choose a target with the same vendor's processor"),
    FeasibilityRow(
      .olderCPULevel, cold: .allowed, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "the target's CPU compatibility level may lack features that the guest uses",
      remedy: "set the same baseline on both hosts and power-cycle the VM, or move it cold"),
    // A cold move would have to convert disks and definition, which no runbook of ours does.
    FeasibilityRow(
      .otherHypervisor, cold: .refused, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "the target runs another hypervisor",
      remedy: "choose a target with the same hypervisor, or convert the VM by hand"),
    FeasibilityRow(
      .olderHypervisor, cold: .allowed, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "the target's hypervisor is older than the source's",
      remedy: "update the target first, or move it cold"),
    FeasibilityRow(
      .noLiveStorageCopy, cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused,
      because: "its disks do not reach the target and the platform copies none under a running VM",
      remedy: "move it cold, or put its disks on shared storage"),
    FeasibilityRow(
      .noPostCopy, cold: .allowed, preCopy: .allowed, postCopy: .refused, liveWithStorage: .allowed,
      because: "the platform has no post-copy, or has it switched off by default",
      remedy: "use pre-copy, or switch post-copy on where the platform has the setting and say so (post_copy)"
    ),
    FeasibilityRow(
      .switchesAtTimeout, cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed,
      because:
        "the platform begins every live move as pre-copy, and switches when that has not ended in time",
      remedy: "use pre-copy or hybrid"),
    FeasibilityRow(
      .hostWithoutPostCopy, cold: .allowed, preCopy: .allowed, postCopy: .refused,
      liveWithStorage: .allowed, because: "one of the hosts does not allow post-copy",
      remedy: "use pre-copy, or allow userfaultfd and post-copy on both hosts"),
  ]

  /// Rows for blockers: those for named platforms before those for all.
  static let blockers: [FeasibilityRow] = devices + storage + processor + guests

  /// The row of a blocker on a platform; `nil` when the blocker stands in nobody's way there.
  static func row(of blocker: Blocker, on platform: Platform) -> FeasibilityRow? {
    let rows = blockers.filter { $0.attribute == .blocker(blocker) }
    return rows.first { $0.platforms?.contains(platform) ?? false } ?? rows.first { $0.platforms == nil }
  }
}
