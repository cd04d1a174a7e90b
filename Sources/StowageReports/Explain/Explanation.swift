/// Why something is as a plan has it: a headline, and facts under headings.
public struct Explanation: Hashable, Sendable {
  /// Facts of one kind.
  public struct Section: Hashable, Sendable {
    /// The key for programs, in snake_case.
    public var key: String
    /// The heading for people.
    public var heading: String
    /// One sentence each.
    public var facts: [String]

    /// A section.
    public init(_ key: String, _ heading: String, _ facts: [String]) {
      self.key = key
      self.heading = heading
      self.facts = facts
    }
  }

  /// `vm` or `host`.
  public var kind: String
  /// Which.
  public var id: String
  /// The answer in one sentence.
  public var headline: String
  /// The rest; empty sections are left out.
  public var sections: [Section]

  /// An explanation of its parts.
  public init(kind: String, id: String, headline: String, sections: [Section]) {
    self.kind = kind
    self.id = id
    self.headline = headline
    self.sections = sections.filter { !$0.facts.isEmpty }
  }

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section("\(kind == "vm" ? "VM" : "Host") \(VisibleText.name(id))")
    page.paragraph(VisibleText.line(headline, limit: 1000), indent: 2)
    for section in sections {
      page.section(section.heading)
      page.items(
        section.facts.map { VisibleText.line($0, limit: 1000) }, limit: layout.moveLimit, rest: "more")
    }
    return page.text
  }
}
