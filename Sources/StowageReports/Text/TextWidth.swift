/// Width of text in terminal cells.
enum TextWidth {
  /// Cells that `text` takes: East Asian wide characters and pictographs two, combining marks none.
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + cells($1) }
  }

  /// `text` cut to `cells` cells, the last of them `…` if something is cut off.
  static func cut(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    var result = ""
    var used = 0
    for scalar in text.unicodeScalars {
      let width = cells(scalar)
      if used + width > limit - 1 { break }
      used += width
      result.unicodeScalars.append(scalar)
    }
    return result + "…"
  }

  /// `text` cut to `limit` cells in its middle: `host-0…0117`.
  static func shortened(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    var tail: [Unicode.Scalar] = []
    var used = 0
    for scalar in text.unicodeScalars.reversed() {
      let width = cells(scalar)
      if used + width > limit / 2 { break }
      used += width
      tail.append(scalar)
    }
    return cut(text, to: limit - used) + String(String.UnicodeScalarView(tail.reversed()))
  }

  /// `text` broken between words into lines of at most `limit` cells, longer words excepted.
  static func wrapped(_ text: String, to limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, of(line) + 1 + of(String(word)) > limit {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return lines + [line]
  }

  /// `text` filled with blanks to `width` cells.
  static func padded(_ text: String, to width: Int, rightAligned: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - of(text)))
    return rightAligned ? blanks + text : text + blanks
  }

  private static func cells(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide(scalar.value) ? 2 : 1
    }
  }

  /// The blocks of Unicode Standard Annex 11 whose characters are wide.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff,
      0x20000...0x3fffd:
      true
    default: false
    }
  }
}
