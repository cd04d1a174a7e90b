import StowageModel

// The comparison as a page, of the same parts as the report of a plan and the review.
extension Comparison {
  /// The comparison in Markdown, each line ended by a line break.
  public func markdown(generator: String) -> String { document(generator).markdown }

  /// The comparison as one page that refers to nothing outside itself.
  public func html(generator: String) -> String { SectionPage(document(generator)).html }

  private func document(_ generator: String) -> SectionDocument {
    let differing = figures.filter { $0.values.first != $0.values.second }
    let count = "\(Units.count(differing.count)) of \(Units.count(figures.count, "figure"))"
    return SectionDocument(
      title: title, subtitle: "A and B",
      lead: sameness ?? "\(count) \(differing.count == 1 ? "differs" : "differ").",
      cards: differing.prefix(6).map { figure in
        let title = figure.title.prefix(1).uppercased() + figure.title.dropFirst()
        return .init(label: title, figure: figure.texts.second, note: "in B, \(figure.texts.first) in A")
      }, sections: [figureSection] + planSections + differences, generator: generator)
  }

  private var figureSection: SectionDocument.Section {
    .init(
      id: "figures", title: "Figures",
      blocks: [
        .list(["A is \(VisibleText.line(names.first)).", "B is \(VisibleText.line(names.second))."]),
        .rows(
          "Side by side", ["Figure", "A", "B", "Same"], numeric: [1, 2],
          figures.map {
            [$0.title, $0.texts.first, $0.texts.second, $0.values.first == $0.values.second ? "yes" : "no"]
          }, allIn: Self.file),
      ])
  }

  /// Goals with their proofs, and the moves over time, of each plan.
  private var planSections: [SectionDocument.Section] {
    guard let plans else { return [] }
    let named = [("A", plans.first), ("B", plans.second)]
    return [
      .init(
        id: "objectives", title: "Goals and proofs",
        blocks: named.map { name, plan in
          .rows(
            "\(name): \(plan.goal.title)", ["What", "Value", "Bound", "What is proved"], numeric: [1, 2],
            plan.objectives.map { $0.cells(currency: nil) }, allIn: Self.file)
        }),
      .init(
        id: "order", title: "Moves under way",
        note: "Both over the time after their own start; every VM is taken as running.",
        blocks: named.filter { !$1.moves.isEmpty }.flatMap(activity)),
    ]
  }

  private func activity(_ name: String, _ plan: Plan) -> [SectionDocument.Block] {
    let end = plan.schedule.makespanSeconds
    let chart = ActivityChart(plan.moves, endSeconds: end) { _ in true }
    let table = ActivityChart(plan.moves, endSeconds: end, slices: 12) { _ in true }
    return [
      .picture(caption: "\(name): moves under way, by technique", markup: chart.markup + chart.legend),
      .rows(
        "\(name): the same figures", ["At", "Moves under way", "By technique"], numeric: [1], table.rows,
        allIn: Self.file),
    ]
  }

  private var differences: [SectionDocument.Section] {
    sections.map { section in
      .init(
        id: section.key.replacing("_", with: "-"), title: section.heading,
        blocks: [
          .rows(
            Units.count(section.facts.count, "difference"), ["What"],
            section.facts.map { [VisibleText.line($0, limit: 300)] }, allIn: Self.file)
        ])
    }
  }

  private static let file = "compare.json"
}
