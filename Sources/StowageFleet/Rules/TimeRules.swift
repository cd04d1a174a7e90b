/// What rules ask of the order and time of moves.
public struct TimeRules: Sendable {
  /// Who moves before whom.
  public let orders: [MoveOrder]
  /// Limits on moves at once; a `serialize` is one of one move.
  public let caps: [MoveCap]

  /// Whether nothing is asked.
  public var isEmpty: Bool { orders.isEmpty && caps.isEmpty }
}
