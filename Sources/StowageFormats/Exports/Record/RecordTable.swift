/// A table whose rows are read as records.
final class RecordTable: Sendable {
  /// The table.
  let table: Table
  /// How it writes its numbers.
  let numbers: NumberConvention
  private let columns: [String: TableColumn]

  /// Takes a table in, and finds out how it writes its numbers.
  init(_ table: Table) {
    self.table = table
    numbers = NumberConvention(inferredFrom: [table])
    columns = Dictionary(
      table.columns.map { (FoldedName.of($0.name), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The column with this header.
  func column(_ name: String) -> TableColumn? { columns[FoldedName.of(name)] }

  /// Whether there are columns with all of these headers.
  func has(_ names: String...) -> Bool { names.allSatisfy { column($0) != nil } }

  /// The rows.
  var records: [ExportRecord] { table.rows.map { ExportRecord(self, $0) } }
}
