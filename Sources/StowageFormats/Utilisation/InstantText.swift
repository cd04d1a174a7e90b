/// Reads instants as exports write them, in seconds since 1970.
enum InstantText {
  /// Seconds, milliseconds, microseconds or nanoseconds, told by their size: some exports write
  /// seconds under a header that says milliseconds.
  @inline(__always)
  static func epoch(_ number: Int64) -> Int64 {
    if number < 100_000_000_000 { return number }
    if number < 100_000_000_000_000 { return number / 1000 }
    if number < 100_000_000_000_000_000 { return number / 1_000_000 }
    return number / 1_000_000_000
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant, "chrono-compatible
  /// low-level date algorithms", days_from_civil).
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// The instant that bytes write; `hasZone` says whether they name a time zone.
  ///
  /// Known are numbers since 1970, `2026-11-22T08:05:00Z` with `T` or a blank, a fraction, and an offset
  /// or none (taken as UTC), `11/22/2026 8:05:00 AM`, `22.11.2026 08:05`, and `12:00 AM 21 July 2026`.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> (instant: Int64, hasZone: Bool)? {
    let tokens = Tokens(bytes)
    if tokens.isPlainNumber, let number = tokens.numbers.first { return (epoch(Int64(number)), true) }
    guard let date = tokens.date, (1...12).contains(date.month), (1...31).contains(date.day),
      (1970...2199).contains(date.year)
    else { return nil }
    var seconds = days(date.year, date.month, date.day) * 86_400 + Int64(tokens.secondsOfDay)
    if let offset = tokens.offset { seconds -= Int64(offset) }
    return seconds >= 0 ? (seconds, tokens.offset != nil) : nil
  }
}

/// The numbers and words of an instant.
private struct Tokens {
  private(set) var numbers: [Int] = []
  private var separators: [UInt8] = []
  private var word = ""
  private var month: Int?
  private var isAfternoon: Bool?
  private(set) var offset: Int?
  private(set) var isPlainNumber = false
  private var timeAt: Int?
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= 64 else { return }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte.isDigit {
        var value = 0
        let start = index
        while index < bytes.count, bytes[index].isDigit, index - start < 18 {
          value = value * 10 + Int(bytes[index] &- 0x30)
          index += 1
        }
        // A fraction of a second.
        if start > 0, bytes[start - 1] == .dot, let timeAt, numbers.count >= timeAt + 3 { continue }
        if index < bytes.count, bytes[index] == UInt8(ascii: ":"), timeAt == nil { timeAt = numbers.count }
        numbers.append(value)
        isPlainNumber = numbers.count == 1 && (index == bytes.count || bytes[index] == .dot) && start == 0
        if isPlainNumber, index < bytes.count {
          finishFraction(bytes, index)
          return
        }
      } else if byte.lowercasedASCII &- 0x61 < 26 {
        word = ""
        while index < bytes.count, bytes[index].lowercasedASCII &- 0x61 < 26 {
          word.append(Character(Unicode.Scalar(bytes[index].lowercasedASCII)))
          index += 1
        }
        take(word)
      } else {
        let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        if isSign, let timeAt, numbers.count >= timeAt + 2, offset == nil {
          takeOffset(bytes, index)
          return
        }
        separators.append(byte)
        index += 1
      }
    }
  }

  /// `1790000000.123`: seconds with a fraction.
  private mutating func finishFraction(_ bytes: UnsafeBufferPointer<UInt8>, _ dot: Int) {
    isPlainNumber = bytes[(dot + 1)...].allSatisfy(\.isDigit)
    if !isPlainNumber { self = Tokens(dotted: bytes) }
  }

  /// `22.11.2026 08:05:00`
  private init(dotted bytes: UnsafeBufferPointer<UInt8>) {
    let text = bytes.map { $0 == .dot ? UInt8(ascii: "-") : $0 }
    self = text.withUnsafeBufferPointer { Tokens($0) }
    separators = separators.map { $0 == UInt8(ascii: "-") ? .dot : $0 }
  }

  private mutating func take(_ word: String) {
    switch word {
    case "am": isAfternoon = false
    case "pm": isAfternoon = true
    case "z", "utc", "gmt": offset = 0
    case "t": break
    default: if let index = Self.months.firstIndex(where: word.hasPrefix) { month = index + 1 }
    }
  }

  private mutating func takeOffset(_ bytes: UnsafeBufferPointer<UInt8>, _ sign: Int) {
    let digits = bytes[(sign + 1)...].filter(\.isDigit).map { Int($0 &- 0x30) }
    guard digits.count == 4 || digits.count == 2 else { return }
    let hours = digits[0] * 10 + digits[1]
    let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
    offset = (hours * 3600 + minutes * 60) * (bytes[sign] == UInt8(ascii: "-") ? -1 : 1)
  }

  var secondsOfDay: Int {
    guard let timeAt else { return 0 }
    var hour = numbers[timeAt]
    if isAfternoon == true, hour < 12 { hour += 12 }
    if isAfternoon == false, hour == 12 { hour = 0 }
    let minute = timeAt + 1 < numbers.count ? numbers[timeAt + 1] : 0
    // A number after the minutes is a second only if it is no day or year.
    let second =
      timeAt + 2 < numbers.count && numbers.count - timeAt >= 3 && (month == nil || timeAt > 0)
      ? numbers[timeAt + 2] : 0
    guard hour < 25, minute < 60, second < 61 else { return 0 }
    return hour * 3600 + minute * 60 + second
  }

  var date: (year: Int, month: Int, day: Int)? {
    let parts = timeAt.map { at in at >= 2 ? Array(numbers[..<at]) : numbers } ?? numbers
    if let month {
      // A day and a year, on either side of the month, before or after the time.
      let rest = (timeAt == 0 ? Array(numbers.dropFirst(2)) : parts).filter { $0 > 0 }
      guard let year = rest.first(where: { $0 > 31 }), let day = rest.first(where: { $0 <= 31 }) else {
        return nil
      }
      return (year, month, day)
    }
    guard parts.count >= 3 else { return nil }
    if parts[0] > 31 { return (parts[0], parts[1], parts[2]) }
    guard parts[2] > 31 else { return nil }
    // `22.11.2026` everywhere; `11/22/2026` in the United States, which alone write AM and PM.
    let isDayFirst = separators.first == .dot || parts[0] > 12 || separators.first == UInt8(ascii: "-")
    return isDayFirst ? (parts[2], parts[1], parts[0]) : (parts[2], parts[0], parts[1])
  }
}
