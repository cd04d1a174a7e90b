public import StowageModel

/// A limit on what VMs on a set of hosts take of a resource in total.
public struct HostCap: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Whether it must hold.
  public let isHard: Bool
  /// What exceeding it costs when it is soft.
  public let weight: Double
  /// The set of hosts.
  public let hosts: HostSet
  /// The VMs whose demands count, by index, ascending.
  public let members: [Int]
  /// Of what.
  public let resource: Resource
  /// How much at most, in units of ``Resource``.
  public let limit: Int64
}
