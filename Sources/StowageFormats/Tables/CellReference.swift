/// The name of a cell in a sheet, such as `F12`.
struct CellReference: Hashable, CustomStringConvertible {
  /// The row, from 1.
  var row: Int
  /// The column, from 0.
  var column: Int

  /// The widest sheet that spreadsheets allow, in columns (XFD).
  static let columnLimit = 16_384
  /// The longest sheet that spreadsheets allow, in rows.
  static let rowLimit = 1_048_576

  /// A cell by its row from 1 and its column from 0.
  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads `F12`; `nil` when the text is no reference or lies outside of any sheet.
  init?(_ text: some Sequence<UInt8>) {
    var letters = 0
    var digits = 0
    for byte in text {
      if byte.lowercasedASCII &- UInt8(ascii: "a") < 26 && digits == 0 {
        letters = letters * 26 + Int(byte.lowercasedASCII - UInt8(ascii: "a")) + 1
      } else if byte.isDigit && letters > 0 {
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
      } else {
        return nil
      }
      guard letters <= Self.columnLimit, digits <= Self.rowLimit else { return nil }
    }
    guard letters > 0, digits > 0 else { return nil }
    row = digits
    column = letters - 1
  }

  /// The column as letters: A, Z, AA.
  var columnLetters: String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  var description: String { "\(columnLetters)\(row)" }
}
