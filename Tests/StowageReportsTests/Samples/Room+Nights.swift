import StowageModel
import StowageReports

extension Room {
  /// Clocks go from 03:00 to 02:00 on 25 October 2026, at 01:00 UTC.
  static let paris = TimeZoneOffsets(
    name: "Europe/Paris",
    changes: [.init(since: 0, seconds: 7200), .init(since: 1_792_890_000, seconds: 3600)])

  /// The room's plan from an instant on; `web-1` moves at night only, until 100 s after the start, and again
  /// the next night; `app-1` from 30 s on.
  static func nights(from start: String = "2026-11-27T21:00:00Z") -> ReportInput {
    var input = Room.input
    input.movesWithDiskCopy = []
    input.plan.options.start = Instant(rfc3339: start)
    input.zone = paris
    input.hours = MoveHours(
      entries: [
        .init(
          rules: ["nights"],
          spans: [
            .init(opensSeconds: 0, closesSeconds: 100), .init(opensSeconds: 86_400, closesSeconds: 86_500),
          ]),
        .init(rules: ["late", "not-first"], spans: [.init(opensSeconds: 5, closesSeconds: nil)]),
      ], entryOfMove: ["m0001": 0, "m0005": 1])
    return input
  }
}
