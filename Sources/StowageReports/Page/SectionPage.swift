import Mustache

/// A document in sections as one HTML page that refers to nothing outside itself.
struct SectionPage {
  private let document: SectionDocument

  /// The page of a document.
  init(_ document: SectionDocument) { self.document = document }

  /// The page.
  var html: String {
    Self.template.render(
      Page(
        styles: String(decoding: PackageResources.report_css, as: UTF8.self),
        patterns: WaterfallChart.patterns + TechniqueLook.patterns, title: document.title,
        subtitle: document.subtitle, lead: document.lead, cards: document.cards,
        sections: document.sections.map(Section.init), generator: document.generator))
  }

  private struct Page {
    let styles: String
    let patterns: String
    let title: String
    let subtitle: String
    let lead: String
    let cards: [SectionDocument.Card]
    let sections: [Section]
    let generator: String
  }

  private struct Section {
    let id: String
    let heading: String
    let note: String?
    let blocks: [Block]

    init(_ section: SectionDocument.Section) {
      id = section.id
      heading = section.title
      note = section.note
      blocks = section.blocks.map(Block.init)
    }
  }

  /// One of a list, a picture and a table.
  private struct Block {
    let items: [String]
    /// Stored, because templates see stored properties only.
    let hasItems: Bool
    let picture: Picture?
    let table: Table?

    init(_ block: SectionDocument.Block) {
      if case .list(let texts) = block { hasItems = !texts.isEmpty } else { hasItems = false }
      switch block {
      case .list(let texts): (items, picture, table) = (texts, nil, nil)
      case .picture(let caption, let markup):
        (items, picture, table) = ([], Picture(figcaption: caption, svg: markup), nil)
      case .table(let own): (items, picture, table) = ([], nil, Table(own))
      }
    }

  }

  private struct Picture {
    let figcaption: String
    let svg: String
  }

  private struct Table {
    let caption: String
    let header: [Cell]
    let rows: [Row]
    let rest: String?

    init(_ table: SectionDocument.Table) {
      caption = table.caption
      header = table.header.enumerated().map { Cell(text: $1, isNumber: table.numeric.contains($0)) }
      rows = table.rows.map { row in
        let cells = row.enumerated().map { Cell(text: $1, isNumber: table.numeric.contains($0)) }
        return Row(first: cells.first?.text ?? "", cells: Array(cells.dropFirst()))
      }
      rest = table.rest
    }
  }

  private struct Row {
    let first: String
    let cells: [Cell]
  }

  private struct Cell {
    let text: String
    let isNumber: Bool
  }

  /// Read once.
  private static let template = PageTemplate.read(
    PackageResources.sections_mustache, name: "sections.mustache")
}
