import StowageDiagnostics

/// Numbers and names as an operator reads them.
enum Words {
  /// A name as it is when it is plain, else quoted with what is dangerous escaped.
  static func name(_ text: some CustomStringConvertible) -> String {
    let text = text.description
    let isPlain = !text.isEmpty && text.utf8.count <= 60 && text.utf8.allSatisfy(isPlainByte)
    return isPlain ? text : Diagnostic.quoted(text)
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "@"),
      UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// `a, b and c`; of more than `limit` the first ones and how many more there are.
  static func list(_ items: [String], limit: Int = 6) -> String {
    guard items.count <= limit else {
      return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
    }
    guard let last = items.last, items.count > 1 else { return items.first ?? "nothing" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Seconds to the millisecond.
  static func seconds(_ value: Double) -> String { "\(number(value, decimals: 3)) s" }

  /// A number with at most `decimals` digits after the point; one that is too large for that, or
  /// none at all, as Swift writes it.
  static func number(_ value: Double, decimals: Int = 6) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let rounded = (value * scale).rounded() / scale
    if rounded == rounded.rounded() { return "\(Int64(rounded))" }
    return decimalText(rounded, decimals: decimals, scale: scale)
  }

  /// As ``number(_:decimals:)``, but always with one digit after the point.
  static func oneDecimal(_ value: Double) -> String {
    let text = number(value, decimals: 1)
    return value.isFinite && value.magnitude < 1e15 && !text.contains(".") ? text + ".0" : text
  }

  /// Swift writes small numbers with an exponent; this does not.
  private static func decimalText(_ value: Double, decimals: Int, scale: Double) -> String {
    let text = "\(value)"
    guard text.contains("e") else { return text }
    let digits = String(Int64((value.magnitude * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, decimals - digits.count)) + digits
    return (value < 0 ? "-0." : "0.") + padded
  }

  /// `1 move`, `2 moves`.
  static func count(_ number: Int, _ singular: String) -> String {
    "\(number) \(singular)\(number == 1 ? "" : "s")"
  }
}
