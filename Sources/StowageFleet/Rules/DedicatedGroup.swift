public import StowageModel

/// VMs that share hosts with nobody else.
public struct DedicatedGroup: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Whether it must hold.
  public let isHard: Bool
  /// What a breach costs when it is soft.
  public let weight: Double
  /// The members by index, ascending; at least one.
  public let members: [Int]
}
