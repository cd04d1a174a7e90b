/// A line and a column, both from 1; columns count Unicode scalars.
public struct TextPosition: Hashable, Sendable {
  /// The line.
  public var line: Int
  /// The column.
  public var column: Int

  /// A position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The position of the byte at `offset` of UTF-8 `bytes`. Lines end with LF, CRLF or CR.
  init(of offset: Int, in bytes: [UInt8]) {
    line = 1
    column = 1
    advance(over: bytes.prefix(offset))
  }

  /// Moves past UTF-8 that starts where nothing of a line end comes before.
  mutating func advance(over bytes: some Sequence<UInt8>) {
    var previous: UInt8 = 0
    for byte in bytes {
      advance(over: byte, after: previous)
      previous = byte
    }
  }

  /// Moves past one byte of UTF-8.
  private mutating func advance(over byte: UInt8, after previous: UInt8) {
    if byte == .lineFeed && previous == .carriageReturn { return }
    if byte == .lineFeed || byte == .carriageReturn {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }
}
