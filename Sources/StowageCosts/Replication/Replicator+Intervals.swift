public import StowageModel

extension Replicator {
  /// How often it copies.
  public var intervals: ReplicationIntervals {
    switch self {
    // "The number of minutes, within a range of 5 to 1440": cmdlet Add-VrmsReplication of VMware's validated
    // solutions. What is set there is the RPO; half of it is the longest interval that holds it.
    case .vSphereReplication, .hcx: .upTo(least: 150, most: 43_200, step: 1)
    // Set-VMReplication -ReplicationFrequencySec takes 30, 300 and 900.
    case .hyperVReplica: .oneOf([30, 300, 900])
    case .azureSiteRecovery, .zerto, .libvirt: .continuous
    // pvesr's schedules are calendar events of whole minutes; cron's finest step is one, too.
    case .proxmox, .zfs: .upTo(least: 60, most: 86_400, step: 60)
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

  /// The shortest there is, in s.
  public var shortest: Double {
    switch self {
    case .continuous: 0
    case .oneOf(let values): values.first ?? .infinity
    case .upTo(let least, _, _): least
    }
  }

  /// The longest interval that holds an objective of `objective` s at the least rate, that is up to half of it; where
  /// none is so short, the shortest there is; `nil` where that is no shorter than the objective.
  public func interval(objective: Double) -> Double? {
    let chosen: Double?
    switch self {
    case .continuous: return objective > 0 ? 0 : nil
    case .oneOf(let values): chosen = values.last { $0 <= objective / 2 }
    case .upTo(let least, let most, let step):
      let longest = (min(most, objective / 2) / step).rounded(.down) * step
      chosen = longest >= least ? longest : nil
    }
    let interval = chosen ?? shortest
    return interval < objective ? interval : nil
  }
}
