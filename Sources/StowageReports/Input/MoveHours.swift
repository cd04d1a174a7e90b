public import StowageModel

/// When the moves of a plan may be under way by the rules about hours, dates and deadlines.
///
/// What hours are on which day is the planner's and the verifier's business: spans arrive here as plain values.
public struct MoveHours: Hashable, Sendable {
  /// What some rules leave to some moves.
  public struct Entry: Hashable, Sendable {
    /// The rules, in the order of the inventory.
    public var rules: [Rule.ID]
    /// In ascending order.
    public var spans: [Span]

    /// Rules and what they leave.
    public init(rules: [Rule.ID], spans: [Span]) {
      self.rules = rules
      self.spans = spans
    }
  }

  /// A stretch of time, in s after the start of the plan.
  public struct Span: Hashable, Sendable {
    /// From here on.
    public var opensSeconds: Double
    /// Until here; `nil` when it does not end.
    public var closesSeconds: Double?

    /// A stretch of time.
    public init(opensSeconds: Double, closesSeconds: Double?) {
      self.opensSeconds = opensSeconds
      self.closesSeconds = closesSeconds
    }

    /// Whether something lies within it from its start to its end.
    func holds(from start: Double, to end: Double) -> Bool {
      opensSeconds <= start && end <= closesSeconds ?? .infinity
    }
  }

  /// The different ones; moves of the same rules share one.
  public var entries: [Entry]
  /// Which entry is that of a move; moves that no rule limits have none.
  public var entryOfMove: [Move.ID: Int]

  /// Hours of moves; none unless given.
  public init(entries: [Entry] = [], entryOfMove: [Move.ID: Int] = [:]) {
    self.entries = entries
    self.entryOfMove = entryOfMove
  }
}
