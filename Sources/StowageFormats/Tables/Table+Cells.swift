extension Table {
  /// Where the cell lies; cells that a short row lacks are empty.
  @inline(__always)
  func range(_ row: TableRow, _ column: TableColumn) -> CellRange {
    let first = spans[row.index].firstCell
    let index = first + column.index
    return index < spans[row.index + 1].firstCell ? cells[index] : .empty
  }

  /// Calls `body` with the bytes of a cell.
  @inline(__always)
  func withBytes<Result>(of range: CellRange, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let bytes = range.isAside ? side : text
    return bytes.withUnsafeBufferPointer { buffer in
      body(UnsafeBufferPointer(rebasing: buffer[range.start..<range.start + range.length]))
    }
  }

  /// The bytes of a cell exactly as the file has them, quotes undone; empty when there are none.
  public func bytes(_ row: TableRow, _ column: TableColumn) -> ArraySlice<UInt8> {
    let range = range(row, column)
    return (range.isAside ? side : text)[range.start..<range.start + range.length]
  }

  /// The text of a cell exactly as the file has it, quotes undone; empty when there is none.
  public func text(_ row: TableRow, _ column: TableColumn) -> String {
    withBytes(of: range(row, column)) { String(decoding: $0, as: UTF8.self) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without spaces, tabs, line ends and no-break spaces around them.
  func trimmed() -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = count
    while start < end {
      if self[start].isBlank {
        start += 1
      } else if start + 1 < end && self[start] == 0xC2 && self[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while end > start {
      if self[end - 1].isBlank {
        end -= 1
      } else if end - 1 > start && self[end - 2] == 0xC2 && self[end - 1] == 0xA0 {
        end -= 2
      } else {
        break
      }
    }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }
}
