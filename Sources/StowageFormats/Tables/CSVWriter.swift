/// Writes CSV: UTF-8 without a byte order mark, comma, decimal dots, quotes where RFC 4180 needs
/// them. Lines end with LF alone, which every reader takes and version control shows without noise.
public struct CSVWriter {
  /// What happens to text that a spreadsheet would run as a formula.
  public enum Formulas: Sendable {
    /// Text that starts with `=`, `+`, `-`, `@`, a tab or a line end gets an apostrophe in front, as
    /// OWASP's "CSV Injection" page advises: for files that people open in a spreadsheet. Text that is a
    /// plain number keeps its sign.
    case disarmed
    /// Text stays exactly as it is: for files that a program reads back.
    case kept
  }

  private var bytes: [UInt8] = []
  private let columnCount: Int
  private let formulas: Formulas

  /// A file that starts with `header`.
  public init(header: [String], formulas: Formulas) {
    precondition(!header.isEmpty, "a table has columns")
    columnCount = header.count
    self.formulas = formulas
    row(header.map { .text($0) })
  }

  /// Adds a row with as many cells as the header has.
  public mutating func row(_ cells: [CSVCell]) {
    precondition(cells.count == columnCount, "\(cells.count) cells in \(columnCount) columns")
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(.comma) }
      append(cell)
    }
    // A line without anything would be a blank line, which readers skip.
    if columnCount == 1 && bytes.last ?? .lineFeed == .lineFeed { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(.lineFeed)
  }

  /// The file.
  public consuming func finish() -> [UInt8] { bytes }

  private mutating func append(_ cell: CSVCell) {
    var text = cell.plainText
    if case .disarmed = formulas, case .text = cell, Self.isFormula(text) { text = "'" + text }
    text.withUTF8 { utf8 in
      guard Self.needsQuotes(utf8) else {
        bytes.append(contentsOf: utf8)
        return
      }
      bytes.append(.quote)
      for byte in utf8 {
        if byte == .quote { bytes.append(.quote) }
        bytes.append(byte)
      }
      bytes.append(.quote)
    }
  }

  /// Separators that any reader might sniff are quoted too, and blanks at either end, which readers
  /// may drop.
  private static func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return first.isBlank || last.isBlank
      || text.contains {
        $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn || Delimiter.candidates.contains($0)
      }
  }

  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) else { return false }
    return !isPlainNumber(text)
  }

  /// A sign, digits and at most one dot: nothing that can name a function.
  private static func isPlainNumber(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return (text.hasPrefix("-") || text.hasPrefix("+")) && digits.first?.isDigit == true
      && digits.allSatisfy { $0.isDigit || $0 == .dot } && digits.count { $0 == .dot } <= 1
  }
}
