public import StowageModel

/// How much of a host is used before the first move and after the last.
///
/// Sizing is the planner's and the verifier's business: the figures arrive here as plain values.
public struct HostLoad: Hashable, Sendable {
  /// Which host.
  public var host: Host.ID
  /// What it offers to VMs, overcommit, reserves and headroom already applied.
  public var capacity: Capacity
  /// Demand of the VMs that are on it at the start.
  public var start: Amounts
  /// Demand of the VMs that are on it at the end.
  public var end: Amounts

  /// Load of a host at both ends of a plan.
  public init(host: Host.ID, capacity: Capacity, start: Amounts, end: Amounts) {
    self.host = host
    self.capacity = capacity
    self.start = start
    self.end = end
  }

  /// Part of a resource in use, 1 being all of it; `nil` without a limit above zero.
  public func utilisation(of resource: Resource, at moment: Moment) -> Double? {
    guard let limit = capacity[resource], limit > 0 else { return nil }
    return Double(amounts(at: moment)[resource]) / Double(limit)
  }

  /// Resources of which more is in use at the start than the host offers, in their fixed order.
  public var overloadedAtStart: [Resource] {
    Resource.allCases.filter { resource in
      capacity[resource].map { start[resource] > $0 } ?? false
    }
  }

  /// Highest utilisation of any limited resource; `nil` when nothing is limited.
  public func highestUtilisation(at moment: Moment) -> (resource: Resource, ratio: Double)? {
    var highest: (resource: Resource, ratio: Double)?
    for resource in Resource.allCases {
      guard let ratio = utilisation(of: resource, at: moment) else { continue }
      if highest.map({ ratio > $0.ratio }) ?? true { highest = (resource, ratio) }
    }
    return highest
  }

  /// One end of a plan.
  public enum Moment: Sendable {
    /// Before the first move.
    case start
    /// After the last move.
    case end
  }

  func amounts(at moment: Moment) -> Amounts {
    switch moment {
    case .start: start
    case .end: end
    }
  }
}
