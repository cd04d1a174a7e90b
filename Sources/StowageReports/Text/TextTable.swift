/// Rows of text in aligned columns.
struct TextTable {
  /// How a column is set.
  struct Column {
    /// Cells at most; longer text is cut at its end.
    var limit = Int.max
    /// Numbers stand at the right.
    var isRightAligned = false
    /// Names are shortened in their middle when the line is too narrow, as far as they can be told apart.
    var isName = false
    /// Names are not shortened below this, even if a line then is too long.
    var shortest = 7
    /// Blanks before the next column.
    var gap = 2
  }

  private let columns: [Column]
  private var rows: [[String]] = []
  /// Blanks before the first column.
  private let indent: Int

  init(_ columns: [Column], indent: Int = 2) {
    self.columns = columns
    self.indent = indent
  }

  /// Adds a row of as many cells as there are columns.
  mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "a row of \(row.count) cells in \(columns.count) columns")
    rows.append(zip(row, columns).map { TextWidth.cut($0, to: $1.limit) })
  }

  /// The rows as lines, one each, without blanks at their ends; names are shortened to fit `width`.
  func lines(fitting width: Int = .max) -> [String] {
    let widths = shortened(to: width)
    return rows.map { line(of: $0, widths: widths) }
  }

  /// The rows as lines of at most `width` cells: what does not fit of the last column goes on
  /// below its beginning.
  func lines(wrappedAt width: Int) -> [String] {
    guard let last = columns.indices.last else { return [] }
    let widths = naturalWidths
    let start =
      indent
      + columns.indices.dropLast().filter { widths[$0] > 0 }.reduce(0) { $0 + widths[$1] + columns[$1].gap }
    let margin = String(repeating: " ", count: start)
    return rows.flatMap { row in
      let pieces = TextWidth.wrapped(row[last], to: max(20, width - start))
      let first = line(of: row.dropLast() + [pieces.first ?? ""], widths: widths)
      return [first] + pieces.dropFirst().map { margin + $0 }
    }
  }

  private var naturalWidths: [Int] {
    columns.indices.map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
  }

  /// Natural widths, with the widest name columns made narrower until a line fits, but no further than names that
  /// differ still do.
  private func shortened(to width: Int) -> [Int] {
    let natural = naturalWidths
    var widths = natural
    let used = columns.indices.filter { widths[$0] > 0 }
    var excess =
      indent + used.reduce(0) { $0 + widths[$1] + columns[$1].gap } - (used.last.map { columns[$0].gap } ?? 0)
      - width
    while excess > 0 {
      let names = used.filter { columns[$0].isName && widths[$0] > columns[$0].shortest }
      guard let widest = names.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    for column in used where columns[column].isName {
      while widths[column] < natural[column], !tellsApart(column, at: widths[column]) { widths[column] += 1 }
    }
    return widths
  }

  /// Whether names that differ do so when they are shortened to a width.
  private func tellsApart(_ column: Int, at width: Int) -> Bool {
    var names: [String: String] = [:]
    return rows.allSatisfy { row in
      names.updateValue(row[column], forKey: TextWidth.shortened(row[column], to: width)) ?? row[column]
        == row[column]
    }
  }

  private func line(of row: [String], widths: [Int]) -> String {
    var line = String(repeating: " ", count: indent)
    for column in columns.indices where widths[column] > 0 {
      let text = columns[column].isName ? TextWidth.shortened(row[column], to: widths[column]) : row[column]
      line += TextWidth.padded(text, to: widths[column], rightAligned: columns[column].isRightAligned)
      line += String(repeating: " ", count: columns[column].gap)
    }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
