import Foundation
public import StowageModel

/// Looks up the clocks of time zones by their names in the IANA database, as this machine knows it.
enum TimeZoneReader {
  /// Years beyond which changes of clocks are not looked up; the last offset holds on.
  private static let years = 1970...2099

  /// The zone of a name, `UTC`, or a fixed offset such as `+01:00`; `nil` when there is none.
  static func zone(named name: String) -> TimeZoneOffsets? {
    if name == "UTC" || name == "Z" {
      return TimeZoneOffsets(name: name, changes: TimeZoneOffsets.utc.changes)
    }
    if let seconds = fixedOffset(name) {
      return TimeZoneOffsets(name: name, changes: [.init(since: 0, seconds: seconds)])
    }
    // Abbreviations such as CET or EST mean one offset here and another there.
    guard name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
    return TimeZoneOffsets(name: name, changes: changes(of: zone))
  }

  /// All names that can be written, for suggestions.
  static var names: [String] { ["UTC"] + TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") } }

  private static func fixedOffset(_ name: String) -> Int? {
    guard name.hasPrefix("+") || name.hasPrefix("-"),
      let instant = Instant(rfc3339: "1970-01-02T00:00:00" + name)
    else { return nil }
    return 86_400 - instant.secondsSince1970
  }

  private static func changes(of zone: TimeZone) -> [TimeZoneOffsets.Change] {
    var instant = Date(timeIntervalSince1970: 0)
    var changes = [TimeZoneOffsets.Change(since: 0, seconds: zone.secondsFromGMT(for: instant))]
    let last = Double((years.upperBound - 1970) * 366 * 86_400)
    while let next = zone.nextDaylightSavingTimeTransition(after: instant), next > instant,
      next.timeIntervalSince1970 < last
    {
      let since = Int(next.timeIntervalSince1970.rounded())
      let seconds = zone.secondsFromGMT(for: next)
      if seconds != changes[changes.count - 1].seconds {
        changes.append(.init(since: since, seconds: seconds))
      }
      instant = next
    }
    return changes
  }
}

extension TimeZoneOffsets {
  /// The zone of a name such as `Europe/Paris`, `UTC`, or a fixed offset such as `+01:00`; `nil` when there is none.
  public init?(named name: String) {
    guard let zone = TimeZoneReader.zone(named: name) else { return nil }
    self = zone
  }
}
