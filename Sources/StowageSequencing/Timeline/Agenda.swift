/// What is known to happen later, by instant.
struct Agenda {
  enum Event {
    /// A leg starts as arranged before: part of a group of cold moves.
    case begin(leg: Int)
    /// Hours begin in which legs of an entry of the calendar may be under way.
    case open(entry: Int)
    /// The next wave opens.
    case openWave
    /// The source of a run is no longer charged.
    case release(run: Int)
    /// A run is over.
    case end(run: Int)
  }

  private struct Entry: Comparable {
    let instant: Int
    let number: Int
    let event: Event

    /// The queue gives the largest first: the earliest counts as larger.
    static func < (left: Self, right: Self) -> Bool {
      (left.instant, left.number) > (right.instant, right.number)
    }

    static func == (left: Self, right: Self) -> Bool {
      (left.instant, left.number) == (right.instant, right.number)
    }
  }

  private var entries = PriorityQueue<Entry>()
  private var number = 0

  var nextInstant: Int? { entries.first?.instant }

  mutating func add(_ event: Event, at instant: Int) {
    entries.insert(Entry(instant: instant, number: number, event: event))
    number += 1
  }

  /// The next event at an instant, in the order in which they were added.
  mutating func next(at instant: Int) -> Event? {
    guard entries.first?.instant == instant else { return nil }
    return entries.popFirst()?.event
  }
}
