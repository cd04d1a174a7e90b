/// What the clocks of a time zone show at an instant.
public struct LocalTime: Hashable, Sendable {
  /// The date.
  public let year, month, day: Int
  /// The day of the week.
  public let weekday: WeeklyHours.Day
  /// Seconds after midnight, by clocks that were not changed since: 0 to 86,399.
  public let secondsOfDay: Int
  /// Seconds ahead of UTC.
  public let offsetSeconds: Int

  /// What the clocks of a zone show at an instant.
  public init(_ instant: Instant, in zone: TimeZoneOffsets) {
    offsetSeconds = zone.offset(at: instant)
    let shown = instant.secondsSince1970 + offsetSeconds
    let days = Int((Double(shown) / 86_400).rounded(.down))
    let date = CivilDate(daysSince1970: days)
    (year, month, day) = (date.year, date.month, date.day)
    weekday = WeeklyHours.Day(daysSince1970: days)
    secondsOfDay = shown - days * 86_400
  }
}

extension TimeZoneOffsets {
  /// Seconds by which the zone's clocks are ahead of UTC at an instant.
  public func offset(at instant: Instant) -> Int {
    (changes.last { $0.since <= instant.secondsSince1970 } ?? changes[0]).seconds
  }
}
