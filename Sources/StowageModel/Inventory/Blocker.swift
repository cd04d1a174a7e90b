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
  /// Memory backed by huge pages of a size that is not known.
  case hugepages
  /// Memory backed by pages of 2 MiB.
  case hugepages2M = "hugepages_2m"
  /// Memory backed by pages of 1 GiB.
  case hugepages1G = "hugepages_1g"
  /// vCPUs or memory pinned to cores or NUMA nodes of the host.
  case pinnedCPU = "pinned_cpu"
  /// Fault tolerance by a running shadow.
  case faultTolerance = "ft"
  /// The guest sees the host's exact CPU model.
  case hostCPUModel = "host_cpu_model"
  /// The guest is promised a time stamp counter that never changes its pace, at no stated frequency.
  case invariantTSC = "invtsc"
  /// The guest reads the host's performance counters.
  case performanceCounters = "vpmu"
  /// Snapshots exist.
  case snapshot
  /// Its disks are linked clones of a template.
  case linkedClone = "linked_clone"
  /// Its disks are kept in step on the hosts of `replica_hosts` (Proxmox's replication, Ganeti's DRBD).
  case replicated
  /// A block job runs on one of its disks, or one is transient.
  case diskJob = "disk_job"
  /// A disk goes through its host's page cache.
  case diskCache = "disk_cache"
  /// A folder of the host is shared into the guest (virtiofs, 9p).
  case filesystemShare = "fs_share"
  /// Memory shared with other processes of the host (ivshmem).
  case sharedMemory = "shmem"
  /// A serial or parallel port that ends at a device of the host.
  case serial
  /// Graphics rendered by the host's hardware.
  case hardwareRenderer = "gpu_3d"
  /// Its memory is driven up and down between two limits (dynamic memory control).
  case dynamicMemory = "dynamic_memory"
  /// The platform has live moves of it switched off (blocked operations, always failover, HA affinity).
  case liveBlocked = "live_blocked"
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
