public import StowageModel

/// A soft rule that says of VMs, one by one, where they had better be: `only_on`, `never_on`,
/// `prefer_on`, `stay`, `drain` and `no_new`.
public struct HostPreference: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// What each VM costs that is elsewhere.
  public let weight: Double
  /// The VMs it speaks of by index, ascending; `nil` for all.
  public let members: [Int]?
  /// Where they had better be.
  public let hosts: HostSet
  /// Whether a VM is as well off where it starts.
  public let acceptsStart: Bool
}
