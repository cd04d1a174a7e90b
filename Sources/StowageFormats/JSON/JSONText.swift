/// Text as a JSON string.
enum JSONText {
  /// Appends `text` in double quotes.
  ///
  /// Besides what JSON demands, it escapes delete and the C1 controls (terminals obey them), U+2028
  /// and U+2029 (JavaScript before 2019 ends lines at them) and `<` (so that neither `</script>` nor
  /// `<!--` can appear inside an HTML page).
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(.quote)
    var text = text
    text.withUTF8 { buffer in
      if buffer.allSatisfy({ isPlain($0) }) {
        bytes.append(contentsOf: buffer)
      } else {
        for scalar in String(decoding: buffer, as: UTF8.self).unicodeScalars { append(scalar, to: &bytes) }
      }
    }
    bytes.append(.quote)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != .quote && byte != .backslash && byte != UInt8(ascii: "<")
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes.append(contentsOf: "\\\"".utf8)
    case "\\": bytes.append(contentsOf: "\\\\".utf8)
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "<":
      let digits = String(scalar.value, radix: 16)
      bytes.append(contentsOf: "\\u".utf8)
      bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
      bytes.append(contentsOf: digits.utf8)
    default:
      bytes.appendUTF8(scalar.value)
    }
  }
}
