import StowageDiagnostics

/// Reads delimited text into a ``Table``: one pass, each byte once, memory in proportion to the text.
struct TableParser {
  private let source: SourceText
  private var cells: [CellRange] = []
  private var spans: [RowSpan] = []
  private var blankRowCount = 0
  private var log = DiagnosticLog()

  init(_ source: SourceText) {
    self.source = source
  }

  mutating func parse(log: inout DiagnosticLog) -> Table? {
    let table = source.bytes.withUnsafeBufferPointer { parse($0) }
    log.merge(self.log)
    return table
  }

  private mutating func parse(_ text: UnsafeBufferPointer<UInt8>) -> Table? {
    let preamble = Delimiter.preamble(of: text)
    guard preamble.offset < text.count else {
      log.report(
        .tableEmpty, .error, at: SourcePlace(file: source.file), "is empty: not even a header is there",
        remedy: "export the table again")
      return nil
    }
    let delimiter = preamble.delimiter ?? Delimiter.sniff(text, from: preamble.offset)
    var scanner = CellScanner(text, delimiter: delimiter, from: preamble.offset, line: preamble.line)
    guard let headers = readHeader(&scanner, text) else { return nil }
    readRows(&scanner, columnCount: headers.count, text)
    spans.append(RowSpan(firstCell: cells.count, line: scanner.line, textOffset: scanner.offset))
    return Table(
      file: source.file, origin: .text(delimiter: delimiter), headers: headers, headerLine: preamble.line,
      headerOffset: preamble.offset, blankRowCount: blankRowCount, text: source.bytes, side: scanner.side,
      cells: cells, spans: spans)
  }

  /// The headers without blanks around them; blank ones at the end are no columns.
  private mutating func readHeader(
    _ scanner: inout CellScanner, _ text: UnsafeBufferPointer<UInt8>
  ) -> [String]? {
    var headers: [String] = []
    let span = RowSpan(firstCell: 0, line: scanner.line, textOffset: scanner.offset)
    while true {
      let start = scanner.offset
      let cell = scanner.next()
      if let problem = cell.problem {
        report(problem, at: start, since: span)
        return nil
      }
      headers.append(string(cell.range, text, scanner.side))
      guard headers.count <= CellReference.columnLimit else {
        log.report(
          .fileTooLarge, .error, at: SourcePlace(file: source.file, line: span.line),
          "the header has more than \(CellReference.columnLimit) columns",
          remedy: "check that this is a table with one header line")
        return nil
      }
      if cell.end != .delimiter { break }
    }
    while headers.last?.isEmpty == true { headers.removeLast() }
    return headers
  }

  private func string(
    _ range: CellRange, _ text: UnsafeBufferPointer<UInt8>, _ side: [UInt8]
  ) -> String {
    func decode(_ buffer: UnsafeBufferPointer<UInt8>) -> String {
      let bytes = buffer[range.start..<range.start + range.length]
      return String(decoding: UnsafeBufferPointer(rebasing: bytes).trimmed(), as: UTF8.self)
    }
    return range.isAside ? side.withUnsafeBufferPointer(decode) : decode(text)
  }

  private mutating func readRows(
    _ scanner: inout CellScanner, columnCount: Int, _ text: UnsafeBufferPointer<UInt8>
  ) {
    while !scanner.isAtEnd {
      let span = RowSpan(firstCell: cells.count, line: scanner.line, textOffset: scanner.offset)
      guard let row = readRow(&scanner, span, columnCount: columnCount, text) else { return }
      if row.isBlank {
        cells.removeLast(cells.count - span.firstCell)
        blankRowCount += 1
      } else {
        spans.append(span)
        if row.firstExtra != nil || row.cellCount < columnCount { check(row, span, columnCount: columnCount) }
      }
    }
  }

