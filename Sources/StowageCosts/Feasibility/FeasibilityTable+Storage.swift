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
      .blocker(.snapshot), on: [.vmware, .hyperv, .openstack, .ganeti], cold: .allowed,
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
  ]
}
