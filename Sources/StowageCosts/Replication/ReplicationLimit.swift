public import StowageModel

/// A limit that a vendor states for its replication: what is counted, how much of it, and where that is said.
public struct ReplicationLimit: Hashable, Sendable {
  /// What is counted.
  public enum Quantity: String, CaseIterable, Hashable, Sendable {
    /// Changed data of one VM, in MB/s (decimal).
    case changeOfVM = "MB/s of changed data of one VM"
    /// Changed data of one disk, in MB/s (decimal).
    case changeOfDisk = "MB/s of changed data of one disk"
    /// Copies under way in one manager.
    case copiesOfManager = "VMs at once in one manager"
    /// Copies under way over one service mesh.
    case copiesOfMesh = "VMs at once over one service mesh"
    /// Rate of one copy, in Mb/s.
    case rateOfCopy = "Mb/s of one copy"
    /// Rate of all copies over one interconnect appliance, in Mb/s.
    case rateOfAppliance = "Mb/s over one interconnect appliance"
    /// Data through one process server a day, in TB (decimal).
    case dailyData = "TB a day through one process server"
  }

  /// What is counted.
  public let quantity: Quantity
  /// The most of it.
  public let most: Double
  /// What to do about more, as an imperative.
  public let remedy: String
  /// Where the vendor says so.
  public let source: String
}

extension Replicator {
  /// The limits that its vendor states.
  public var limits: [ReplicationLimit] {
    switch self {
    case .azureSiteRecovery: Self.azureLimits
    case .hcx: Self.hcxLimits
    case .vSphereReplication, .hyperVReplica, .zerto, .libvirt, .proxmox, .zfs: []
    }
  }

  private static let azureLimits = [
    ReplicationLimit(
      quantity: .changeOfVM, most: 54,
      remedy: "choose High Churn for it (up to 100 MB/s, Azure VMs only), or replicate within the guest",
      source: "learn.microsoft.com, Azure VM disaster recovery: high churn support"),
    ReplicationLimit(
      quantity: .changeOfDisk, most: 50,
      remedy: "spread the writes over more disks",
      source:
        "learn.microsoft.com, Azure VM disaster recovery: high churn support, premium SSD of 1 TiB or more"),
    ReplicationLimit(
      quantity: .dailyData, most: 2, remedy: "add a process server for each further 2 TB a day",
      source: "learn.microsoft.com, plan capacity for VMware disaster recovery"),
  ]

  private static let hcxLimits = [
    ReplicationLimit(
      quantity: .copiesOfManager, most: 300, remedy: "begin the copies in groups of at most 300",
      source: "knowledge.broadcom.com 321604"),
    ReplicationLimit(
      quantity: .copiesOfMesh, most: 200, remedy: "add a service mesh",
      source: "knowledge.broadcom.com 321604"),
    ReplicationLimit(
      quantity: .rateOfCopy, most: 1000, remedy: "allow for the longer copy",
      source: "knowledge.broadcom.com 321604"),
    ReplicationLimit(
      quantity: .rateOfAppliance, most: 1600, remedy: "add a service mesh with its own appliance",
      source: "knowledge.broadcom.com 321604"),
  ]
}

/// A limit that a demand exceeds.
public struct ExceededLimit: Hashable, Sendable {
  /// Who sets it.
  public let replicator: Replicator
  /// The limit.
  public let limit: ReplicationLimit
  /// How much there would be.
  public let amount: Double
  /// Of which VM; empty when it is all of them.
  public let vm: String

  /// How much there would be, who bears how much, and where that is said.
  public var reason: String {
    "\(Figure.decimal(amount, places: 1)) \(limit.quantity.rawValue), \(replicator.name) bears at most"
      + " \(Figure.decimal(limit.most, places: 1)) (\(limit.source))"
  }

  /// The same, and what to do.
  public var sentence: String { "\(reason); \(limit.remedy)" }
}

extension Replicator {
  /// Limits that a VM with `stream` exceeds by itself, when it is sent at `rate` MiB/s; without the number of its disks,
  /// those of one disk are not asked.
  public func limitsExceeded(
    vm: String, by stream: ReplicationStream, disks: Int? = nil, atMiBPerSecond rate: Double? = nil
  ) -> [ExceededLimit] {
    let change = stream.changeMiBPerSecond * PayloadRate.megabytesPerMiB
    return exceeded(vm: vm) { quantity in
      switch quantity {
      case .changeOfVM: change
      case .changeOfDisk: disks.map { change / Double(max(1, $0)) }
      case .rateOfCopy: rate.map(Self.megabits)
      case .copiesOfManager, .copiesOfMesh, .rateOfAppliance, .dailyData: nil
      }
    }
  }

  /// Limits that `copies` at once exceed together, over `meshes` service meshes or process servers, at `rate`
  /// MiB/s in all.
  public func limitsExceeded(copies: Int, meshes: Int = 1, atMiBPerSecond rate: Double) -> [ExceededLimit] {
    let share = Double(max(1, meshes))
    return exceeded(vm: "") { quantity in
      switch quantity {
      case .copiesOfManager: Double(copies)
      case .copiesOfMesh: (Double(copies) / share).rounded(.up)
      case .rateOfAppliance: Self.megabits(rate) / share
      case .dailyData: rate * PayloadRate.megabytesPerMiB * 86_400 / 1e6 / share
      case .changeOfVM, .changeOfDisk, .rateOfCopy: nil
      }
    }
  }

  private func exceeded(
    vm: String, _ amount: (ReplicationLimit.Quantity) -> Double?
  ) -> [ExceededLimit] {
    limits.compactMap { limit in
      guard let amount = amount(limit.quantity), amount > limit.most * (1 + Rounding.slack) else {
        return nil
      }
      return ExceededLimit(replicator: self, limit: limit, amount: amount, vm: vm)
    }
  }

  private static func megabits(_ mibPerSecond: Double) -> Double {
    mibPerSecond * 8 * PayloadRate.megabytesPerMiB
  }
}
