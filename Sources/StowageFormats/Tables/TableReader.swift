public import StowageDiagnostics

/// Reads the cells of a ``Table`` as values, and reports those that are none.
///
/// An empty cell is `nil`: unknown, which is not zero. A column that is absent (`nil`) reads as
/// empty everywhere, so that optional columns need no case of their own. Nothing is thrown: every
/// problem goes to the log with the place of its cell, and the value is `nil`.
public struct TableReader: Sendable {
  /// The table.
  public let table: Table
  /// How it writes its numbers.
  public let numbers: NumberConvention

  /// A reader of `table`, whose numbers are written as `numbers` says.
  public init(_ table: Table, numbers: NumberConvention) {
    self.table = table
    self.numbers = numbers
  }

  /// The rows that hold something.
  public var rows: some RandomAccessCollection<TableRow> { table.rows }

  /// The first column whose header is one of `names`, in their order, whatever their case.
  public func column(_ names: String...) -> TableColumn? {
    for name in names {
      if let column = table.column(name) { return column }
    }
    return nil
  }

  /// Calls `body` with the bytes of a cell, blanks around them left out; `nil` when none are left.
  @inline(__always)
  func withCell<Result>(
    _ row: TableRow, _ column: TableColumn?, _ body: (UnsafeBufferPointer<UInt8>) -> Result?
  ) -> Result? {
    guard let column else { return nil }
    let range = table.range(row, column)
    guard range.length > 0 else { return nil }
    return table.withBytes(of: range) { bytes in
      let trimmed = bytes.trimmed()
      return trimmed.isEmpty ? nil : body(trimmed)
    }
  }
}

extension TableReader {
  /// Whether there is no text in a cell.
  func isEmpty(_ row: TableRow, _ column: TableColumn?) -> Bool {
    guard let column else { return true }
    return table.range(row, column).length == 0
  }

  /// The text of a cell without blanks around it; `nil` when it is empty.
  public func string(_ row: TableRow, _ column: TableColumn?) -> String? {
    withCell(row, column) { String(decoding: $0, as: UTF8.self) }
  }

  /// The text of a cell that must have one; reports `table.missing-value` when it is empty.
  public func requiredString(
    _ row: TableRow, _ column: TableColumn?, log: inout DiagnosticLog
  ) -> String? {
    if let string = string(row, column) { return string }
    reportMissing(row, column, &log)
    return nil
  }

  /// The text of a cell exactly as the file has it, blanks included; `nil` when there is none.
  public func exactString(_ row: TableRow, _ column: TableColumn?) -> String? {
    guard let column, table.range(row, column).length > 0 else { return nil }
    return table.text(row, column)
  }
}

// Reporting.
extension TableReader {
  /// Reports that a cell is not what its column holds: `expected` completes "is not …", and `remedy`
  /// says what to write instead, as an imperative.
  public func reportBadValue(
    _ row: TableRow, _ column: TableColumn, isNot expected: String, remedy: String,
    log: inout DiagnosticLog
  ) {
    report(.tableBadValue, row, column, remedy: remedy, log: &log) { "\($0) is not \(expected)" }
  }

  /// Reports that a cell is empty which must not be; a column that is absent was reported with the
  /// header.
  func reportMissing(_ row: TableRow, _ column: TableColumn?, _ log: inout DiagnosticLog) {
    guard let column else { return }
    report(.tableMissingValue, row, column, remedy: "fill it in, or remove the row", log: &log) { _ in
      "\(Diagnostic.quoted(column.name)) is empty\(table.reference(row, column))"
    }
  }

  /// Reports a problem of one cell; `summary` gets the column and the value as words.
  func report(
    _ code: DiagnosticCode, _ row: TableRow, _ column: TableColumn, remedy: String,
    log: inout DiagnosticLog, summary: (_ cell: String) -> String
  ) {
    // Finding the place reads the row again; beyond the limit nobody sees it.
    guard log.keeps(code) else {
      log.report(code, .error, "")
      return
    }
    let value = Diagnostic.quoted(string(row, column) ?? "")
    let cell = "\(Diagnostic.quoted(column.name)) \(value)\(table.reference(row, column))"
    log.report(code, .error, at: table.place(row, column), summary(cell), remedy: remedy)
  }
}
