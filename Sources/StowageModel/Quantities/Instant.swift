/// An instant of the civil calendar, to the second.
///
/// Plans count seconds from their start; rules about hours and dates need to know when that is.
public struct Instant: Hashable, Comparable, Sendable {
  /// Seconds after 1970-01-01T00:00:00Z, leap seconds not counted.
  public let secondsSince1970: Int

  /// So many seconds after 1970 began in UTC.
  public init(secondsSince1970: Int) {
    self.secondsSince1970 = secondsSince1970
  }

  /// Reads RFC 3339 with its zone, such as `2026-11-27T22:00:00+01:00`; seconds may be left out.
  ///
  /// `nil` for anything else, a time without a zone included: which instant it is would be a guess.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 40, let date = Self.date(bytes), bytes.count > 16,
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      let time = Self.time(bytes[11...]), let zone = Self.zone(time.rest)
    else { return nil }
    secondsSince1970 = date * 86_400 + time.seconds - zone
  }

  /// Earlier is less.
  public static func < (left: Self, right: Self) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

  private static func date(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      (1970...2199).contains(year), (1...12).contains(month), day >= 1
    else { return nil }
    let days = CivilDate(year: year, month: month, day: day).daysSince1970
    // The 31st of a month of 30 days would be the first of the next.
    let date = CivilDate(daysSince1970: days)
    return date.month == month && date.day == day ? days : nil
  }

  private static func time(_ bytes: ArraySlice<UInt8>) -> (seconds: Int, rest: ArraySlice<UInt8>)? {
    let bytes = Array(bytes)
    guard bytes.count >= 5, bytes[2] == UInt8(ascii: ":"), let hours = number(bytes[0..<2]), hours < 24,
      let minutes = number(bytes[3..<5]), minutes < 60
    else { return nil }
    var seconds = 0
    var next = 5
    if bytes.count >= 8, bytes[5] == UInt8(ascii: ":") {
      guard let read = number(bytes[6..<8]), read < 60 else { return nil }
      seconds = read
      next = 8
    }
    return (hours * 3600 + minutes * 60 + seconds, bytes[next...])
  }

  /// Seconds east of UTC.
  private static func zone(_ bytes: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(bytes)
    if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3]), hours < 24,
      let minutes = number(bytes[4..<6]), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    switch bytes[0] {
    case UInt8(ascii: "+"): return seconds
    case UInt8(ascii: "-"): return -seconds
    default: return nil
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(digit &- 0x30)
    }
    return value
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC: `2026-11-27T21:00:00Z`.
  public var description: String {
    let days = Int((Double(secondsSince1970) / 86_400).rounded(.down))
    let date = CivilDate(daysSince1970: days)
    let seconds = secondsSince1970 - days * 86_400
    let parts = [date.month, date.day, seconds / 3600, seconds / 60 % 60, seconds % 60].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    return "\(date.year)-\(parts[0])-\(parts[1])T\(parts[2]):\(parts[3]):\(parts[4])Z"
  }
}

/// A date of the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// days_from_civil and civil_from_days).
struct CivilDate {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// From 1970 on.
  init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
