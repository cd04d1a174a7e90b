public import StowageModel

/// VMs that a rule keeps together or apart over the domains of a scope.
public struct VMGroup: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Whether it must hold.
  public let isHard: Bool
  /// What a breach costs when it is soft.
  public let weight: Double
  /// The members by index, ascending.
  public let members: [Int]
  /// Over what they are together or apart.
  public let scope: Scope
}
