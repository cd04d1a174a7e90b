public import StowageDiagnostics

extension TableReader {
  /// What to do with columns that the reader does not know.
  public enum UnknownColumns: Sendable {
    /// One notice names them: they are kept as attributes.
    case keep
    /// Nothing: the format is known to have more columns than are needed.
    case ignore
  }

  /// Checks the header: reports required columns that are missing, known ones that repeat, and
  /// unknown ones as `unknown` says. Without the `required` columns the table cannot be used; the
  /// `optional` ones are those that the reader knows besides.
  public func checkHeader(
    required: [String], optional: [String] = [], unknown: UnknownColumns, log: inout DiagnosticLog
  ) {
    let strangers = unknownColumns(besides: required + optional)
    for name in required where table.column(name) == nil {
      let nearest = Suggestion.nearest(to: name, among: strangers.map(\.name))
      log.report(
        .tableMissingColumn, .error, at: table.headerPlace,
        "the column \(Diagnostic.quoted(name)) is missing",
        remedy: nearest.map { "rename the column \(Diagnostic.quoted($0))" } ?? "add the column")
    }
    reportRepeated(required + optional, unknown == .keep ? .error : .warning, &log)
    reportNameless(&log)
    if unknown == .keep { reportUnknown(strangers, known: required + optional, &log) }
  }

  /// The columns with a header that is none of `known`, in the order of the file.
  public func unknownColumns(besides known: [String]) -> [TableColumn] {
    let keys = Set(known.map(TableColumn.key))
    return table.columns.filter { !$0.name.isEmpty && !keys.contains($0.key) }
  }

  /// Exports add a column for every custom attribute, also for one named like a column of theirs.
  private func reportRepeated(_ known: [String], _ severity: Severity, _ log: inout DiagnosticLog) {
    let keys = Set(known.map(TableColumn.key))
    for column in table.columns where keys.contains(column.key) {
      guard let first = table.column(column.name), first != column else { continue }
      log.report(
        .tableDuplicateColumn, severity, at: table.headerPlace(column),
        "the column \(Diagnostic.quoted(column.name)) is there twice: column \(first.index + 1) is read, column \(column.index + 1) is not",
        remedy: "remove or rename one of the two")
    }
  }

  /// One notice for all of them, and a warning for each that looks like a known column misspelt.
  private func reportUnknown(_ strangers: [TableColumn], known: [String], _ log: inout DiagnosticLog) {
    let absent = known.filter { table.column($0) == nil }
    // Each comparison costs; a header of thousands of strangers is no typing slip.
    let slips = strangers.map { stranger in
      (stranger, strangers.count > 500 ? nil : Suggestion.nearest(to: stranger.name, among: absent))
    }
    for (column, nearest) in slips {
      guard let nearest else { continue }
      log.report(
        .tableUnknownColumn, .warning, at: table.headerPlace(column),
        "the column \(Diagnostic.quoted(column.name)) is not known: it is kept as an attribute",
        remedy: "rename it to '\(nearest)', if that is what is meant")
    }
    let others = slips.filter { $0.1 == nil }.map { Diagnostic.quoted($0.0.name) }
    guard !others.isEmpty else { return }
    let names = others.prefix(Self.namesShown).joined(separator: ", ")
    let rest = others.count > Self.namesShown ? " and \(others.count - Self.namesShown) more" : ""
    log.report(
      .tableUnknownColumn, .notice, at: table.headerPlace,
      "columns that are not known are kept as attributes: \(names)\(rest)")
  }

  private static let namesShown = 10

  /// Reports columns without a header whose cells hold something.
  private func reportNameless(_ log: inout DiagnosticLog) {
    for column in table.columns where column.name.isEmpty {
      guard let row = table.rows.first(where: { string($0, column) != nil }) else { continue }
      log.report(
        .tableUnknownColumn, .warning, at: table.place(row, column),
        "column \(column.index + 1) has no name: what stands in it is not read", remedy: "give it a header")
    }
  }

  /// Whether the table has rows; reports `table.empty` if not.
  public func requireRows(log: inout DiagnosticLog) -> Bool {
    if table.rowCount > 0 { return true }
    log.report(
      .tableEmpty, .error, at: table.headerPlace, "the table has a header and no rows",
      remedy: "export the table again")
    return false
  }
}
