public import LinearOptimization
public import StowageModel

/// Where the search for a placement stands.
public struct SearchNews: Sendable {
  /// What is being optimised.
  public var objective: Objective.Name
  /// Its value in the best placement so far; `nil` before there is one.
  public var value: Double?
  /// What no placement is better than.
  public var lowerBound: Double

  /// Where a search stands.
  public init(_ objective: Objective.Name, value: Double?, lowerBound: Double) {
    self.objective = objective
    self.value = value
    self.lowerBound = lowerBound
  }
}

/// Who watches a search: hears where it stands, and may end it with what it has.
public struct SearchWatch: Sendable {
  /// Ends the search when raised.
  public var interruption: Interruption?
  /// Called on the thread that searches when something better is found or proved.
  public var tell: (@Sendable (SearchNews) -> Void)?

  /// A watch; by default nobody's.
  public init(interruption: Interruption? = nil, tell: (@Sendable (SearchNews) -> Void)? = nil) {
    self.interruption = interruption
    self.tell = tell
  }

  /// Whether somebody asked for the end.
  public var isInterrupted: Bool { interruption?.isRaised ?? false }
}
