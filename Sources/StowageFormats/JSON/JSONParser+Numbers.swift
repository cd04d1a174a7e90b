extension JSONParser {
  /// The number that starts with the byte under way.
  mutating func number() throws(JSONProblem) -> JSONNumber {
    let start = position
    let startOffset = offset
    if byte == UInt8(ascii: "-") { offset += 1 }
    let hasLeadingZero = byte == UInt8(ascii: "0")
    let wholeDigits = skipDigits()
    if wholeDigits == 0 || hasLeadingZero && wholeDigits > 1 {
      throw problem(at: start, "this is no number", remedy: "write it as 12.5, without leading zeros")
    }
    let fractionDigits = try fraction(start)
    let hasExponent = try exponent(start)
    let bytes = UnsafeBufferPointer(rebasing: text[startOffset..<offset])
    let text = String(decoding: bytes, as: UTF8.self)
    if !hasExponent && wholeDigits + fractionDigits <= 15 {
      return JSONNumber(Self.short(bytes, fractionDigits), text: text)
    }
    guard let value = Double(text), value.isFinite else {
      throw problem(at: start, "this number is too large", remedy: "write a number below 1e308, or null")
    }
    return JSONNumber(value, text: text)
  }

  /// Digits that a `Double` holds exactly.
  private static func short(_ bytes: UnsafeBufferPointer<UInt8>, _ fractionDigits: Int) -> Double {
    var digits = 0
    for byte in bytes where byte.isDigit { digits = digits * 10 + Int(byte &- 0x30) }
    let value = DecimalText.value(digits: digits, fractionDigits: fractionDigits)
    return bytes[0] == UInt8(ascii: "-") ? -value : value
  }

  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte, byte.isDigit { offset += 1 }
    return offset - start
  }

  private mutating func fraction(_ start: TextPosition) throws(JSONProblem) -> Int {
    guard byte == .dot else { return 0 }
    offset += 1
    let count = skipDigits()
    guard count > 0 else {
      throw problem(at: start, "the decimal point is not followed by a digit", remedy: "write 12.0 or 12")
    }
    return count
  }

  private mutating func exponent(_ start: TextPosition) throws(JSONProblem) -> Bool {
    guard byte?.lowercasedASCII == UInt8(ascii: "e") else { return false }
    offset += 1
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { offset += 1 }
    guard skipDigits() > 0 else {
      throw problem(at: start, "the exponent has no digits", remedy: "write it as 1e9")
    }
    return true
  }

  /// Whether the whole of a text is a JSON number.
  static func isNumber(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var parser = JSONParser(bytes)
      return (try? parser.number()) != nil && parser.byte == nil
    }
  }
}
