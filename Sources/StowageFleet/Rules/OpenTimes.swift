import StowageModel

/// When something may happen, in ms after the start of the plan.
public struct OpenTimes: Hashable, Sendable {
  /// Far beyond any plan.
  public static let endless = Int.max / 4
  /// How far ahead hours that come again and again are looked up: a year. Chosen: no change is planned
  /// further ahead, and whoever waits for longer is told that it cannot be done.
  static let horizon = 366 * 86_400

  /// Ascending, neither overlapping nor touching.
  public let spans: [Range<Int>]

  /// From the start on, without end.
  public static let always = OpenTimes(spans: [0..<endless])

  /// One span.
  public static func within(_ span: Range<Int>) -> OpenTimes { OpenTimes(joining: [span]) }

  private init(spans: [Range<Int>]) {
    self.spans = spans
  }

  /// Spans in any order, joined where they touch.
  init(joining spans: [Range<Int>]) {
    var joined: [Range<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
      if let last = joined.last, span.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        joined.append(span)
      }
    }
    self.spans = joined
  }

  /// The hours of a rule, seen from a plan that starts at an instant.
  init(_ hours: Hours, from start: Instant) {
    switch hours {
    case .dated(let from, let to):
      self.init(joining: [Self.clipped(from.secondsSince1970, to.secondsSince1970, start)].compactMap(\.self))
    case .weekly(let weekly):
      self.init(joining: Self.spans(weekly, from: start))
    }
  }

  /// While the clocks keep their distance to UTC, hours are the same spans day by day; each such stretch is
  /// filled on its own and cut off where the clocks change.
  private static func spans(_ weekly: WeeklyHours, from start: Instant) -> [Range<Int>] {
    let first = start.secondsSince1970
    let last = first + horizon
    let changes = weekly.zone.changes
    let length = (weekly.to - weekly.from + 1440 - 1) % 1440 + 1
    var spans: [Range<Int>] = []
    for (index, change) in changes.enumerated() {
      let since = index == 0 ? first : max(first, change.since)
      let until = index + 1 < changes.count ? min(last, changes[index + 1].since) : last
      guard since < until else { continue }
      for day in (since + change.seconds) / 86_400 - 1...(until + change.seconds) / 86_400
      where weekly.days.contains(WeeklyHours.Day(daysSince1970: day)) {
        let opens = day * 86_400 + weekly.from * 60 - change.seconds
        let span = clipped(max(since, opens), min(until, opens + length * 60), start)
        if let span { spans.append(span) }
      }
    }
    return spans
  }

  private static func clipped(_ from: Int, _ to: Int, _ start: Instant) -> Range<Int>? {
    let opens = max(0, from - start.secondsSince1970)
    let closes = to - start.secondsSince1970
    return opens < closes ? opens * 1000..<closes * 1000 : nil
  }

  /// All other times.
  var complement: OpenTimes {
    var left: [Range<Int>] = []
    var from = 0
    for span in spans {
      if from < span.lowerBound { left.append(from..<span.lowerBound) }
      from = span.upperBound
    }
    if from < Self.endless { left.append(from..<Self.endless) }
    return OpenTimes(spans: left)
  }

  /// The times of both.
  public func intersection(_ other: OpenTimes) -> OpenTimes {
    var both: [Range<Int>] = []
    var (left, right) = (0, 0)
    while left < spans.count, right < other.spans.count {
      let span = spans[left].clamped(to: other.spans[right])
      if !span.isEmpty { both.append(span) }
      if spans[left].upperBound < other.spans[right].upperBound { left += 1 } else { right += 1 }
    }
    return OpenTimes(spans: both)
  }

  /// The end of the span that holds an instant; `nil` when none does.
  public func end(at instant: Int) -> Int? {
    spans.first { $0.contains(instant) }?.upperBound
  }

  /// The first instant from `earliest` on at which something that lasts so long can begin; `nil` when
  /// there is none.
  public func start(from earliest: Int, lasting duration: Int) -> Int? {
    // The first span that ends late enough; those before it need not be looked at.
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].upperBound < earliest + duration { low = middle + 1 } else { high = middle }
    }
    for span in spans[low...] {
      let begin = max(earliest, span.lowerBound)
      if begin < span.upperBound, begin + duration <= span.upperBound { return begin }
    }
    return nil
  }
}
