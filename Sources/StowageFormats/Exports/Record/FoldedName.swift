/// Compares names by their letters and digits alone, whatever their case.
///
/// One platform writes `Memory MB`, `memory_mb` and `MemoryMB` for the same thing, depending on the
/// tool and its version.
enum FoldedName {
  /// The letters and digits of a name in lower case.
  static func of(_ name: String) -> String {
    String(decoding: name.utf8.lazy.filter(isKept).map(\.lowercasedASCII), as: UTF8.self)
  }

  /// Whether two names have the same letters and digits.
  static func equal(_ left: String, _ right: String) -> Bool {
    var left = left.utf8.makeIterator()
    var right = right.utf8.makeIterator()
    while true {
      let a = next(&left)
      guard a == next(&right) else { return false }
      if a == nil { return true }
    }
  }

  private static func next(_ bytes: inout String.UTF8View.Iterator) -> UInt8? {
    while let byte = bytes.next() {
      if isKept(byte) { return byte.lowercasedASCII }
    }
    return nil
  }

  /// Letters of other scripts are kept as they are.
  private static func isKept(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.lowercasedASCII &- 0x61 < 26 || byte >= 0x80
  }
}
