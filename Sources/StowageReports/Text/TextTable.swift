/// Rows of text in aligned columns.
struct TextTable {
  /// How a column is set.
  struct Column {
    /// Cells at most; longer text is cut.
    var limit = Int.max
    /// Numbers stand at the right.
    var isRightAligned = false
  }

  private let columns: [Column]
  private var rows: [[String]] = []
  /// Blanks before the first column.
  private let indent: Int
  private let gap = "  "

  init(_ columns: [Column], indent: Int = 2) {
    self.columns = columns
    self.indent = indent
  }

  /// Adds a row of as many cells as there are columns.
  mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "a row of \(row.count) cells in \(columns.count) columns")
    rows.append(zip(row, columns).map { TextWidth.cut($0, to: $1.limit) })
  }

  /// The rows as lines, one each, without blanks at their ends.
  var lines: [String] {
    let widths = widths
    return rows.map { line(of: $0, widths: widths) }
  }

  /// The rows as lines of at most `width` cells: what does not fit of the last column goes on
  /// below its beginning.
  func lines(wrappedAt width: Int) -> [String] {
    guard let last = columns.indices.last else { return [] }
    let widths = widths
    let start = indent + widths.dropLast().filter { $0 > 0 }.reduce(0) { $0 + $1 + gap.utf8.count }
    let margin = String(repeating: " ", count: start)
    return rows.flatMap { row in
      let pieces = TextWidth.wrapped(row[last], to: max(20, width - start))
      let first = line(of: row.dropLast() + [pieces.first ?? ""], widths: widths)
      return [first] + pieces.dropFirst().map { margin + $0 }
    }
  }

  private var widths: [Int] {
    columns.indices.map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
  }

  private func line(of row: [String], widths: [Int]) -> String {
    let cells = columns.indices.filter { widths[$0] > 0 }.map { column in
      TextWidth.padded(row[column], to: widths[column], rightAligned: columns[column].isRightAligned)
    }
    let line = String(repeating: " ", count: indent) + cells.joined(separator: gap)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
