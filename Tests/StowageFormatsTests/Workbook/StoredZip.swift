/// Makes zip archives for tests: parts are stored as they are, or given packed.
struct StoredZip {
  /// One part of an archive.
  struct Part {
    var name: String
    var bytes: [UInt8]
    /// The bytes as they lie in the archive, when they are packed by deflate.
    var packed: [UInt8]?
    /// Whether the archive says that the part is encrypted.
    var isEncrypted = false
    /// A checksum that is not that of the bytes, for damaged archives.
    var checksum: UInt32?
  }

  var parts: [Part] = []

  mutating func add(_ name: String, _ text: String) {
    parts.append(Part(name: name, bytes: Array(text.utf8)))
  }

  /// The archive: local headers and contents, then the central directory and its end (PKWARE
  /// APPNOTE sections 4.3.7, 4.3.12 and 4.3.16).
  func archive() -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let fields = Self.fields(part)
      directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + fields + Self.number(0, 10)
      directory += Self.number(UInt64(bytes.count), 4) + Array(part.name.utf8)
      bytes += Self.number(0x0403_4B50, 4) + fields + Array(part.name.utf8) + (part.packed ?? part.bytes)
    }
    let count = Self.number(UInt64(parts.count), 2)
    let end =
      Self.number(0x0605_4B50, 4) + Self.number(0, 4) + count + count
      + Self.number(UInt64(directory.count), 4)
      + Self.number(UInt64(bytes.count), 4) + Self.number(0, 2)
    return bytes + directory + end
  }

  /// What the local header and the central directory have in common.
  private static func fields(_ part: Part) -> [UInt8] {
    let content = part.packed ?? part.bytes
    return number(20, 2) + number(part.isEncrypted ? 1 : 0, 2) + number(part.packed == nil ? 0 : 8, 2)
      + number(0, 4)
      + number(UInt64(part.checksum ?? checksum(part.bytes)), 4) + number(UInt64(content.count), 4)
      + number(UInt64(part.bytes.count), 4) + number(UInt64(part.name.utf8.count), 2) + number(0, 2)
  }

  private static func number(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// CRC-32 as zip uses it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = UInt32.max
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
    }
    return ~checksum
  }

  /// `count` spaces packed by deflate: one literal, then copies of 258 bytes from one byte back, 13
  /// bits each (RFC 1951 section 3.2.6, fixed codes). `count` − 1 must be a multiple of 258.
  static func packedSpaces(_ count: Int) -> [UInt8] {
    var bits: [UInt8] = [1, 1, 0]
    func code(_ value: Int, _ width: Int) { bits += (0..<width).reversed().map { UInt8(value >> $0 & 1) } }
    code(0x30 + 0x20, 8)
    for _ in 0..<(count - 1) / 258 {
      code(0b1100_0101, 8)
      code(0, 5)
    }
    code(0, 7)
    return stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<min(bits.count, start + 8)].enumerated().reduce(0) { $0 | $1.element << UInt8($1.offset) }
    }
  }
}
