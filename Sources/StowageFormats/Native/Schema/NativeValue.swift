/// One known value of a native table, free of the file form that it came from or goes to.
///
/// Both CSV and JSON are read into these and written from these, so that a column means the same
/// in both.
enum NativeValue: Hashable, Sendable {
  /// Words: an id, a name, one of a few choices.
  case text(String)
  /// A number in the column's unit.
  case number(Double)
  /// Yes or no.
  case flag(Bool)
  /// Several words, in the order of the file.
  case list([String])
  /// Several numbers, in the order of the file.
  case numbers([Double])
  /// Keys with their values.
  case labels([String: String])
}
