/// Where the text of one cell lies, packed into eight bytes: a table of 100000 rows and 25 columns
/// has 2.5 million of them.
struct CellRange {
  /// Bits 0–23 length, 24 side buffer, 25 typed number, 26–63 start.
  private let packed: UInt64

  /// The longest cell that can be described, in bytes.
  static let lengthLimit = 1 << 24 - 1

  /// A cell without text.
  static let empty = CellRange(start: 0, length: 0)

  init(start: Int, length: Int, isAside: Bool = false, isTypedNumber: Bool = false) {
    packed =
      UInt64(truncatingIfNeeded: start) << 26 | UInt64(truncatingIfNeeded: length)
      | (isAside ? 1 << 24 : 0) | (isTypedNumber ? 1 << 25 : 0)
  }

  /// Index of the first byte.
  var start: Int { Int(packed >> 26) }
  /// Number of bytes.
  var length: Int { Int(packed & 0xFF_FFFF) }
  /// Whether the text lies in the side buffer: cells of a CSV file whose doubled quotes were
  /// undone, and the shared strings of a workbook.
  var isAside: Bool { packed & (1 << 24) != 0 }
  /// Whether a workbook says that this is a number: its decimal sign is a dot, whatever the locale.
  var isTypedNumber: Bool { packed & (1 << 25) != 0 }
}
