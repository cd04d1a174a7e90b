// Problems of a table: header, cells, numbers.
extension DiagnosticCode {
  /// A column that the table must have is not there.
  public static let tableMissingColumn = DiagnosticCode(rawValue: "table.missing-column")
  /// Two columns carry the same name.
  public static let tableDuplicateColumn = DiagnosticCode(rawValue: "table.duplicate-column")
  /// A column that Stowage does not know; it is kept as an attribute.
  public static let tableUnknownColumn = DiagnosticCode(rawValue: "table.unknown-column")
  /// A row has more or fewer cells than the header.
  public static let tableRaggedRow = DiagnosticCode(rawValue: "table.ragged-row")
  /// A quote is opened and never closed.
  public static let tableUnclosedQuote = DiagnosticCode(rawValue: "table.unclosed-quote")
  /// A cell that must have a value is empty.
  public static let tableMissingValue = DiagnosticCode(rawValue: "table.missing-value")
  /// A cell is not of its column's type or lies outside its range.
  public static let tableBadValue = DiagnosticCode(rawValue: "table.bad-value")
  /// A number such as `1.234` can be read in two ways.
  public static let tableAmbiguousNumber = DiagnosticCode(rawValue: "table.ambiguous-number")
  /// The table has a header and no rows.
  public static let tableEmpty = DiagnosticCode(rawValue: "table.empty")

  static let tableCodes: [DiagnosticCode] = [
    .tableMissingColumn, .tableDuplicateColumn, .tableUnknownColumn, .tableRaggedRow, .tableUnclosedQuote,
    .tableMissingValue, .tableBadValue, .tableAmbiguousNumber, .tableEmpty,
  ]
}
