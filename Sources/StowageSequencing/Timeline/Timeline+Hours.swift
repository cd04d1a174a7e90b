import StowageFleet

extension Timeline {
  private var calendar: MoveCalendar { problem.fleet.timeRules.calendar }

  /// The first instant from `earliest` on at which a leg that lasts so long may start by hours, dates and
  /// deadlines; `nil` when there is none.
  func opening(_ leg: Int, from earliest: Int, lasting duration: Int) -> Int? {
    guard waves.permitsEnd(leg, at: earliest + duration) else { return nil }
    guard let entry = calendar.entry(of: legs[leg].vm).map({ calendar.entries[$0] }) else { return earliest }
    guard let start = entry.open.start(from: earliest, lasting: duration),
      start + duration <= entry.due ?? .max
    else { return nil }
    return start
  }

  /// What a leg waits for that may not start now by hours, dates and deadlines; `nil` when it may, and
  /// nothing when it never will.
  mutating func waitForHours(_ leg: Int, lasting duration: Int) -> [Int]? {
    guard let start = opening(leg, from: clock, lasting: duration) else { return [] }
    return start > clock ? waitForHours(of: leg, until: start) : nil
  }

  /// Has a leg asked again at an instant at which it may start by its hours.
  mutating func waitForHours(of leg: Int, until start: Int) -> [Int] {
    guard let entry = calendar.entry(of: legs[leg].vm) else { return [] }
    if expectedOpenings.insert(Opening(entry: entry, instant: start)).inserted {
      agenda.add(.open(entry: entry), at: start)
    }
    return [keys.hours(entry)]
  }

  /// Whether a run that starts at an instant keeps within hours, dates and deadlines.
  func keepsHours(_ leg: Int, at instant: Int, lasting duration: Int) -> Bool {
    opening(leg, from: instant, lasting: duration) == instant
  }
}

/// Hours that begin, once for each entry of the calendar and instant.
struct Opening: Hashable {
  let entry: Int
  let instant: Int
}
