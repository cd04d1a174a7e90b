/// What a consolidation wants little of.
public enum HostObjective: String, CaseIterable, Hashable, Sendable {
  /// Hosts that are on.
  case hosts
  /// Power of the hosts that are on.
  case power
  /// What the hosts that are on cost a month.
  case cost

  /// The objective of a plan that says so.
  public var name: Objective.Name {
    switch self {
    case .hosts: .hostsOn
    case .power: .powerWatts
    case .cost: .costPerMonth
    }
  }
}
