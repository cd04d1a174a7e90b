import StowageDiagnostics

/// What each column of a file is in the schema of its table.
struct HeaderMap {
  /// What a column of a file is.
  enum Meaning: Hashable {
    /// The schema's column at this position.
    case column(Int)
    /// The mark of rows to skip.
    case skip
    /// Unknown, kept under its name.
    case attribute(String)
  }

  /// The prefix of columns that are the operator's own: kept without a word.
  static let ownPrefix = "x."

  /// What a header or key means. Case, blanks around it, and blanks and hyphens for underscores do
  /// not matter.
  static func meaning<Row>(_ name: String, in schema: TableSchema<Row>) -> Meaning {
    var name = name
    name = name.withUTF8 { String(decoding: $0.trimmed(), as: UTF8.self) }
    let plain = plain(name)
    if let position = schema.columns.firstIndex(where: { $0.name == plain }) { return .column(position) }
    return plain == schema.skipColumn ? .skip : .attribute(name)
  }

  /// Points out a column that the table does not have, with what it may be meant to be.
  static func reportUnknown<Row>(
    _ name: String, in schema: TableSchema<Row>, at place: SourcePlace?, into log: inout DiagnosticLog
  ) {
    guard !name.hasPrefix(ownPrefix) else { return }
    let kept =
      "the table of \(schema.name) has no column \(Diagnostic.quoted(name)); it is kept as an attribute"
    if let near = Suggestion.nearest(to: name, among: schema.columnNames) {
      log.report(
        .tableUnknownColumn, .warning, at: place, kept,
        remedy: "rename it to \(near) if that is meant, else to \(Diagnostic.quoted(ownPrefix + name))")
    } else {
      log.report(.tableUnknownColumn, .notice, at: place, kept)
    }
  }

  private static func plain(_ name: String) -> String {
    String(
      decoding: name.utf8.map { byte in
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte.lowercasedASCII
      }, as: UTF8.self)
  }
}
