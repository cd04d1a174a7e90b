import StowageDiagnostics

/// One native table: its columns, and how a row of the model starts and keeps what the columns do
/// not name.
struct TableSchema<Row: Sendable>: Sendable {
  /// The name in `inventory.json`; with `.csv`, the file in a folder.
  let name: String
  /// What one row is called in a sentence: `host`, `VM`.
  let noun: String
  /// The columns, in the order in which they are written. The first is the identifier.
  let columns: [Column<Row>]
  /// The column whose value `true` means that the row is no VM at all (a template).
  let skipColumn: String?
  /// A row about which nothing is known yet.
  let blank: @Sendable () -> Row
  /// The identifier of a row, as text.
  let id: @Sendable (Row) -> String
  /// Where unknown columns are kept.
  let attributes: Column<Row>.Property<[String: String]>
  /// The code for two rows with one identifier.
  let duplicateCode: DiagnosticCode

  /// The names of all columns, in the order in which they are written.
  var columnNames: [String] {
    columns.map(\.name) + (skipColumn.map { [$0] } ?? [])
  }
}
