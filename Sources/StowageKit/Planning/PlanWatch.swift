import LinearOptimization
import StowagePlacement
import StowageReports

/// Who watches a planner: hears where its search stands, and may have it end with what it has.
public struct PlanWatch: Sendable {
  let interruption: Interruption
  private let tell: (@Sendable (String) -> Void)?

  /// A watch to whom each step of the search is told in one line, on the thread that plans.
  public init(tell: (@Sendable (String) -> Void)? = nil) {
    self.init(Interruption(), tell)
  }

  private init(_ interruption: Interruption, _ tell: (@Sendable (String) -> Void)?) {
    self.interruption = interruption
    self.tell = tell
  }

  /// A watch that interrupts together with this one, and to which nothing is told: for plans made side by side.
  var silent: PlanWatch { PlanWatch(interruption, nil) }

  /// Has the search end with the best placement so far, which is then ordered and verified as any. May be called
  /// at any time from any thread, a signal handler included.
  public func interrupt() { interruption.raise() }

  /// Whether the search was asked to end.
  public var isInterrupted: Bool { interruption.isRaised }

  /// The same for a search of placements.
  var search: SearchWatch {
    guard let tell else { return SearchWatch(interruption: interruption) }
    return SearchWatch(interruption: interruption) { news in
      tell(ProgressLine.text(news.objective, value: news.value, lowerBound: news.lowerBound))
    }
  }
}
