/// What the values of a column look like, whatever the file form.
enum ColumnKind: Hashable, Sendable {
  /// A name that other rows and files refer to.
  case identifier
  /// Any words.
  case text
  /// A decimal number. Where it is whole by nature, such as memory in MiB, `1.234` may as well mean
  /// a thousand and is not taken for either.
  case number(NumberRange, isWholeByNature: Bool)
  /// A number without decimals.
  case wholeNumber(NumberRange)
  /// `true` or `false`.
  case flag
  /// One of these words.
  case choice([String])
  /// Any number of words.
  case list
  /// Any number of these words.
  case choices([String])
  /// Keys with their values.
  case labels
  /// A number of 0 or above for each hour of the week, Monday 0:00 UTC first.
  case week
}

/// The numbers that make sense in a column.
struct NumberRange: Hashable, Sendable {
  /// The least sensible value.
  var least: Double
  /// Whether ``least`` itself makes sense.
  var includesLeast: Bool
  /// The greatest sensible value.
  var greatest: Double

  /// Chosen: no machine has 10¹² of anything in the units used here, and 10¹² of any unit times 2²⁰
  /// still fits 64 bits.
  private static let ceiling = 1e12

  /// Above zero.
  static let positive = NumberRange(least: 0, includesLeast: false, greatest: ceiling)
  /// Zero or above.
  static let notNegative = NumberRange(least: 0, includesLeast: true, greatest: ceiling)
  /// Above zero and at most 1000: a ratio of virtual to physical.
  static let ratio = NumberRange(least: 0, includesLeast: false, greatest: 1000)
  /// Zero or above, and small enough to count things one by one.
  static let count = NumberRange(least: 0, includesLeast: true, greatest: 1e9)
  /// One or above, and small enough to count things one by one.
  static let positiveCount = NumberRange(least: 0, includesLeast: false, greatest: 1e9)

  /// Whether `value` makes sense; never for NaN and the infinities.
  func contains(_ value: Double) -> Bool {
    (includesLeast ? value >= least : value > least) && value <= greatest
  }

  /// The range in words: `above 0`, `0 or above`.
  var words: String {
    let lower = includesLeast ? "0 or above" : "above 0"
    return greatest < Self.ceiling ? "\(lower) and at most \(Int64(greatest))" : lower
  }
}
