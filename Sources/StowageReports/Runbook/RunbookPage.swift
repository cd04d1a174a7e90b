import Mustache
import StowageModel

/// `runbook.html`: the runbook as one page that refers to nothing outside itself, to be printed or worked
/// through on a screen.
struct RunbookPage {
  let runbook: Runbook
  let guide: any RunbookGuide

  init(_ runbook: Runbook, guide: any RunbookGuide) {
    self.runbook = runbook
    self.guide = guide
  }

  /// The page.
  var html: String {
    let document = runbook.document
    let entries = runbook.figures.waves.prefix(60).map { wave in
      Entry(anchor: "wave-\(wave.number)", label: "Wave \(wave.number)")
    }
    return Self.template.render(
      Page(
        styles: String(decoding: PackageResources.report_css, as: UTF8.self),
        title: runbook.scriptName, isVerified: runbook.input.isVerified, entries: entries,
        body: document.blocks.map { HTMLBlock($0).markup }.joined()))
  }

  private struct Page {
    let styles: String
    let title: String
    let isVerified: Bool
    let entries: [Entry]
    let body: String
  }

  private struct Entry {
    let anchor: String
    let label: String
  }

  /// Read once.
  private static let template = PageTemplate.read(PackageResources.runbook_mustache, name: "runbook.mustache")
}

/// A block of a runbook as HTML.
private struct HTMLBlock {
  let markup: String

  init(_ block: RunbookDocument.Block) {
    switch block {
    case .heading(let text, let level):
      let anchor = text.hasPrefix("Wave ") ? text.dropFirst(5).prefix { $0 != ":" } : ""
      let id = anchor.isEmpty ? "" : " id=\"wave-\(HTMLText.escaped(String(anchor)))\""
      markup = "<h\(level)\(id)>\(InlineMarkdown.html(text))</h\(level)>\n"
    case .paragraph(let text): markup = "<p>\(InlineMarkdown.html(text))</p>\n"
    case .list(let items, let isChecklist):
      let box = isChecklist ? "<span class=\"box\" aria-hidden=\"true\"></span>" : ""
      let rows = items.map { "<li>\(box)\(InlineMarkdown.html($0))</li>\n" }.joined()
      markup = "<ul\(isChecklist ? " class=\"checks\"" : "")>\n\(rows)</ul>\n"
    case .table(let header, let rows):
      let head = header.map { "<th scope=\"col\">\(InlineMarkdown.html($0))</th>" }.joined()
      let body = rows.map { row in
        "<tr>\(row.map { "<td>\(InlineMarkdown.html($0))</td>" }.joined())</tr>\n"
      }.joined()
      markup =
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n"
        + "<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody></table></div>\n"
    case .commands(let lines):
      let text = lines.map(HTMLText.escaped).joined(separator: "\n")
      markup = "<pre tabindex=\"0\"><code>\(text)</code></pre>\n"
    }
  }
}
