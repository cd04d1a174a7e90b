/// A document in blocks, whose texts are inline Markdown of ours: names in them are quoted by
/// ``MarkdownText``. It can be had as Markdown and as HTML.
struct RunbookDocument {
  /// A piece of the document.
  enum Block {
    /// A heading of a level from 1 on.
    case heading(String, level: Int)
    /// A paragraph.
    case paragraph(String)
    /// A list, with boxes to tick if it is a checklist.
    case list([String], isChecklist: Bool)
    /// A table.
    case table(header: [String], rows: [[String]])
    /// Commands, as they are.
    case commands([String])
  }

  /// The blocks, in order.
  private(set) var blocks: [Block] = []
  /// The language of commands.
  let dialect: RunbookDialect

  /// A document whose commands are in a language.
  init(dialect: RunbookDialect) { self.dialect = dialect }

  mutating func heading(_ text: String, level: Int) { blocks.append(.heading(text, level: level)) }

  mutating func paragraph(_ text: String) { blocks.append(.paragraph(text)) }

  mutating func list(_ items: [String], isChecklist: Bool = false) {
    if !items.isEmpty { blocks.append(.list(items, isChecklist: isChecklist)) }
  }

  mutating func table(header: [String], rows: [[String]]) {
    blocks.append(.table(header: header, rows: rows))
  }

  /// A part of a step: title and notes as one paragraph, commands as a block.
  mutating func part(_ part: RunbookPart) {
    let notes = part.notes.joined(separator: " ")
    paragraph(notes.isEmpty ? "**\(part.title).**" : "**\(part.title).** \(notes)")
    let commands = dialect.lines(part.actions)
    if !commands.isEmpty { blocks.append(.commands(commands)) }
  }

  /// The document in Markdown, each line ended by a line break.
  var markdown: String {
    var lines: [String] = []
    for block in blocks {
      if !lines.isEmpty { lines.append("") }
      switch block {
      case .heading(let text, let level): lines.append("\(String(repeating: "#", count: level)) \(text)")
      case .paragraph(let text): lines.append(text)
      case .list(let items, let isChecklist): lines += items.map { isChecklist ? "- [ ] \($0)" : "- \($0)" }
      case .table(let header, let rows):
        lines.append("| \(header.joined(separator: " | ")) |")
        lines.append("|\(header.map { _ in "---" }.joined(separator: "|"))|")
        lines += rows.map { "| \($0.joined(separator: " | ")) |" }
      case .commands(let commands): lines += MarkdownText.block(commands, language: dialect.fence)
      }
    }
    return lines.map { "\($0)\n" }.joined()
  }
}
