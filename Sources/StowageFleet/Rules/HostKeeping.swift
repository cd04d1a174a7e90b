public import StowageModel

/// Hosts that a rule keeps powered or closed to newcomers.
public struct HostKeeping: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Whether it must hold.
  public let isHard: Bool
  /// What a breach costs when it is soft.
  public let weight: Double
  /// The hosts.
  public let hosts: HostSet
}