  /// What was seen of a row beside its cells.
  private struct RowSummary {
    var cellCount = 0
    var isBlank = true
    /// Whether text after a closing quote was reported: once for each row is enough.
    var hasTextAfterQuote = false
    /// Number of the first cell beyond the header that holds something, from 1.
    var firstExtra: Int?
    var end = CellScanner.End.file
  }

  /// Appends the cells of one row; `nil` when nothing after it can be read.
  private mutating func readRow(
    _ scanner: inout CellScanner, _ span: RowSpan, columnCount: Int, _ text: UnsafeBufferPointer<UInt8>
  ) -> RowSummary? {
    var row = RowSummary()
    while true {
      let start = scanner.offset
      let cell = scanner.next()
      if let problem = cell.problem {
        if !row.hasTextAfterQuote { report(problem, at: start, since: span) }
        if problem != .textAfterQuote { return nil }
        row.hasTextAfterQuote = true
      }
      let holdsSomething = cell.range.length > 0 && (cell.range.isAside || !isBlank(cell.range, text))
      if holdsSomething { row.isBlank = false }
      if row.cellCount < columnCount {
        cells.append(cell.range)
      } else if holdsSomething && row.firstExtra == nil {
        row.firstExtra = row.cellCount + 1
      }
      row.cellCount += 1
      guard cell.end == .delimiter else {
        row.end = cell.end
        return row
      }
    }
  }

  @inline(__always)
  private func isBlank(_ range: CellRange, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text[range.start].isBlank else { return false }
    return text[range.start..<range.start + range.length].allSatisfy(\.isBlank)
  }

  /// Reports a row that has more or fewer cells than the header.
  private mutating func check(_ row: RowSummary, _ span: RowSpan, columnCount: Int) {
    let place = SourcePlace(file: source.file, line: span.line)
    let counts = "\(row.cellCount) cells and the header \(columnCount)"
    if let extra = row.firstExtra {
      log.report(
        .tableRaggedRow, .error, at: place, "the row has \(counts): cell \(extra) belongs to no column",
        remedy: "put quotes around values that contain the separator")
    } else if row.end == .file {
      log.report(
        .fileTruncated, .error, at: place, "the file ends within a row, which has \(counts)",
        remedy: "export the file again, and copy all of it")
    } else {
      log.report(
        .tableRaggedRow, .warning, at: place, "the row has \(counts): the missing ones are taken as empty",
        remedy: "write all separators, or check that no line break splits the row")
    }
  }

  /// Reports a problem of the cell at `offset`, in the row that starts at `span`.
  private mutating func report(_ problem: CellScanner.Problem, at offset: Int, since span: RowSpan) {
    let code = problem.code
    // A row is walked again only for problems that will be shown: a hostile one has millions.
    guard log.keeps(code) else {
      log.report(code, .error, problem.summary)
      return
    }
    var position = TextPosition(line: span.line, column: 1)
    position.advance(over: source.bytes[span.textOffset..<offset])
    let place = SourcePlace(file: source.file, line: position.line, column: position.column)
    log.report(code, .error, at: place, problem.summary, remedy: problem.remedy)
  }
}

extension CellScanner.Problem {
  fileprivate var code: DiagnosticCode {
    switch self {
    case .unclosedQuote: .tableUnclosedQuote
    case .textAfterQuote: .fileSyntax
    case .tooLong: .fileTooLarge
    }
  }

  fileprivate var summary: String {
    switch self {
    case .unclosedQuote:
      "the quote that opens this cell is not closed within \(CellScanner.cellLimit) bytes: nothing after it is read"
    case .textAfterQuote: "text follows the quote that closes this cell"
    case .tooLong: "this cell is longer than \(CellScanner.cellLimit) bytes: nothing after it is read"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .unclosedQuote: "close it, or double a quote that is part of the text"
    case .textAfterQuote: "double the quotes that are part of the text"
    case .tooLong: "check for a quote that is not closed, or a file that is no table"
    }
  }
}
