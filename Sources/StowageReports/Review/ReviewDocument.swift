import StowageModel

/// The review in sections of sentences, tables and pictures, from which each format is made. Texts are
/// plain: every format escapes them for its language.
struct ReviewDocument {
  /// A part of the review.
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

  /// Rows that a table shows at most.
  static let rowLimit = 50

  let title: String
  let lead: String
  let cards: [Card]
  let sections: [Section]

  init(_ review: Review) {
    let parts = ReviewParts(review)
    title = "Capacity review"
    lead = parts.lead
    cards = parts.cards
    sections = [
      parts.summary, parts.waterfall, parts.overcommit, parts.loads, parts.profile, parts.outlook,
      parts.roomForMore, parts.failures, parts.rightSizing, parts.rules, parts.blockers, parts.whatIfs,
      parts.cost, parts.basis,
    ].compactMap { $0 }
  }

  /// The first rows of a table and a sentence on the rest.
  static func limited(
    _ caption: String, _ header: [String], numeric: Set<Int>, _ rows: [[String]]
  ) -> Block {
    let rest = rows.count - rowLimit
    return .table(
      Table(
        caption: caption, header: header, numeric: numeric, rows: Array(rows.prefix(rowLimit)),
        rest: rest > 0 ? "… and \(Units.count(rest)) more; review.json holds all." : nil))
  }
}
