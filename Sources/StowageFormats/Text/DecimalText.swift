/// Numbers as text, the same on every machine and in every locale.
enum DecimalText {
  /// The shortest decimal text that reads back as the same number; whole numbers have no fraction,
  /// below 10^16 no exponent either, and negative zero is `0`.
  static func of(_ value: Double) -> String {
    precondition(value.isFinite, "not a finite number: \(value)")
    if value.magnitude < 1e15, let whole = Int(exactly: value) { return String(whole) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// `digits` × 10^−`fractionDigits`, correctly rounded, for at most 15 digits of either.
  ///
  /// A `Double` holds 15 digits exactly, and powers of ten up to 22: one division rounds once.
  @inline(__always)
  static func value(digits: Int, fractionDigits: Int) -> Double {
    Double(digits) / powersOfTen[fractionDigits]
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
