import StowageDiagnostics
import StowageModel

// Hours and dates.
extension RuleDecoder {
  /// Hours of the week or between two instants; `nil` after reporting what is wrong with them.
  mutating func hours() -> Hours? {
    guard let from = requiredText("from"), let to = requiredText("to") else { return nil }
    return from.contains("T") || to.contains("T") ? datedHours() : weeklyHours(from, to)
  }

  private mutating func datedHours() -> Hours? {
    for key in ["days", "tz"] where fields[key] != nil {
      reportValue(key, "goes with times of a day, and 'from' and 'to' are instants", "remove it")
    }
    guard let from = instant("from"), let to = instant("to") else { return nil }
    guard from < to else {
      reportValue("to", "is not after 'from'", "write the later instant at 'to'")
      return nil
    }
    return .dated(from: from, to: to)
  }

  private mutating func weeklyHours(_ from: String, _ to: String) -> Hours? {
    let begin = clock(from, "from")
    let end = clock(to, "to")
    let days = days()
    let zone = zone()
    guard let begin, let end, let days, let zone else { return nil }
    return .weekly(WeeklyHours(from: begin, to: end, days: days, zone: zone))
  }

  /// Minutes after midnight; 24:00 is the midnight that ends the day.
  private mutating func clock(_ text: String, _ key: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }),
      parts[1].utf8.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60,
      hours < 24 || (hours == 24 && minutes == 0 && key == "to")
    {
      return (hours * 60 + minutes) % 1440
    }
    reportValue(
      key, "is \(Diagnostic.quoted(text))",
      "write a time of the day such as 22:00, or an instant with its zone such as 2026-12-24T00:00:00+01:00")
    return nil
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private mutating func days() -> Set<WeeklyHours.Day>? {
    guard fields["days"] != nil else { return Set(WeeklyHours.Day.allCases) }
    guard let words = words("days") else { return nil }
    let choices = WeeklyHours.Day.allCases.map(\.rawValue)
    var days: Set<WeeklyHours.Day> = []
    for word in words {
      guard let day = WeeklyHours.Day(rawValue: word) else {
        let short = String(word.lowercased().prefix(3))
        reportValue(
          "days", "names \(Diagnostic.quoted(word))",
          choices.contains(short) ? "write '\(short)'" : "write some of \(choices.joined(separator: ", "))")
        return nil
      }
      days.insert(day)
    }
    return days
  }

  private mutating func zone() -> TimeZoneOffsets? {
    guard fields["tz"] != nil else { return .utc }
    guard let name = requiredText("tz") else { return nil }
    if let zone = TimeZoneReader.zone(named: name) { return zone }
    reportValue(
      "tz", "is \(Diagnostic.quoted(name)), which is no time zone",
      Suggestion.remedy(
        for: name, among: TimeZoneReader.names,
        otherwise: "write a name such as Europe/Paris, UTC, or an offset such as +01:00"))
    return nil
  }

  /// An instant with its zone; `nil` when it is not there or after reporting what is wrong with it.
  mutating func instant(_ key: String) -> Instant? {
    guard fields[key] != nil, let text = requiredText(key) else { return nil }
    if let instant = Instant(rfc3339: text) { return instant }
    reportValue(
      key, "is \(Diagnostic.quoted(text))",
      "write an instant with its zone, such as 2026-11-27T22:00:00+01:00")
    return nil
  }
}
