public import StowageModel

/// VMs whose moves all end before the first move of others starts.
public struct MoveOrder: Sendable {
  /// The rule.
  public let rule: Rule.ID
  /// Who moves first, by index, ascending.
  public let first: [Int]
  /// Who waits for them, by index, ascending; nobody of ``first`` is among them.
  public let then: [Int]
}
