public import StowageModel

/// VMs that a rule spreads over the domains of a scope.
public struct SpreadGroup: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Whether it must hold.
  public let isHard: Bool
  /// What a breach costs when it is soft.
  public let weight: Double
  /// The members by index, ascending; at least one.
  public let members: [Int]
  /// Over what they are spread.
  public let scope: Scope
  /// In how many domains they lie at the least, if that is asked.
  public let minDomains: Int?
  /// How many of them one domain holds at the most, if that is asked.
  public let maxPerDomain: Int?
}
