public import StowageModel

/// One cluster that must survive failures of its hosts or racks.
public struct FailoverDemand: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Whether it must hold.
  public let isHard: Bool
  /// The hosts of the cluster by index, ascending.
  public let hosts: [Int]
  /// What fails together: the hosts of each unit (one host, or all hosts of one rack), ascending.
  public let units: [[Int]]
  /// How many units fail together.
  public let failures: Int
}
