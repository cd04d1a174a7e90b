import StowageDiagnostics

extension JSONParser {
  /// A problem at `start`, or at the next byte.
  func problem(at start: TextPosition? = nil, _ summary: String, remedy: String) -> JSONProblem {
    JSONProblem(position: start ?? position, summary: summary, remedy: remedy)
  }

  /// The next byte is not what must stand here; the remedy knows what people write by habit.
  func unexpected(_ expected: String) -> JSONProblem {
    guard let byte else {
      return JSONProblem(
        position: position, summary: "the text ends where \(expected) must follow",
        remedy: "export the file again, and copy all of it", isTruncation: true)
    }
    return problem("\(expected) must stand here, and \(found) does", remedy: habit(byte))
  }

  /// The word or character at the next byte, quoted.
  private var found: String {
    let rest = UnsafeBufferPointer(rebasing: text[offset..<min(text.count, offset + 80)])
    let word = rest.prefix { $0.lowercasedASCII &- 0x61 < 26 || $0.isDigit || $0 == UInt8(ascii: "_") }
    if !word.isEmpty { return Diagnostic.quoted(String(decoding: word, as: UTF8.self), limit: 20) }
    return Diagnostic.quoted(String(String(decoding: rest, as: UTF8.self).prefix(1)))
  }

  private func habit(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "'"): "write double quotes"
    case UInt8(ascii: "/"), UInt8(ascii: "#"): "remove the comment: JSON has none"
    case UInt8(ascii: "N"), UInt8(ascii: "I"): "write null for a number that is not known"
    case UInt8(ascii: "T"), UInt8(ascii: "F"): "write true or false in lower case"
    case UInt8(ascii: "+"), .dot: "write numbers as 0.5, without a plus sign"
    default: "check the line above for a missing comma or quote"
    }
  }
}
