/// Lines of a Markdown document. Texts come in as Markdown, one line each.
struct MarkdownPage {
  private var lines: [String] = []

  /// The document, each line ended by a line break.
  var text: String { lines.map { "\($0)\n" }.joined() }

  /// A heading of a level from 1 on.
  mutating func heading(_ text: String, level: Int) {
    separate()
    lines.append("\(String(repeating: "#", count: level)) \(text)")
  }

  /// A paragraph.
  mutating func paragraph(_ text: String) {
    separate()
    lines.append(text)
  }

  /// A list, with boxes to tick if it is a checklist.
  mutating func list(_ items: [String], isChecklist: Bool = false) {
    guard !items.isEmpty else { return }
    separate()
    lines += items.map { isChecklist ? "- [ ] \($0)" : "- \($0)" }
  }

  /// A table.
  mutating func table(header: [String], rows: [[String]]) {
    separate()
    lines.append("| \(header.joined(separator: " | ")) |")
    lines.append("|\(header.map { _ in "---" }.joined(separator: "|"))|")
    lines += rows.map { "| \($0.joined(separator: " | ")) |" }
  }

  /// A part of a step: title and notes as one paragraph, commands as a block.
  mutating func part(_ part: RunbookPart) {
    let notes = part.notes.joined(separator: " ")
    paragraph(notes.isEmpty ? "**\(part.title).**" : "**\(part.title).** \(notes)")
    guard !part.commands.isEmpty else { return }
    separate()
    lines += MarkdownText.shellBlock(part.commands)
  }

  private mutating func separate() {
    if !lines.isEmpty { lines.append("") }
  }
}
