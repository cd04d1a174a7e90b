extension JSONParser {
  /// The string that starts at the quote under way.
  mutating func string() throws(JSONProblem) -> String {
    if let range = try plainString() {
      return String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
    }
    return String(decoding: try escapedString(), as: UTF8.self)
  }

  /// The bytes between the quotes, when no escape is among them; otherwise `nil`, and nothing is
  /// consumed.
  mutating func plainString() throws(JSONProblem) -> Range<Int>? {
    let start = offset + 1
    var index = start
    var continuations = 0
    while index < text.count {
      let byte = text[index]
      if byte == .quote {
        offset = index + 1
        continuationBytes += continuations
        return start..<index
      }
      if byte == .backslash || byte < 0x20 { return nil }
      if byte & 0xC0 == 0x80 { continuations += 1 }
      index += 1
    }
    return nil
  }

  /// The bytes between the quotes, escapes undone.
  mutating func escapedString() throws(JSONProblem) -> [UInt8] {
    let opening = position
    var bytes: [UInt8] = []
    offset += 1
    while let byte {
      switch byte {
      case .quote:
        offset += 1
        return bytes
      case .backslash:
        try escape(into: &bytes)
      case ..<0x20:
        let code = String(byte, radix: 16)
        throw problem(
          byte == .lineFeed || byte == .carriageReturn
            ? "the text in quotes that starts in column \(opening.column) is not closed on its line"
            : "a control character (0x\(code)) stands inside of a text",
          remedy: "close the quotes, or write line breaks as \\n and other controls as \\u00\(code)")
      default:
        if byte & 0xC0 == 0x80 { continuationBytes += 1 }
        bytes.append(byte)
        offset += 1
      }
    }
    throw JSONProblem(
      position: position,
      summary: "the text ends within the quotes that open on line \(opening.line), column \(opening.column)",
      remedy: "export the file again, and copy all of it", isTruncation: true)
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(JSONProblem) {
    let start = position
    offset += 1
    guard let letter = byte else { return }
    offset += 1
    switch letter {
    case .quote, .backslash, UInt8(ascii: "/"): bytes.append(letter)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(.lineFeed)
    case UInt8(ascii: "r"): bytes.append(.carriageReturn)
    case UInt8(ascii: "t"): bytes.append(.tab)
    case UInt8(ascii: "u"): bytes.appendUTF8(try scalar(startingAt: start))
    default:
      throw problem(
        at: start,
        "a backslash is followed by something that it does not escape",
        remedy: "double the backslash if it is part of the text")
    }
  }

  /// The scalar of `XXXX`, or of `XXXX\uXXXX` when the first is half of a pair.
  private mutating func scalar(startingAt start: TextPosition) throws(JSONProblem) -> UInt32 {
    guard let high = hexQuad() else {
      throw problem(at: start, "\\u is not followed by four hexadecimal digits", remedy: "write four of them")
    }
    guard high & 0xF800 == 0xD800 else { return high }
    if high < 0xDC00, byte == .backslash, offset + 1 < text.count, text[offset + 1] == UInt8(ascii: "u") {
      offset += 2
      if let low = hexQuad(), low & 0xFC00 == 0xDC00 {
        return 0x1_0000 + (high - 0xD800) << 10 + (low - 0xDC00)
      }
    }
    throw problem(
      at: start,
      "\\u\(String(high, radix: 16)) is half of a surrogate pair",
      remedy: "write both halves, or the character itself")
  }

  private mutating func hexQuad() -> UInt32? {
    guard offset + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for index in offset..<offset + 4 {
      let byte = text[index].lowercasedASCII
      if byte.isDigit {
        value = value << 4 | UInt32(byte - 0x30)
      } else if byte &- 0x61 < 6 {
        value = value << 4 | UInt32(byte - 0x61 + 10)
      } else {
        return nil
      }
    }
    offset += 4
    return value
  }
}
