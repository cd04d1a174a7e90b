/// Numbers as people read them in reasons and notes.
enum DecimalText {
  /// With one digit after the point: `41.2`.
  static func tenths(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let scaled = Int((abs(value) * 10).rounded())
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / 10).\(scaled % 10)"
  }

  /// Milliseconds as seconds with one digit: `+41.2 s`.
  static func addedSeconds(_ milliseconds: Int) -> String {
    (milliseconds < 0 ? "" : "+") + tenths(Double(milliseconds) / 1000) + " s"
  }

  /// An amount of data in GiB, or in MiB below one: `812 GiB`.
  static func data(mib: Double) -> String {
    mib >= 1024 ? "\(Int((mib / 1024).rounded())) GiB" : "\(Int(mib.rounded())) MiB"
  }

  /// So many things: `1 host`, `2 hosts`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Things in a row: `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
