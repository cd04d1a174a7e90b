/// A header and rows of cells, each with its place in the file that it came from.
///
/// Holds the text once and for every cell a range of it; a cell becomes a `String` or a number only
/// when it is asked for. Blank rows are left out and counted.
public struct Table: Sendable {
  /// What a table was read from.
  public enum Origin: Hashable, Sendable {
    /// Text whose cells this byte separates.
    case text(delimiter: UInt8)
    /// A sheet of a workbook.
    case sheet
  }

  /// The file as the operator named it; a sheet is `book.xlsx!vInfo`.
  public let file: String
  /// What it was read from.
  public let origin: Origin
  /// The columns, in the order of the file; a header may be empty or repeat.
  public let columns: [TableColumn]
  /// The line of the header, from 1.
  public let headerLine: Int
  /// How many rows had nothing in them.
  public let blankRowCount: Int

  let text: [UInt8]
  let side: [UInt8]
  let cells: [CellRange]
  /// One more than there are rows: the last marks the end of the cells.
  let spans: [RowSpan]
  /// Offset of the header in `text`.
  let headerOffset: Int
  private let indexByKey: [String: Int]

  init(
    file: String, origin: Origin, headers: [String], headerLine: Int, headerOffset: Int, blankRowCount: Int,
    text: [UInt8], side: [UInt8], cells: [CellRange], spans: [RowSpan]
  ) {
    precondition(spans.last?.firstCell == cells.count, "the last span must end the cells")
    self.file = file
    self.origin = origin
    columns = headers.enumerated().map { TableColumn(index: $0.offset, name: $0.element) }
    self.headerLine = headerLine
    self.headerOffset = headerOffset
    self.blankRowCount = blankRowCount
    self.text = text
    self.side = side
    self.cells = cells
    self.spans = spans
    indexByKey = Dictionary(columns.map { ($0.key, $0.index) }, uniquingKeysWith: { first, _ in first })
  }

  /// How many rows hold something.
  public var rowCount: Int { spans.count - 1 }

  /// The rows, in the order of the file.
  public var rows: some RandomAccessCollection<TableRow> {
    (0..<rowCount).lazy.map { TableRow(index: $0, line: spans[$0].line) }
  }

  /// The first column whose header is one of `names`, in their order, whatever their case.
  public func column(_ names: String...) -> TableColumn? {
    for name in names {
      if let index = indexByKey[TableColumn.key(name)] { return columns[index] }
    }
    return nil
  }
}
