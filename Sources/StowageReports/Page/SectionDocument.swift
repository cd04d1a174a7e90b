/// A document in sections of sentences, tables and pictures, from which each format is made. Texts are
/// plain: every format escapes them for its language.
struct SectionDocument {
  /// A part of the document.
  struct Section {
    let id: String
    let title: String
    var note: String?
    var blocks: [Block] = []
  }

  /// A piece of a section.
  enum Block {
    /// Sentences, one an item.
    case list([String])
    /// A table.
    case table(Table)
    /// A picture; the table of the same figures comes next to it.
    case picture(caption: String, markup: String)
  }

  /// A table of plain texts; columns of numbers are set to the right.
  struct Table {
    /// Rows that a table shows at most.
    static let rowLimit = 50

    let caption: String
    let header: [String]
    /// Which columns hold numbers.
    let numeric: Set<Int>
    let rows: [[String]]
    /// What was left out, counted.
    var rest: String?
  }

  /// A figure for the top of the page.
  struct Card {
    let label: String
    let figure: String
    let note: String
  }

  let title: String
  let subtitle: String
  let lead: String
  let cards: [Card]
  let sections: [Section]
  /// The program and its version.
  let generator: String
}

extension SectionDocument.Block {
  /// The first rows of a table, and a sentence on the rest, all of which a file holds.
  static func rows(
    _ caption: String, _ header: [String], numeric: Set<Int> = [], _ rows: [[String]],
    allIn file: String = "review.json"
  ) -> Self {
    let rest = rows.count - SectionDocument.Table.rowLimit
    return .table(
      SectionDocument.Table(
        caption: caption, header: header, numeric: numeric,
        rows: Array(rows.prefix(SectionDocument.Table.rowLimit)),
        rest: rest > 0 ? "… and \(Units.count(rest)) more; \(file) holds all." : nil))
  }
}
