/// A row of a table that holds something.
public struct TableRow: Hashable, Sendable {
  /// Its index among the rows, from 0; the header is not a row.
  public let index: Int
  /// The line of the file, or the row of the sheet, that it starts on, from 1.
  public let line: Int
}

/// Where a row lies within its table.
struct RowSpan {
  /// Index of its first cell among all cells; its last is the one before the next row's first.
  var firstCell: Int
  /// Line of the file or row of the sheet, from 1.
  var line: Int
  /// Index of its first byte in the file; 0 for sheets.
  var textOffset: Int
}
