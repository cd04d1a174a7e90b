/// What keeps copies of VMs in step at another place.
public enum Replicator: String, CaseIterable, Hashable, Sendable {
  /// VMware vSphere Replication.
  case vSphereReplication = "vsphere-replication"
  /// VMware HCX, over its interconnect appliances.
  case hcx
  /// Hyper-V Replica.
  case hyperVReplica = "hyperv-replica"
  /// Azure Site Recovery.
  case azureSiteRecovery = "azure-site-recovery"
  /// Zerto.
  case zerto
  /// libvirt with QEMU's block mirror.
  case libvirt
  /// Proxmox VE's storage replication.
  case proxmox
  /// Snapshots sent from ZFS to ZFS.
  case zfs

  /// The name in sentences.
  public var name: String {
    switch self {
    case .vSphereReplication: "vSphere Replication"
    case .hcx: "HCX"
    case .hyperVReplica: "Hyper-V Replica"
    case .azureSiteRecovery: "Azure Site Recovery"
    case .zerto: "Zerto"
    case .libvirt: "QEMU's block mirror"
    case .proxmox: "Proxmox storage replication"
    case .zfs: "ZFS send"
    }
  }

  /// How often it copies.
  public var intervals: ReplicationIntervals {
    switch self {
    // "The number of minutes, within a range of 5 to 1440": cmdlet Add-VrmsReplication of VMware's validated
    // solutions. What is set there is the RPO; half of it is the longest interval that holds it.
    case .vSphereReplication, .hcx: .upTo(least: 150, most: 43_200, step: 1)
    // Set-VMReplication -ReplicationFrequencySec takes 30, 300 and 900.
    case .hyperVReplica: .oneOf([30, 300, 900])
    case .azureSiteRecovery, .zerto, .libvirt: .continuous
    // pvesr schedules are calendar events of whole minutes; every 15 minutes by default.
    case .proxmox: .upTo(least: 60, most: 86_400, step: 60)
    // cron's finest step.
    case .zfs: .upTo(least: 60, most: 86_400, step: 60)
    }
  }
}

/// How often a replicator copies, in s.
public enum ReplicationIntervals: Hashable, Sendable {
  /// Without a break.
  case continuous
  /// One of these, in ascending order.
  case oneOf([Double])
  /// Any multiple of `step` within limits.
  case upTo(least: Double, most: Double, step: Double)

  /// The longest interval that holds an objective of `objective` s at the least rate, that is up to half of it; where
  /// none is so short, the shortest there is; `nil` where that is no shorter than the objective.
  public func interval(objective: Double) -> Double? {
    let choices: (least: Double, chosen: Double?)
    switch self {
    case .continuous: return objective > 0 ? 0 : nil
    case .oneOf(let values):
      choices = (values.first ?? .infinity, values.last { $0 <= objective / 2 })
    case .upTo(let least, let most, let step):
      let longest = (min(most, objective / 2) / step).rounded(.down) * step
      choices = (least, longest >= least ? longest : nil)
    }
    let interval = choices.chosen ?? choices.least
    return interval < objective ? interval : nil
  }
}
