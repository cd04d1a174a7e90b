public import StowageModel

/// A hard rule that ties VMs to hosts, bars them from hosts, or empties hosts.
public struct HostBinding: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// The VMs it speaks of by index, ascending; empty for a drain, which speaks of all.
  public let members: [Int]
  /// The hosts it speaks of.
  public let hosts: HostSet
  /// Whether the members may be on these hosts only; otherwise they may be on all others.
  public let isAllowance: Bool

  /// Whether the rule keeps its members off a host.
  public func forbids(_ host: Int) -> Bool { hosts.contains(host) != isAllowance }
}
