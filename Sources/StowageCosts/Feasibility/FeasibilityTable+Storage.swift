import StowageModel

extension FeasibilityTable {
  static let storage: [FeasibilityRow] = [
    FeasibilityRow(
      .blocker(.rdm), cold: .ifStorageStays, preCopy: .allowed, postCopy: .refused,
      liveWithStorage: .refused, because: "a raw device is mapped",
      remedy: "choose a target that reaches the same device, or turn the mapping into a disk"),
    FeasibilityRow(
      .blocker(.sharedDisk), cold: .ifStorageStays, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "it shares a disk or SCSI bus with another VM",
      remedy: "move the whole group cold, in one window, to hosts that reach the disk"),
    FeasibilityRow(
      .blocker(.snapshot), on: [.vmware, .hyperv, .openstack, .ganeti, .kubevirt], cold: .allowed,
      preCopy: .allowed, postCopy: .allowed, liveWithStorage: .allowed,
      because: "it has snapshots", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.snapshot), on: [.proxmox, .xcpng], cold: .ifStorageStays, preCopy: .allowed,
      postCopy: .refused, liveWithStorage: .refused, because: "it has snapshots",
      remedy: "delete the snapshots, or choose a target that reaches its disks"),
    FeasibilityRow(
      .blocker(.snapshot), cold: .refused, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "libvirt migrates no domain with snapshots",
      remedy: "drop the snapshots' metadata, migrate, define them again"),
    FeasibilityRow(
      .blocker(.linkedClone), on: [.proxmox], cold: .ifStorageStays, preCopy: .allowed,
      postCopy: .refused, liveWithStorage: .refused, because: "its disks are linked clones",
      remedy: "choose a target that reaches the template, or make full clones of them"),
    FeasibilityRow(
      .blocker(.linkedClone), cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "its disks are linked clones", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.replicated), on: [.proxmox, .ganeti], cold: .allowed, preCopy: .ifTargetHoldsReplica,
      postCopy: .ifTargetHoldsReplica, liveWithStorage: .ifTargetHoldsReplica,
      because: "its disks are kept in step on other hosts than the target",
      remedy: "choose one of its replica_hosts, or replicate to the target first"),
    FeasibilityRow(
      .blocker(.replicated), cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "its disks are replicated", remedy: "none needed"),
    // A shutdown would end the job, and lose what a transient disk holds.
    FeasibilityRow(
      .blocker(.diskJob), cold: .refused, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "a block job runs on a disk of it, or one is transient",
      remedy: "wait for the job or end it, then export again"),
    FeasibilityRow(
      .blocker(.diskCache), on: [.libvirt, .openstack, .ganeti], cold: .allowed,
      preCopy: .ifStorageTravels, postCopy: .ifStorageTravels, liveWithStorage: .allowed,
      because: "a disk goes through its host's cache, which both hosts would hold at once",
      remedy: "set the disk's cache to none or directsync, or move it cold"),
    FeasibilityRow(
      .blocker(.diskCache), cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "a disk goes through its host's cache", remedy: "none needed"),
  ]
}
