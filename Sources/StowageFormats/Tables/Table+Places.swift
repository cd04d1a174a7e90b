public import StowageDiagnostics

extension Table {
  /// The place of a cell: line and column of its first character in a text file, row and column in
  /// a sheet.
  public func place(_ row: TableRow, _ column: TableColumn) -> SourcePlace {
    // A short row ends before the column: its last cell is where the missing one belongs.
    let cellCount = spans[row.index + 1].firstCell - spans[row.index].firstCell
    let cell = origin == .sheet ? column.index : min(column.index, cellCount - 1)
    return place(line: row.line, textOffset: spans[row.index].textOffset, cell: cell)
  }

  /// The place of a row's beginning.
  public func place(_ row: TableRow) -> SourcePlace {
    SourcePlace(file: file, line: row.line)
  }

  /// The place of a column's header.
  public func headerPlace(_ column: TableColumn) -> SourcePlace {
    place(line: headerLine, textOffset: headerOffset, cell: column.index)
  }

  /// The place of the header as a whole.
  public var headerPlace: SourcePlace { SourcePlace(file: file, line: headerLine) }

  /// How people find the cell: ` (cell F12)` in a sheet, nothing in a text file, whose editors
  /// count lines and columns.
  func reference(_ row: TableRow, _ column: TableColumn) -> String {
    guard origin == .sheet else { return "" }
    return " (cell \(CellReference(row: row.line, column: column.index)))"
  }

  private func place(line: Int, textOffset: Int, cell: Int) -> SourcePlace {
    guard case .text(let delimiter) = origin else {
      return SourcePlace(file: file, line: line, column: cell + 1)
    }
    // Columns are not stored: the few that are shown are found by reading their row again.
    let offset = text.withUnsafeBufferPointer { buffer in
      var scanner = CellScanner(buffer, delimiter: delimiter, from: textOffset, line: line)
      for _ in 0..<cell { _ = scanner.next() }
      return scanner.offset
    }
    var position = TextPosition(line: line, column: 1)
    position.advance(over: text[textOffset..<offset])
    return SourcePlace(file: file, line: position.line, column: position.column)
  }
}
