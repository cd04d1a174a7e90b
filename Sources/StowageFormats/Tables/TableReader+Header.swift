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
    reportRepeated(required + optional, &log)
    if case .keep = unknown { reportUnknown(strangers, known: required + optional, &log) }
  }

  /// The columns with a header that is none of `known`, in the order of the file.
  public func unknownColumns(besides known: [String]) -> [TableColumn] {
    let keys = Set(known.map(TableColumn.key))
    return table.columns.filter { !$0.name.isEmpty && !keys.contains($0.key) }
  }

  private func reportRepeated(_ known: [String], _ log: inout DiagnosticLog) {
    let keys = Set(known.map(TableColumn.key))
    for column in table.columns where keys.contains(column.key) {
      guard let first = table.column(column.name), first != column else { continue }
      log.report(
        .tableDuplicateColumn, .error, at: table.headerPlace(column),
        "the column \(Diagnostic.quoted(column.name)) is there twice: as column \(first.index + 1) and \(column.index + 1)",
        remedy: "remove or rename one of the two")
    }
  }

  private func reportUnknown(_ strangers: [TableColumn], known: [String], _ log: inout DiagnosticLog) {
    for column in strangers.prefix(DiagnosticLog.limitPerCode) {
      let nearest = Suggestion.nearest(to: column.name, among: known)
      log.report(
        .tableUnknownColumn, .notice, at: table.headerPlace(column),
        "the column \(Diagnostic.quoted(column.name)) is not known: it is kept as an attribute",
        remedy: nearest.map { "rename it to '\($0)', if that is what is meant" })
    }
  }
}
