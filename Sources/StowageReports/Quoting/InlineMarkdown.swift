/// The inline Markdown that our own pages are made of, as HTML: code spans, `**`, `*`, escapes, entities,
/// and the `code` element that ``MarkdownText/code(_:limit:)`` falls back on. Everything else is text.
///
/// Read byte by byte: all that means something is ASCII, and no byte of another character is.
struct InlineMarkdown {
  private let bytes: [UInt8]
  private var position = 0
  private var markup: [UInt8] = []
  private var isStrong = false
  private var isEmphasised = false

  /// The text as HTML, with every element closed that it opens.
  static func html(_ text: String) -> String {
    var reader = InlineMarkdown(text)
    reader.read()
    return String(decoding: reader.markup, as: UTF8.self)
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    markup.reserveCapacity(bytes.count + 32)
  }

  private mutating func read() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\") where position + 1 < bytes.count:
        HTMLText.append(bytes[position + 1], to: &markup)
        position += 2
      case UInt8(ascii: "`"): readCode()
      case UInt8(ascii: "*"): readEmphasis()
      case UInt8(ascii: "<"): readTag()
      case UInt8(ascii: "&"): readEntity()
      case let byte:
        HTMLText.append(byte, to: &markup)
        position += 1
      }
    }
    if isEmphasised { markup += "</em>".utf8 }
    if isStrong { markup += "</strong>".utf8 }
  }

  /// A code span: as many backticks at its end as at its start.
  private mutating func readCode() {
    let start = position
    while position < bytes.count, bytes[position] == UInt8(ascii: "`") { position += 1 }
    let width = position - start
    guard let end = codeEnd(from: position, width: width) else {
      for _ in 0..<width { markup += "&#96;".utf8 }
      return
    }
    var content = bytes[position..<(end - width)]
    if content.count > 2, content.first == UInt8(ascii: " "), content.last == UInt8(ascii: " ") {
      content = content.dropFirst().dropLast()
    }
    markup += "<code>".utf8
    for byte in content { HTMLText.append(byte, to: &markup) }
    markup += "</code>".utf8
    position = end
  }

  /// Where a run of exactly `width` backticks ends.
  private func codeEnd(from start: Int, width: Int) -> Int? {
    var run = 0
    for index in start..<bytes.count {
      run = bytes[index] == UInt8(ascii: "`") ? run + 1 : 0
      let isLast = index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "`")
      if run == width, isLast { return index + 1 }
    }
    return nil
  }

  private mutating func readEmphasis() {
    if bytes[position...].starts(with: "**".utf8) {
      markup += (isStrong ? "</strong>" : "<strong>").utf8
      isStrong.toggle()
      position += 2
    } else {
      markup += (isEmphasised ? "</em>" : "<em>").utf8
      isEmphasised.toggle()
      position += 1
    }
  }

  private mutating func readTag() {
    for tag in ["<code>", "</code>"] where bytes[position...].starts(with: tag.utf8) {
      markup += tag.utf8
      position += tag.utf8.count
      return
    }
    markup += "&lt;".utf8
    position += 1
  }

  /// An entity such as `&lt;` or `&#124;` stays one, any other `&` is text.
  private mutating func readEntity() {
    let body = bytes[(position + 1)...].prefix(9).prefix(while: Self.isInEntity)
    let end = body.endIndex
    if !body.isEmpty, end < bytes.count, end < position + 10, bytes[end] == UInt8(ascii: ";") {
      markup += bytes[position...end]
      position = end + 1
    } else {
      markup += "&amp;".utf8
      position += 1
    }
  }

  private static func isInEntity(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
