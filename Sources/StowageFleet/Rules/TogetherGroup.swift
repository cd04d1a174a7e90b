public import StowageModel

/// VMs whose moves switch over at one moment.
public struct TogetherGroup: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// The members by index, ascending.
  public let members: [Int]
}
