import StowageDiagnostics

/// A tab of an export with its columns found by any of their spellings.
struct RVToolsSheet {
  /// Which tab.
  let tab: RVToolsTab
  /// Its rows.
  let table: Table
  private let reader: TableReader
  /// The columns as this export spells them, by their number.
  private let columns: [TableColumn?]

  /// Finds the columns of a tab, in an export that writes its numbers as `numbers` says.
  init(_ tab: RVToolsTab, _ table: Table, _ numbers: NumberConvention) {
    self.tab = tab
    self.table = table
    reader = TableReader(table, numbers: numbers)
    let byKey = Dictionary(
      table.columns.map { (Self.key($0.name, tab), $0) }, uniquingKeysWith: { first, _ in first })
    columns = RVToolsColumn.allCases.map { column in
      column.spellings.lazy.compactMap { byKey[$0] }.first
    }
  }

  /// What a header is found by: without the tab's name, which internal names start with.
  static func key(_ header: String, _ tab: RVToolsTab) -> String {
    let plain = RVToolsColumn.plain(header)
    let prefix = tab.rawValue.lowercased()
    return plain.hasPrefix(prefix) && plain.count > prefix.count
      ? String(plain.dropFirst(prefix.count)) : plain
  }

  /// The column as this export spells it.
  subscript(column: RVToolsColumn) -> TableColumn? { columns[column.rawValue] }

  /// Reports the columns that must be there and are not; whether all are there.
  func require(_ required: [RVToolsColumn], into log: inout DiagnosticLog) -> Bool {
    let missing = required.filter { self[$0] == nil }
    for column in missing {
      log.report(
        .tableMissingColumn, .error, at: table.headerPlace,
        "the tab \(tab.rawValue) has no column \(Diagnostic.quoted(column.name))",
        remedy: "export the tab with all its columns, and with its header in English")
    }
    return missing.isEmpty
  }

  /// The text of a cell without blanks around it; `nil` when it is empty.
  func text(_ row: TableRow, _ column: RVToolsColumn) -> String? {
    reader.string(row, self[column])
  }

  /// The name in a cell, blanks around it included, since platforms let people name things so.
  func name(_ row: TableRow, _ column: RVToolsColumn) -> String? {
    guard text(row, column) != nil else { return nil }
    return reader.exactString(row, self[column])
  }

  /// Whether a cell says yes; text and booleans of workbooks look the same here.
  func flag(_ row: TableRow, _ column: RVToolsColumn) -> Bool {
    // Nearly all cells say False: that is seen from their length.
    let isYes = reader.withCell(row, self[column]) { bytes -> Bool? in
      guard bytes.count == 1 || bytes.count == 3 || bytes.count == 4 else { return false }
      let word = String(decoding: bytes, as: UTF8.self).lowercased()
      return word == "true" || word == "1" || word == "yes"
    }
    return isYes ?? false
  }

  /// The whole number in a cell that matters: one that is none is an error.
  func number(_ row: TableRow, _ column: RVToolsColumn, into log: inout DiagnosticLog) -> Double? {
    reader.wholeNumber(row, self[column], in: -1e12...1e12, fractions: true, log: &log)
  }

  /// The number in a cell without which the inventory is still good: one that is none is a warning.
  func sample(_ row: TableRow, _ column: RVToolsColumn, into log: inout DiagnosticLog) -> Double? {
    if reader.isEmpty(row, self[column]) { return nil }
    var found = DiagnosticLog()
    let number = number(row, column, into: &found)
    for diagnostic in found.kept {
      log.report(
        diagnostic.code, .warning, at: diagnostic.place, "\(diagnostic.summary); it is passed over",
        remedy: diagnostic.remedy)
    }
    return number
  }

  /// The place of a cell, or of its row where the column is missing.
  func place(_ row: TableRow, _ column: RVToolsColumn) -> SourcePlace {
    self[column].map { table.place(row, $0) } ?? table.place(row)
  }
}

extension RVToolsSheet {
  /// The vCenter that a row comes from: its instance UUID, or its name where the export lacks it.
  func vCenter(_ row: TableRow) -> String? {
    text(row, .sdkUUID) ?? text(row, .sdkServer)
  }
}
