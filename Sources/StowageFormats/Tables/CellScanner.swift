/// Walks over the cells of delimited text (RFC 4180), one at a time, each byte once.
///
/// Quotes count when they open a cell, blanks before them aside; elsewhere they are characters.
/// Lines end with LF, CRLF or CR.
struct CellScanner {
  /// What follows a cell.
  enum End {
    case delimiter, line, file
  }

  /// What is wrong with a cell.
  enum Problem {
    /// Its quote is never closed, or not before ``CellScanner/cellLimit``.
    case unclosedQuote
    /// Characters follow its closing quote.
    case textAfterQuote
    /// It is longer than ``CellScanner/cellLimit``.
    case tooLong
  }

  /// One cell.
  struct Cell {
    var range: CellRange
    var end: End
    var problem: Problem?
  }

  /// The longest cell, in bytes: 1 MiB. Beyond it a quote was forgotten or the file is no table;
  /// reading on would only make one message of the whole rest.
  static let cellLimit = 1 << 20

  private let text: UnsafeBufferPointer<UInt8>
  private let delimiter: UInt8
  /// Index of the next byte.
  private(set) var offset: Int
  /// Line of the next byte, from 1.
  private(set) var line: Int
  /// Cells whose doubled quotes were undone.
  private(set) var side: [UInt8] = []

  init(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, from offset: Int = 0, line: Int = 1) {
    self.text = text
    self.delimiter = delimiter
    self.offset = offset
    self.line = line
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { offset >= text.count }

  /// The next cell. After a problem other than ``Problem/textAfterQuote`` the scanner is lost.
  mutating func next() -> Cell {
    let start = offset
    var index = offset
    while index < text.count {
      let byte = text[index]
      if byte == delimiter || byte == .lineFeed || byte == .carriageReturn { break }
      if byte == .quote && isOpening(index, from: start) { return quoted(from: index) }
      index += 1
      if index - start > Self.cellLimit { return Cell(range: .empty, end: .file, problem: .tooLong) }
    }
    offset = index
    return Cell(range: CellRange(start: start, length: index - start), end: finish())
  }

  /// Whether the quote at `index` opens the cell: only blanks lie before it.
  private func isOpening(_ index: Int, from start: Int) -> Bool {
    text[start..<index].allSatisfy { $0 == .space || $0 == .tab }
  }

  /// Steps over what ends a cell.
  private mutating func finish() -> End {
    guard offset < text.count else { return .file }
    let byte = text[offset]
    offset += 1
    if byte == delimiter { return .delimiter }
    if byte == .carriageReturn && offset < text.count && text[offset] == .lineFeed { offset += 1 }
    line += 1
    return .line
  }

  private mutating func quoted(from opening: Int) -> Cell {
    let start = opening + 1
    var index = start
    var lines = 0
    var hasDoubled = false
    while true {
      guard index < text.count, index - start <= Self.cellLimit else {
        return Cell(range: .empty, end: .file, problem: .unclosedQuote)
      }
      let byte = text[index]
      if byte == .quote {
        guard index + 1 < text.count, text[index + 1] == .quote else { break }
        hasDoubled = true
        index += 1
      } else if byte == .lineFeed {
        lines += 1
      } else if byte == .carriageReturn && !(index + 1 < text.count && text[index + 1] == .lineFeed) {
        lines += 1
      }
      index += 1
    }
    line += lines
    let range =
      hasDoubled ? undoubled(start..<index) : CellRange(start: start, length: index - start)
    offset = index + 1
    let isClean = skipRest()
    return Cell(range: range, end: finish(), problem: isClean ? nil : .textAfterQuote)
  }

  /// Skips to the end of the cell; whether only blanks lay there.
  private mutating func skipRest() -> Bool {
    var isClean = true
    while offset < text.count {
      let byte = text[offset]
      if byte == delimiter || byte == .lineFeed || byte == .carriageReturn { break }
      if byte != .space && byte != .tab { isClean = false }
      offset += 1
    }
    return isClean
  }

  private mutating func undoubled(_ range: Range<Int>) -> CellRange {
    let start = side.count
    var index = range.lowerBound
    while index < range.upperBound {
      side.append(text[index])
      index += text[index] == .quote ? 2 : 1
    }
    return CellRange(start: start, length: side.count - start, isAside: true)
  }
}
