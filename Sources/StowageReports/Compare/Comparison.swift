public import StowageModel

/// Two things of a kind side by side.
public struct Comparison: Hashable, Sendable {
  /// Two of a kind.
  public struct Pair<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Of the first.
    public var first: Value
    /// Of the second.
    public var second: Value
  }

  /// A quantity of both.
  public struct Figure: Hashable, Sendable {
    /// The key for programs.
    public var key: String
    /// In words.
    public var title: String
    /// The numbers; `nil` where one has none.
    public var values: Pair<Double?>
    /// The numbers with their units.
    public var texts: Pair<String>
  }

  /// `plan` or `inventory`.
  public var kind: String
  /// What they are called, such as their paths.
  public var names: Pair<String>
  /// Quantities.
  public var figures: [Figure]
  /// Differences under headings; empty ones are left out.
  public var sections: [Explanation.Section]
  /// The plans, if it is of plans.
  public var plans: Pair<Plan>?

  init(
    kind: String, names: (String, String), figures: [Figure], sections: [Explanation.Section],
    plans: Pair<Plan>? = nil
  ) {
    self.kind = kind
    self.names = Pair(first: names.0, second: names.1)
    self.figures = figures
    self.sections = sections.filter { !$0.facts.isEmpty }
    self.plans = plans
  }

  static func figure(
    _ key: String, _ title: String, _ first: Double?, _ second: Double?, _ text: (Double) -> String
  ) -> Figure {
    Figure(
      key: key, title: title, values: Pair(first: first, second: second),
      texts: Pair(first: first.map(text) ?? "none", second: second.map(text) ?? "none"))
  }

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section(title)
    page.add("  A  \(VisibleText.line(names.first))")
    page.add("  B  \(VisibleText.line(names.second))")
    var table = TextTable([.init(), .init(isRightAligned: true), .init(isRightAligned: true), .init()])
    table.add(["", "A", "B", ""])
    for figure in figures {
      table.add([
        figure.title, figure.texts.first, figure.texts.second,
        figure.values.first == figure.values.second ? "" : "≠",
      ])
    }
    page.add("")
    page.add(table.lines(fitting: page.width))
    for section in sections {
      page.section("\(section.heading) (\(Units.count(section.facts.count)))")
      page.items(section.facts.map { VisibleText.line($0) }, limit: layout.moveLimit, rest: "more")
    }
    if let sameness {
      page.add("")
      page.add(sameness)
    }
    return page.text
  }

  var title: String { "\(kind == "plan" ? "Plans" : "Inventories") compared" }

  /// What is to be said where nothing differs; `nil` where something does.
  var sameness: String? {
    guard sections.isEmpty else { return nil }
    return kind == "plan" ? "Both move the same VMs to the same hosts." : "Hosts and VMs are the same."
  }
}
