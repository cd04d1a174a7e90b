/// A property of a VM that rules out some ways of migrating it.
///
/// What each rules out is data of the feasibility table (module StowageCosts).
public enum Blocker: String, CaseIterable, Hashable, Comparable, Sendable {
  /// A PCI device of the host is passed through (VFIO, DirectPath, DDA).
  case passthrough
  /// An SR-IOV virtual function.
  case sriov
  /// A mediated GPU.
  case vgpu
  /// A USB device of the host.
  case usb
  /// A CD image or other removable medium is attached.
  case iso
  /// A raw device mapping.
  case rdm
  /// A disk or SCSI bus shared with another VM.
  case sharedDisk = "shared_disk"
  /// A disk that only its host reaches.
  case localDisk = "local_disk"
  /// Memory backed by huge pages.
  case hugepages
  /// vCPUs pinned to cores of the host.
  case pinnedCPU = "pinned_cpu"
  /// Fault tolerance by a running shadow.
  case faultTolerance = "ft"
  /// The guest sees the host's exact CPU model.
  case hostCPUModel = "host_cpu_model"
  /// Snapshots exist.
  case snapshot
  /// A folder of the host is shared into the guest (virtiofs, 9p).
  case filesystemShare = "fs_share"
  /// A virtual TPM.
  case vtpm
  /// The VM is encrypted by the platform.
  case encrypted
  /// Confidential computing (SEV, TDX).
  case confidential
  /// A container, not a VM: it cannot move while it runs.
  case container

  /// Orders blockers by their name in files.
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}
