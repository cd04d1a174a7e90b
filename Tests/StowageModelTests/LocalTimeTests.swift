import StowageModel
import Testing

@Suite("Local time")
struct LocalTimeTests {
  /// Clocks go from 03:00 to 02:00 on 25 October 2026, at 01:00 UTC.
  private static let paris = TimeZoneOffsets(
    name: "Europe/Paris",
    changes: [
      .init(since: 0, seconds: 3600), .init(since: 1_774_746_000, seconds: 7200),
      .init(since: 1_792_890_000, seconds: 3600),
    ])

  @Test(
    "clocks show the hour twice in the night in which they are put back",
    arguments: [
      ("2026-10-25T00:30:00Z", 2 * 3600 + 1800, 7200), ("2026-10-25T01:30:00Z", 2 * 3600 + 1800, 3600),
      ("2026-10-25T00:59:59Z", 2 * 3600 + 3599, 7200), ("2026-10-25T01:00:00Z", 2 * 3600, 3600),
    ])
  func clocksGoBack(instant: String, seconds: Int, offset: Int) throws {
    let time = LocalTime(try #require(Instant(rfc3339: instant)), in: Self.paris)
    #expect(time.secondsOfDay == seconds)
    #expect(time.offsetSeconds == offset)
    #expect((time.year, time.month, time.day) == (2026, 10, 25))
    #expect(time.weekday == .sunday)
  }

  @Test("west of Greenwich it is still the day before")
  func dayBefore() throws {
    let zone = TimeZoneOffsets(name: "-05:00", changes: [.init(since: 0, seconds: -18_000)])
    let time = LocalTime(try #require(Instant(rfc3339: "2026-01-01T02:00:00Z")), in: zone)
    #expect((time.year, time.month, time.day) == (2025, 12, 31))
    #expect(time.weekday == .wednesday)
    #expect(time.secondsOfDay == 21 * 3600)
  }
}
