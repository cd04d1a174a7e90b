/// How much a problem weighs.
public enum Severity: String, Hashable, Sendable, CaseIterable {
  /// The input cannot be used as it is.
  case error
  /// The input is used, but something in it was skipped or taken differently than it looks.
  case warning
  /// Something assumed or noteworthy that needs no action.
  case notice
}

/// Where in a file a problem lies. Lines and columns count from 1, columns in characters.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  /// The file as the operator named it; a sheet of a workbook is `book.xlsx!vInfo`.
  public var file: String
  /// The line (or row of a sheet), if the problem has one.
  public var line: Int?
  /// The column, if the problem has one.
  public var column: Int?

  /// A place in `file`.
  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, as compilers print it, without the parts that are unknown.
  public var description: String {
    guard let line else { return file }
    guard let column else { return "\(file):\(line)" }
    return "\(file):\(line):\(column)"
  }
}

/// One thing to tell the operator about the input: what, where, how much, and what to do next.
///
/// Facts stay facts: `summary` holds the sentence with its numbers, `remedy` an imperative.
/// Strings that come from the input are quoted by ``Diagnostic/quoted(_:limit:)`` before they
/// enter either, so that a hostile name cannot move the cursor or forge a line.
public struct Diagnostic: Hashable, Sendable {
  /// What kind of problem it is.
  public var code: DiagnosticCode
  /// How much it weighs.
  public var severity: Severity
  /// Where it is, if it is anywhere in particular.
  public var place: SourcePlace?
  /// What was found, with the numbers.
  public var summary: String
  /// What to do about it, as an imperative; `nil` when there is nothing to do.
  public var remedy: String?

  /// A problem of kind `code`.
  public init(
    _ code: DiagnosticCode, _ severity: Severity, at place: SourcePlace? = nil, _ summary: String,
    remedy: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.summary = summary
    self.remedy = remedy
  }
}

extension Diagnostic {
  /// `text` in single quotes, safe for a terminal and a log: control characters, quotes and
  /// bidirectional overrides are written as escapes, and more than `limit` characters are cut.
  public static func quoted(_ text: String, limit: Int = 60) -> String {
    var escaped = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        escaped += "…"
        break
      }
      count += 1
      switch scalar {
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case "'": escaped += "\\'"
      case "\\": escaped += "\\\\"
      default:
        escaped += isUnprintable(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      }
    }
    return "'\(escaped)'"
  }

  /// Control and format characters (Unicode general categories Cc, Cf, Zl, Zp) would change how
  /// the rest of a line is shown.
  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The problem as one line, and the remedy as a second:
  ///
  ///     two-racks/hosts.csv:14:3: error: host 'r2-h07' is listed twice, first on line 9 [inventory.duplicate-host]
  ///       try: remove one of the two lines, or give the second host its own id
  public var description: String {
    let location = place.map { "\($0): " } ?? ""
    let line = "\(location)\(severity.rawValue): \(summary) [\(code.rawValue)]"
    guard let remedy else { return line }
    return "\(line)\n  try: \(remedy)"
  }
}
