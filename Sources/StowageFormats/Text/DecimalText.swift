/// Numbers as text, the same on every machine and in every locale.
enum DecimalText {
  /// The shortest decimal text that reads back as the same number; whole numbers of up to 15 digits
  /// have no fraction and no exponent, and negative zero is `0`.
  static func of(_ value: Double) -> String {
    precondition(value.isFinite, "not a finite number: \(value)")
    if value.magnitude < 1e15, let whole = Int(exactly: value) { return String(whole) }
    return value.description
  }
}
