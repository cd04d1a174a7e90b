/// A line and a column, both from 1; columns count Unicode scalars.
public struct TextPosition: Hashable, Sendable {
  // A tree of millions of values has a position for each: half the width is enough for 4 GiB.
  private var line32: UInt32
  private var column32: UInt32

  /// The line.
  public var line: Int { Int(line32) }
  /// The column.
  public var column: Int { Int(column32) }

  /// A position.
  public init(line: Int, column: Int) {
    line32 = UInt32(clamping: line)
    column32 = UInt32(clamping: column)
  }

  /// The position of the byte at `offset` of UTF-8 `bytes`. Lines end with LF, CRLF or CR.
  init(of offset: Int, in bytes: [UInt8]) {
    self.init(line: 1, column: 1)
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
      line32 += 1
      column32 = 1
    } else if byte & 0xC0 != 0x80 {
      column32 += 1
    }
  }
}
