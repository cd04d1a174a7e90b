/// Turns the day counts of workbooks into RFC 3339 text. Sheets know no time zone, so the text has
/// none: `2026-05-04T07:12:31`, `2026-05-04`, `07:12:31`.
enum SheetDate {
  /// The text of a day count, or `nil` when it lies outside of the years 1900 to 9999.
  ///
  /// Counts start at 1900-01-01 = 1, and day 60 is a 29 February 1900 that never was (kept from
  /// Lotus 1-2-3); with `from1904` they start at 1904-01-01 = 0, as on old Macintoshes.
  static func text(_ count: Double, _ style: NumberStyle, from1904: Bool) -> String? {
    guard count >= 0, count < 2_958_466 else { return nil }
    let seconds = Int((count * 86_400).rounded())
    let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let time = "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60))"
    if style == .time && day == 0 { return time }
    guard let date = date(day, from1904: from1904) else { return nil }
    return style == .date && second == 0 ? date : "\(date)T\(time)"
  }

  private static func date(_ day: Int, from1904: Bool) -> String? {
    // Days from 1970-01-01 to the day 0 of each count.
    if from1904 { return civil(day - 24_107) }
    if day == 60 || day == 0 { return nil }
    return civil(day - (day > 60 ? 25_569 : 25_568))
  }

  /// The date of a number of days since 1970-01-01 in the Gregorian calendar (H. Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`), for years after 0.
  private static func civil(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
