/// What rules ask of the order and time of moves.
public struct TimeRules: Sendable {
  /// Who moves before whom.
  public let orders: [MoveOrder]
  /// Limits on moves at once; a `serialize` is one of one move.
  public let caps: [MoveCap]

  /// Hours, dates and deadlines.
  public let calendar: MoveCalendar

  /// Whether nothing is asked of which moves are under way together.
  public var hasNoGates: Bool { orders.isEmpty && caps.isEmpty }
}
