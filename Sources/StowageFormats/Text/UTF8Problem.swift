/// The first thing in a byte sequence that is not UTF-8.
struct UTF8Problem {
  /// Where it is.
  var offset: Int
  /// The byte there.
  var byte: UInt8
  /// Whether a valid character is merely cut off by the end of the file.
  var isCutOff: Bool

  /// The first problem of `bytes`, or `nil` when all of them are UTF-8.
  static func first(in bytes: [UInt8]) -> UTF8Problem? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let range = error.byteOffsets
      let isCutOff = error.kind == .truncatedScalar && range.upperBound == bytes.count
      // One lone high byte at the end is more likely an accent of an old code page.
      let hasMultibyte = bytes.prefix(range.lowerBound).contains { $0 >= 0x80 } || range.count > 1
      return UTF8Problem(
        offset: range.lowerBound, byte: bytes[range.lowerBound], isCutOff: isCutOff && hasMultibyte)
    }
  }
}
