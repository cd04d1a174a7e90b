/// A virtual machine, as the inventory describes it.
///
/// A property that the inventory leaves empty is `nil`: unknown, which is not zero.
public struct VM: Identifiable, Hashable, Sendable {
  /// Names a VM; unique within an inventory.
  public struct ID: Identifier {
    /// The text of the identifier.
    public let rawValue: String
    /// Wraps the text of an identifier.
    public init(_ text: String) { rawValue = text }
  }

  /// Whether the VM runs.
  public enum PowerState: String, CaseIterable, Hashable, Sendable {
    /// Running.
    case on
    /// Shut down: it uses no CPU or memory but keeps its host and its disks.
    case off
    /// Suspended to disk: as when off.
    case suspended
  }

  /// The stable, unique name.
  public var id: ID
  /// The name shown to people; may repeat.
  public var name: String?
  /// The data center.
  public var site: String?
  /// The cluster.
  public var cluster: String?
  /// The host that it runs on or is registered at.
  public var host: Host.ID?
  /// Whether it runs.
  public var powerState: PowerState
  /// Virtual CPUs.
  public var vCPUs: Double
  /// Median CPU use in MHz.
  public var cpuMHzP50: Double?
  /// 95th percentile of CPU use in MHz.
  public var cpuMHzP95: Double?
  /// Highest CPU use in MHz.
  public var cpuMHzMax: Double?
  /// Highest CPU use in each hour of the week, in MHz.
  public var cpuMHzByHour: WeekProfile?
  /// CPU guaranteed, in MHz.
  public var cpuReservationMHz: Double?
  /// CPU at most, in MHz.
  public var cpuLimitMHz: Double?
  /// Configured memory in MiB.
  public var memoryMiB: Double
  /// Memory in active use at export time, in MiB.
  public var memoryActiveMiB: Double?
  /// 95th percentile of active memory in MiB.
  public var memoryActiveP95MiB: Double?
  /// Most memory in active use in each hour of the week, in MiB.
  public var memoryActiveMiBByHour: WeekProfile?
  /// Host memory taken, in MiB.
  public var memoryConsumedMiB: Double?
  /// Memory guaranteed, in MiB.
  public var memoryReservationMiB: Double?
  /// Memory at most, in MiB.
  public var memoryLimitMiB: Double?
  /// Disk promised, in GiB.
  public var diskProvisionedGiB: Double?
  /// Disk in use, in GiB.
  public var diskUsedGiB: Double?
  /// Whether a disk lies where only its host reaches it.
  public var hasLocalDisk: Bool?
  /// Datastores that its disks lie on.
  public var datastores: [String]
  /// Guest networks that it needs.
  public var networks: [String]
  /// 95th percentile of guest traffic in Mb/s.
  public var networkMbpsP95: Double?
  /// 95th percentile of disk operations a second.
  public var iopsP95: Double?
  /// GPUs that it needs.
  public var gpuCount: Int?
  /// Memory that is rewritten again and again, in MiB.
  public var workingSetMiB: Double?
  /// Rate at which the working set is dirtied, in MiB/s.
  public var dirtyRateMiBPerSecond: Double?
  /// Rate at which memory outside the working set is dirtied, in MiB/s.
  public var coldDirtyRateMiBPerSecond: Double?
  /// Rate at which disk content changes, in MiB/s.
  public var diskChangeMiBPerSecond: Double?
  /// The CPU model or compatibility level that its guest sees, such as `Skylake-Server`; `nil` where it may see all of its host's.
  public var cpuBaseline: String? = nil
  /// To shut its guest down, in s.
  public var shutdownSeconds: Double?
  /// To boot its guest until it serves, in s.
  public var bootSeconds: Double?
  /// Longest pause that its users bear, in ms.
  public var maxDowntimeMilliseconds: Double?
  /// Techniques that its owner allows; `nil` when all are.
  public var allowedTechniques: Set<Technique>?
  /// Highest probability of losing it in a move that is borne, 0 to 1; set by rules of the kind
  /// `technique`, not by a column.
  public var maxLossProbability: Double?
  /// The most time that its guest may lose in a move while it runs, in s per vCPU; set by the same rules.
  public var maxSlowdownSeconds: Double?
  /// Recovery point objective in seconds.
  public var rpoSeconds: Double?
  /// Recovery time objective in seconds: from the failure of its site until it serves again.
  public var rtoSeconds: Double?
  /// Operating system.
  public var operatingSystem: String?
  /// Application: the VMs that move together.
  public var app: String?
  /// Service tier.
  public var tier: String?
  /// Who answers for it.
  public var owner: String?
  /// Business priority, as the inventory says it.
  public var priority: String?
  /// Restart order after a failure, as the inventory says it.
  public var restartPriority: String?
  /// Whether it may move at all; `nil` means yes.
  public var isMovable: Bool?
  /// What stands in the way of some techniques.
  public var blockers: Set<Blocker>
  /// Hosts on which its disks are kept in step, by id.
  public var replicaHosts: [String]
  /// Hosts that it may run on, as ids or globs; empty means all.
  public var allowedHosts: [String]
  /// Hosts that it may not run on, as ids or globs.
  public var forbiddenHosts: [String]
  /// Free labels by key.
  public var labels: [String: String]
  /// Free text.
  public var annotation: String?
  /// Columns that Stowage does not know, by their header, kept for the way back.
  public var attributes: [String: String]

  /// A VM of which only what must be known is known.
  public init(id: ID, vCPUs: Double, memoryMiB: Double, host: Host.ID? = nil) {
    self.id = id
    self.vCPUs = vCPUs
    self.memoryMiB = memoryMiB
    self.host = host
    powerState = .on
    datastores = []
    networks = []
    blockers = []
    replicaHosts = []
    allowedHosts = []
    forbiddenHosts = []
    labels = [:]
    attributes = [:]
  }
}
