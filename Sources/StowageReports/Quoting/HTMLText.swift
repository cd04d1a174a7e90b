public import Mustache

/// Text for HTML and SVG, in elements and in quoted attributes.
///
/// Escaped byte by byte. The template engine's own escape works on grapheme clusters, and a
/// `"` followed by a combining mark is a cluster that is not `"`: it would pass, and close an
/// attribute. Templates therefore begin with `{{% CONTENT_TYPE:STOWAGE}}`, which selects this one.
public struct HTMLText: MustacheContentType {
  /// The name under which templates select this escape.
  static let contentTypeName = "STOWAGE"

  /// `text` with everything escaped that HTML or XML could take for its own, and everything
  /// invisible written as an escape.
  public static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 { append(byte, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A byte of UTF-8, escaped if it is one that HTML or XML could take for its own: those are all ASCII.
  static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "&"): bytes += "&amp;".utf8
    case UInt8(ascii: "<"): bytes += "&lt;".utf8
    case UInt8(ascii: ">"): bytes += "&gt;".utf8
    case UInt8(ascii: "\""): bytes += "&quot;".utf8
    case UInt8(ascii: "'"): bytes += "&#39;".utf8
    case UInt8(ascii: "`"): bytes += "&#96;".utf8
    default: bytes.append(byte)
    }
  }

  /// Called by the template engine for each `{{…}}`.
  public func escapeText(_ text: String) -> String {
    Self.escaped(VisibleText.line(text, limit: 2000))
  }
}
