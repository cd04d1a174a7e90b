/// A physical machine that runs VMs, as the inventory describes it.
///
/// A property that the inventory leaves empty is `nil`: unknown, which is not zero.
public struct Host: Identifiable, Hashable, Sendable {
  /// Names a host; unique within an inventory.
  public struct ID: Identifier {
    /// The text of the identifier.
    public let rawValue: String
    /// Wraps the text of an identifier.
    public init(_ text: String) { rawValue = text }
  }

  /// Whether the host runs.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Powered on and reachable.
    case online
    /// Powered off or unreachable.
    case offline
    /// The export did not say.
    case unknown
  }

  /// The stable, unique name.
  public var id: ID
  /// The name shown to people, when it differs from the id.
  public var name: String?
  /// The data center it stands in.
  public var site: String?
  /// The cluster it belongs to: VMs move freely within it, and failover is counted over it.
  public var cluster: String?
  /// The rack it stands in.
  public var rack: String?
  /// The power feed of its rack.
  public var powerFeed: String?
  /// Physical cores, all sockets together.
  public var cores: Double
  /// Sockets.
  public var sockets: Int?
  /// Hardware threads of a core; capacity is counted in cores, not threads.
  public var threadsPerCore: Int?
  /// Nominal clock of a core in MHz.
  public var cpuMHz: Double?
  /// The processor as the vendor names it.
  public var cpuModel: String?
  /// The baseline that guests see (EVC mode, libvirt CPU model).
  public var cpuCompatibilityLevel: String?
  /// What runs its VMs: `QEMU`, `ESXi`, `Xen`.
  public var hypervisor: String?
  /// The version of that, numbers between dots.
  public var hypervisorVersion: String?
  /// Whether post-copy may be used: userfaultfd is there and the platform's setting is on.
  public var allowsPostCopy: Bool?
  /// Sizes of huge pages that it sets aside, `2m` or `1g`.
  public var hugePageSizes: [String]
  /// Physical memory in MiB.
  public var memoryMiB: Double
  /// Memory kept for the hypervisor, in MiB.
  public var memoryReservedMiB: Double?
  /// CPU kept for the hypervisor, in MHz.
  public var cpuReservedMHz: Double?
  /// vCPUs per core, 1.0 based.
  public var cpuOvercommitRatio: Double?
  /// Guest memory per physical memory, 1.0 based.
  public var memoryOvercommitRatio: Double?
  /// Guest network in Gb/s, each direction.
  public var networkGbps: Double?
  /// Network kept for migrations in Gb/s, each direction.
  public var migrationNetworkGbps: Double?
  /// The most VMs that may be registered.
  public var maxVMs: Int?
  /// Capacity of the disks that only this host reaches, in GiB.
  public var localDiskGiB: Double?
  /// GPUs that can be given to VMs.
  public var gpuCount: Int?
  /// Power drawn when idle, in W.
  public var powerIdleWatts: Double?
  /// Power drawn at full load, in W.
  public var powerPeakWatts: Double?
  /// Whether it runs.
  public var state: State
  /// Whether it is in maintenance: its VMs may leave and none may enter.
  public var isInMaintenance: Bool
  /// Whether VMs may be placed on it.
  public var isSchedulable: Bool
  /// Datastores that it mounts.
  public var datastores: [String]
  /// Guest networks that it carries.
  public var networks: [String]
  /// Free labels by key.
  public var labels: [String: String]
  /// What it costs a month while it is on, in the inventory's currency.
  public var costPerMonth: Double?
  /// Licences that it holds.
  public var licenseGroups: [String]
  /// When it was bought, as the inventory says it.
  public var purchasedAt: String?
  /// Of a host that does not exist yet, the type under which it could be ordered; `nil` for one that is there.
  public var orderType: String?
  /// Of a host that could be ordered, the price of one, in ``orderCurrency``; `nil` where only its cost a month is known.
  public var orderPrice: Double?
  /// The currency of its price, in the words of the price list.
  public var orderCurrency: String?
  /// Columns that Stowage does not know, by their header, kept for the way back.
  public var attributes: [String: String]

  /// A host of which only what must be known is known.
  public init(id: ID, cores: Double, memoryMiB: Double) {
    self.id = id
    self.cores = cores
    self.memoryMiB = memoryMiB
    state = .online
    isInMaintenance = false
    isSchedulable = true
    datastores = []
    networks = []
    hugePageSizes = []
    labels = [:]
    licenseGroups = []
    attributes = [:]
  }

  /// Whether VMs may move to this host.
  public var isUsableAsTarget: Bool {
    state == .online && !isInMaintenance && isSchedulable
  }

  /// The place of `scope` that the host belongs to; a host without a rack, cluster or site is in
  /// none, and shares it with nobody.
  public func domain(_ scope: Scope) -> String? {
    switch scope {
    case .host: id.rawValue
    case .rack: rack
    case .cluster: cluster
    case .site: site
    }
  }
}
