/// Workbooks write characters that XML cannot hold as `_x000D_` (ECMA-376 part 1, ST_Xstring).
enum EscapedText {
  /// The text with its escapes undone; those of NUL and of surrogates stay as they are.
  static func undo(_ text: [UInt8]) -> [UInt8] {
    guard let first = nextEscape(in: text, from: 0) else { return text }
    var plain = Array(text[..<first.offset])
    var escape: (offset: Int, value: UInt32)? = first
    var offset = first.offset
    while let found = escape {
      plain.append(contentsOf: text[offset..<found.offset])
      plain.appendUTF8(found.value)
      offset = found.offset + length
      escape = nextEscape(in: text, from: offset)
    }
    return plain + text[offset...]
  }

  /// The length of `_x000D_`.
  private static let length = 7

  private static func nextEscape(in text: [UInt8], from start: Int) -> (offset: Int, value: UInt32)? {
    guard text.count >= length else { return nil }
    for offset in start..<max(start, text.count - length + 1)
    where text[offset] == UInt8(ascii: "_") && text[offset + 1] == UInt8(ascii: "x") {
      if let value = value(text[offset..<offset + length]) { return (offset, value) }
    }
    return nil
  }

  private static func value(_ escape: ArraySlice<UInt8>) -> UInt32? {
    let digits = escape.dropFirst(2).dropLast()
    guard escape.last == UInt8(ascii: "_"),
      digits.allSatisfy({ $0.isDigit || $0.lowercasedASCII &- 0x61 < 6 }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      value != 0, Unicode.Scalar(value) != nil
    else { return nil }
    return value
  }
}
