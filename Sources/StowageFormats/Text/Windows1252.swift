/// The Windows code page of western Europe.
enum Windows1252 {
  /// What the bytes 0x80 to 0x9F stand for; the five that stand for nothing map to the control
  /// characters of the same number, as the WHATWG Encoding Standard has it.
  private static let upperControls: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// The UTF-8 bytes of the text that `bytes` stand for.
  static func decode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        let value = byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt32(byte)
        text.appendUTF8(value)
      }
    }
    return text
  }
}

extension [UInt8] {
  /// Appends the UTF-8 form of a Unicode scalar value (not a surrogate, at most 0x10FFFF).
  mutating func appendUTF8(_ value: UInt32) {
    precondition(value <= 0x10FFFF, "not a scalar value: \(value)")
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (value >> shift & 0x3F)) }
    switch value {
    case ..<0x80: append(UInt8(value))
    case ..<0x800: append(contentsOf: [UInt8(0xC0 | value >> 6), tail(0)])
    case ..<0x1_0000: append(contentsOf: [UInt8(0xE0 | value >> 12), tail(6), tail(0)])
    default: append(contentsOf: [UInt8(0xF0 | value >> 18), tail(12), tail(6), tail(0)])
    }
  }
}
