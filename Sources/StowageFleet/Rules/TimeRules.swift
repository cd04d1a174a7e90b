/// What rules ask of the order and time of moves.
public struct TimeRules: Sendable {
  /// Who moves before whom.
  public let orders: [MoveOrder]
  /// Limits on moves at once; a `serialize` is one of one move.
  public let caps: [MoveCap]
  /// Who switches over at one moment.
  public let together: [TogetherGroup]

  /// Hours, dates and deadlines.
  public let calendar: MoveCalendar

  /// Whether nothing is asked of which moves come before others or how many are under way.
  public var hasNoGates: Bool { orders.isEmpty && caps.isEmpty }
}
