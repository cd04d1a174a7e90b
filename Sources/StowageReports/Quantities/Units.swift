/// Numbers with their units, as every page prints them.
///
/// All output goes through here, so that a figure reads the same in the summary, the runbook and
/// the report. The form is fixed and depends on no locale: `.` before decimals, `,` between
/// thousands, one space before the unit. A value that is not finite reads `unknown`: plans come
/// from files that anybody may have written.
public enum Units {
  /// Beyond this a Double no longer holds every whole number; it is then printed as it is.
  private static let largestExact = 9.0e15

  /// `1,234`.
  public static func count(_ number: Int) -> String {
    number < 0 ? "-\(grouped(number.magnitude))" : grouped(number.magnitude)
  }

  /// `1 move`, `34 moves`; the plural is the singular with an `s` unless given.
  public static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// A number with a fixed number of decimals, 0 to 6: `1,234.5`. Halves are rounded away from zero.
  public static func decimal(_ value: Double, digits: Int = 0) -> String {
    precondition((0...6).contains(digits), "decimals must be 0 to 6: \(digits)")
    let scale = power(of: digits)
    let scaled = (value.magnitude * Double(scale)).rounded(.toNearestOrAwayFromZero)
    guard scaled.isFinite else { return "unknown" }
    guard scaled < largestExact else { return "\(value)" }
    let units = UInt(scaled)
    let sign = value < 0 && units > 0 ? "-" : ""
    guard digits > 0 else { return sign + grouped(units) }
    let fraction = String(units % scale)
    let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
    return "\(sign)\(grouped(units / scale)).\(zeros)\(fraction)"
  }

  /// An amount of memory or data given in MiB: `512 MiB`, `8.2 GiB`, `5,197 GiB`.
  public static func gibibytes(fromMiB mebibytes: Double) -> String {
    guard mebibytes.isFinite else { return "unknown" }
    if mebibytes == 0 { return "0 GiB" }
    if mebibytes.magnitude < 1023.5 { return "\(decimal(mebibytes)) MiB" }
    let gibibytes = mebibytes / 1024
    return "\(decimal(gibibytes, digits: gibibytes.magnitude < 99.95 ? 1 : 0)) GiB"
  }

  /// A rate: `1,097 MiB/s`, `8.5 MiB/s`.
  public static func rate(mibPerSecond rate: Double) -> String {
    guard rate.isFinite else { return "unknown" }
    return "\(decimal(rate, digits: rate.magnitude < 9.95 && rate != 0 ? 1 : 0)) MiB/s"
  }

  /// A part of a whole, 1 being all of it: `83 %`, `83.4 %`.
  public static func percent(_ ratio: Double, digits: Int = 0) -> String {
    guard ratio.isFinite else { return "unknown" }
    return "\(decimal(ratio * 100, digits: digits)) %"
  }

  /// Power: `640 W`, `12.4 kW` from 10 kW on.
  public static func watts(_ watts: Double) -> String {
    guard watts.isFinite else { return "unknown" }
    if watts.magnitude < 9999.5 { return "\(decimal(watts)) W" }
    return "\(decimal(watts / 1000, digits: 1)) kW"
  }

  /// Energy: `5,606 kWh`, `102.5 MWh` from 100 MWh on.
  public static func energy(kilowattHours: Double) -> String {
    guard kilowattHours.isFinite else { return "unknown" }
    if kilowattHours.magnitude < 99_999.5 { return "\(decimal(kilowattHours)) kWh" }
    return "\(decimal(kilowattHours / 1000, digits: 1)) MWh"
  }

  /// An amount of money without decimals, with the currency if it is known: `1,250 EUR`, `1,250`.
  public static func money(_ amount: Double, currency: String?) -> String {
    guard amount.isFinite else { return "unknown" }
    guard let currency, !currency.isEmpty else { return decimal(amount) }
    return "\(decimal(amount)) \(VisibleText.line(currency, limit: 12))"
  }

  static func grouped(_ number: UInt) -> String {
    let digits = Array(String(number).utf8)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { text += "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }

  private static func power(of digits: Int) -> UInt {
    (0..<digits).reduce(1) { power, _ in power * 10 }
  }
}
