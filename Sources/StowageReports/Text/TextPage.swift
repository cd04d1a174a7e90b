/// Lines of text for a terminal, put together section by section.
struct TextPage {
  /// The look.
  let style: TextStyle
  /// Cells of a line; running text is wrapped there.
  let width: Int
  private(set) var lines: [String] = []

  init(style: TextStyle, width: Int) {
    self.style = style
    self.width = max(40, width)
  }

  /// The page with a line break at the end of each line.
  var text: String { lines.map { "\($0)\n" }.joined() }

  /// Starts a section: an empty line and a heading.
  mutating func section(_ heading: String, as role: TextStyle.Role = .heading) {
    if !lines.isEmpty { lines.append("") }
    lines.append(style.paint(heading, as: role))
  }

  /// Adds lines as they are.
  mutating func add(_ more: [String]) {
    lines += more
  }

  /// Adds a line as it is.
  mutating func add(_ line: String) {
    lines.append(line)
  }

  /// Adds running text, wrapped between words; the lines after the first are indented further.
  mutating func paragraph(_ text: String, indent: Int = 0, hanging: Int = 0) {
    // Wrapping to the narrower lines after the first would waste room on the first: its own words
    // are taken off, and the rest is wrapped by itself.
    let first = TextWidth.wrapped(text, to: width - indent)[0]
    lines.append(String(repeating: " ", count: indent) + first)
    let rest = text.split(separator: " ").dropFirst(first.split(separator: " ").count).joined(separator: " ")
    guard !rest.isEmpty else { return }
    let margin = String(repeating: " ", count: indent + hanging)
    lines += TextWidth.wrapped(rest, to: width - indent - hanging).map { margin + $0 }
  }

  /// Adds one item of a list, with a mark before it.
  mutating func item(_ text: String, mark: String = "-") {
    paragraph("\(mark) \(text)", indent: 2, hanging: TextWidth.of(mark) + 1)
  }

  /// Adds items, and the count of those beyond `limit`.
  mutating func items(_ texts: [String], limit: Int, rest: String) {
    for text in texts.prefix(limit) { item(text) }
    if texts.count > limit { item("… and \(Units.count(texts.count - limit)) \(rest)") }
  }
}
