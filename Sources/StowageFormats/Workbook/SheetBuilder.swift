import StowageDiagnostics

/// Puts the cells of a sheet together to a table: the first row that holds something is the header.
struct SheetBuilder {
  private let context: SheetContext
  private var headers: [String]?
  private var headerLine = 0
  private var text: [UInt8] = []
  private var cells: [CellRange] = []
  private var spans: [RowSpan] = []
  private var blankRowCount = 0
  /// The cells of the row under way, by column.
  private var row: [CellRange] = []
  private var log = DiagnosticLog()

  init(_ context: SheetContext) {
    self.context = context
  }

  /// Adds a cell with a text of its own.
  mutating func add(_ bytes: [UInt8], at column: Int, isTypedNumber: Bool = false) throws(WorkbookProblem) {
    let range = CellRange(start: text.count, length: bytes.count, isTypedNumber: isTypedNumber)
    text.append(contentsOf: bytes)
    try put(range, at: column)
  }

  /// Adds a cell whose text is shared with others.
  mutating func add(sharedRange range: Range<Int>, at column: Int) throws(WorkbookProblem) {
    try put(CellRange(start: range.lowerBound, length: range.count, isAside: true), at: column)
  }

  /// Reports a formula that was never calculated: its value is not in the file.
  mutating func noteFormula(row: Int, column: Int) {
    log.report(
      .tableMissingValue, .warning, at: SourcePlace(file: context.file, line: row, column: column + 1),
      "cell \(CellReference(row: row, column: column)) has a formula and no result: it is taken as empty",
      remedy: "open and save the workbook in a spreadsheet")
  }

  private mutating func put(_ range: CellRange, at column: Int) throws(WorkbookProblem) {
    if isBlank(range) { return }
    while row.count < column { row.append(.empty) }
    if column < row.count { row[column] = range } else { row.append(range) }
    guard cells.count + row.count <= context.limits.cellCount else {
      throw .tooLarge("'\(context.part)' has more than \(context.limits.cellCount) cells")
    }
  }

  private func isBlank(_ range: CellRange) -> Bool {
    bytes(range).allSatisfy(\.isBlank)
  }

  private func bytes(_ range: CellRange) -> ArraySlice<UInt8> {
    (range.isAside ? context.strings.bytes : text)[range.start..<range.start + range.length]
  }

  /// Ends the row with this number.
  mutating func endRow(_ line: Int) throws(WorkbookProblem) {
    defer { row.removeAll(keepingCapacity: true) }
    guard !row.isEmpty else {
      if headers != nil { blankRowCount += 1 }
      return
    }
    guard let headers else {
      headers = row.map { range in
        bytes(range).withUnsafeBufferPointer { String(decoding: $0.trimmed(), as: UTF8.self) }
      }
      headerLine = line
      return
    }
    if row.count > headers.count {
      reportExtra(line, columnCount: headers.count)
      row.removeLast(row.count - headers.count)
      if row.isEmpty { return }
    }
    spans.append(RowSpan(firstCell: cells.count, line: line, textOffset: 0))
    cells.append(contentsOf: row)
  }

  private mutating func reportExtra(_ line: Int, columnCount: Int) {
    let extra = row.indices.dropFirst(columnCount).first { row[$0].length > 0 } ?? columnCount
    log.report(
      .tableRaggedRow, .warning, at: SourcePlace(file: context.file, line: line, column: extra + 1),
      "cell \(CellReference(row: line, column: extra)) stands under no header: it is not read",
      remedy: "give its column a header, or remove it")
  }

  /// The table; `nil` after reporting that the sheet is empty.
  consuming func finish(log: inout DiagnosticLog) -> Table? {
    log.merge(self.log)
    guard let headers else {
      log.report(
        .tableEmpty, .error, at: SourcePlace(file: context.file),
        "the sheet is empty: not even a header is there",
        remedy: "export the table again")
      return nil
    }
    let end = RowSpan(firstCell: cells.count, line: 0, textOffset: 0)
    return Table(
      file: context.file, origin: .sheet, headers: headers, headerLine: headerLine, headerOffset: 0,
      blankRowCount: blankRowCount, text: text, side: context.strings.bytes, cells: cells,
      spans: spans + [end])
  }
}
