/// The non-zero coefficients of a program as three parallel arrays.
///
/// Flat, so that a back end can hand them to a solver and a checker can walk them without an
/// object for each. No pair of row and column occurs twice.
public struct Coefficients: Sendable {
  /// Row of each coefficient, from zero.
  public internal(set) var rows: [Int32] = []
  /// Column of each coefficient, from zero.
  public internal(set) var columns: [Int32] = []
  /// Value of each coefficient: finite, not zero.
  public internal(set) var values: [Double] = []

  /// Number of non-zero coefficients.
  public var count: Int { values.count }

  mutating func append(row: Int, column: Int, value: Double) {
    guard value != 0 else { return }
    rows.append(Int32(row))
    columns.append(Int32(column))
    values.append(value)
  }
}
