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
    return Templates.page.render(
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

  private enum Templates {
    static let page: MustacheTemplate = {
      MustacheContentTypes.register(HTMLText(), named: HTMLText.contentTypeName)
      do {
        return try MustacheTemplate(
          string: String(decoding: PackageResources.runbook_mustache, as: UTF8.self))
      } catch {
        preconditionFailure("runbook.mustache: \(error)")
      }
    }()
  }
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

/// The inline Markdown that our own pages are made of, as HTML: code spans, `**`, `*`, escapes, entities,
/// and the `code` element that ``MarkdownText/code(_:limit:)`` falls back on. Everything else is text.
enum InlineMarkdown {
  static func html(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var position = 0
    var isStrong = false
    var isEmphasised = false
    while position < scalars.count {
      let scalar = scalars[position]
      switch scalar {
      case "\\" where position + 1 < scalars.count:
        result += HTMLText.escaped(String(scalars[position + 1]))
        position += 2
      case "`":
        position = appendCode(scalars, from: position, to: &result)
      case "*":
        if position + 1 < scalars.count, scalars[position + 1] == "*" {
          result += isStrong ? "</strong>" : "<strong>"
          isStrong.toggle()
          position += 2
        } else {
          result += isEmphasised ? "</em>" : "<em>"
          isEmphasised.toggle()
          position += 1
        }
      case "<":
        if let tag = ["<code>", "</code>"].first(where: { starts(scalars, position, with: $0) }) {
          result += tag
          position += tag.unicodeScalars.count
        } else {
          result += "&lt;"
          position += 1
        }
      case "&":
        if let end = entityEnd(scalars, position) {
          result.unicodeScalars.append(contentsOf: scalars[position...end])
          position = end + 1
        } else {
          result += "&amp;"
          position += 1
        }
      default:
        result += HTMLText.escaped(String(scalar))
        position += 1
      }
    }
    return result + (isEmphasised ? "</em>" : "") + (isStrong ? "</strong>" : "")
  }

  /// A code span: as many backticks at its end as at its start.
  private static func appendCode(
    _ scalars: [Unicode.Scalar], from start: Int, to result: inout String
  ) -> Int {
    var open = start
    while open < scalars.count, scalars[open] == "`" { open += 1 }
    let width = open - start
    var close = open
    var run = 0
    while close < scalars.count {
      run = scalars[close] == "`" ? run + 1 : 0
      close += 1
      if run == width, close == scalars.count || scalars[close] != "`" {
        var content = Array(scalars[open..<(close - width)])
        if content.count > 2, content.first == " ", content.last == " " {
          content = Array(content.dropFirst().dropLast())
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: content)
        result += "<code>\(HTMLText.escaped(text))</code>"
        return close
      }
    }
    result += String(repeating: "&#96;", count: width)
    return open
  }

  private static func starts(_ scalars: [Unicode.Scalar], _ position: Int, with text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    return position + wanted.count <= scalars.count
      && Array(scalars[position..<(position + wanted.count)]) == wanted
  }

  /// Where an entity such as `&lt;` or `&#124;` ends.
  private static func entityEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    for position in (start + 1)..<min(scalars.count, start + 10) {
      let scalar = scalars[position]
      if scalar == ";" { return position > start + 1 ? position : nil }
      guard scalar.isASCII,
        scalar == "#" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      else { return nil }
    }
    return nil
  }
}
