extension SectionDocument {
  /// The document in Markdown, each line ended by a line break. Pictures are left out: each has its table.
  var markdown: String {
    func prose(_ text: String) -> String { MarkdownText.prose(text, limit: 2000) }
    var lines = ["# \(title)", "", prose(lead), ""]
    lines += cards.map { "- \(prose($0.label)): \(prose($0.figure)), \(prose($0.note))" }
    for section in sections {
      lines += ["", "## \(section.title)"]
      if let note = section.note { lines += ["", prose(note)] }
      for block in section.blocks {
        switch block {
        case .list(let texts): lines += [""] + texts.map { "- \(prose($0))" }
        case .picture: break
        case .table(let table):
          lines += ["", "**\(prose(table.caption))**", ""]
          lines.append("| \(table.header.map(prose).joined(separator: " | ")) |")
          let rules = table.header.indices.map { table.numeric.contains($0) ? "--:" : "---" }
          lines.append("|\(rules.joined(separator: "|"))|")
          lines += table.rows.map { "| \($0.map(prose).joined(separator: " | ")) |" }
          if let rest = table.rest { lines += ["", prose(rest)] }
        }
      }
    }
    return lines.map { "\($0)\n" }.joined()
  }
}
