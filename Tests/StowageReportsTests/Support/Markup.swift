import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A crude reading of HTML: enough to count tags the way a browser would see them.
enum Markup {
  /// How often each tag is opened. A `<` opens a tag when a letter follows it.
  static func tags(of html: String) -> [String: Int] {
    var counts: [String: Int] = [:]
    let bytes = Array(html.utf8)
    for position in bytes.indices.dropLast()
    where bytes[position] == UInt8(ascii: "<") && isLetter(bytes[position + 1]) {
      let name = bytes[(position + 1)...].prefix {
        isLetter($0) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
      }
      counts[String(decoding: name, as: UTF8.self), default: 0] += 1
    }
    return counts
  }

  /// The pictures of a page.
  static func pictures(of html: String) -> [String] {
    html.components(separatedBy: "<svg").dropFirst().reduce(into: [(text: String, depth: Int)]()) {
      pictures, piece in
      // A picture may hold pictures: it ends when as many have been closed as were opened.
      let closes = piece.components(separatedBy: "</svg>").count - 1 + (isSelfClosed(piece) ? 1 : 0)
      if let last = pictures.last, last.depth > 0 {
        pictures[pictures.count - 1] = (last.text + "<svg" + piece, last.depth + 1 - closes)
      } else {
        pictures.append(("<svg" + piece, 1 - closes))
      }
    }.map { picture in
      let end = picture.text.range(of: "</svg>", options: .backwards)?.upperBound
      return end.map { String(picture.text[..<$0]) } ?? picture.text
    }
  }

  /// Whether `text` is well-formed XML.
  static func isWellFormed(_ text: String) -> Bool {
    XMLParser(data: Data(text.utf8)).parse()
  }

  private static func isSelfClosed(_ piece: String) -> Bool {
    piece.firstIndex(of: ">").map { piece[piece.index(before: $0)] == "/" } ?? false
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }
}
