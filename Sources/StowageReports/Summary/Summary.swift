import StowageModel

/// What `stowage plan` prints: what moves, what that brings, and how good it is proved to be.
///
/// Written for somebody who decides in the terminal whether to go on: what will happen first, the
/// result last, where the eye is when the command ends.
public struct Summary: Sendable {
  /// How the text is set.
  public struct Layout: Sendable {
    /// With or without colour.
    public var style: TextStyle
    /// Cells of a line, 80 to 100 being usual.
    public var width: Int
    /// About how many moves are listed; the rest is counted.
    public var moveLimit: Int

    /// Plain text 100 cells wide with about 40 moves.
    public init(style: TextStyle = .plain, width: Int = 100, moveLimit: Int = 40) {
      self.style = style
      self.width = width
      self.moveLimit = max(1, moveLimit)
    }
  }

  let input: ReportInput
  let layout: Layout
  let figures: PlanFigures
  let names: Names

  /// A summary of a plan.
  public init(_ input: ReportInput, layout: Layout = Layout()) {
    self.input = input
    self.layout = layout
    figures = PlanFigures(input)
    names = Names(input.inventory)
  }

  /// The text, each line ended by a line break.
  public var text: String {
    var page = TextPage(style: layout.style, width: layout.width)
    addTitle(to: &page)
    addStart(to: &page)
    if input.plan.moves.isEmpty {
      addNothingToMove(to: &page)
    } else {
      addMoves(to: &page)
    }
    addHostsOff(to: &page)
    input.wayBack?.add(to: &page)
    addTradeoffs(to: &page)
    addPinned(to: &page)
    addWarnings(to: &page)
    addOrder(to: &page)
    addResult(to: &page)
    page.add("")
    page.add(closingLine)
    return page.text
  }

  private func addTitle(to page: inout TextPage) {
    let plan = input.plan
    let fleet =
      "\(Units.count(plan.inventory.hosts, "host")), \(Units.count(plan.inventory.vms, "VM"))"
    let drained = plan.options.hosts.map { VisibleText.name($0.rawValue) }
    let title = drained.isEmpty ? plan.goal.title : "\(plan.goal.title) \(Self.list(drained, limit: 6))"
    page.section("\(title): \(fleet)")
    page.paragraph("Wanted: \(plan.goal.aim).", indent: 2, hanging: 8)
    let counted = plan.options.sizing.sentences.joined(separator: "; ")
    page.paragraph("Sizing: \(counted).", indent: 2, hanging: 8)
  }

  private func addStart(to page: inout TextPage) {
    let plan = input.plan
    if !plan.assumptions.isEmpty {
      page.section("Assumptions (\(Units.count(plan.assumptions.count)))")
      page.items(plan.assumptions.map { VisibleText.line($0) }, limit: 6, rest: "in plan.json")
    }
    if !plan.violationsAtStart.isEmpty {
      page.section(
        "Broken before the first move (\(Units.count(plan.violationsAtStart.count)))", as: .attention)
      let texts = plan.violationsAtStart.map {
        "\(VisibleText.name($0.rule)): \(VisibleText.line($0.detail))"
      }
      page.items(texts, limit: 8, rest: "in plan.json")
    }
    if !plan.unplaced.isEmpty {
      page.section("Without a host, left alone (\(Units.count(plan.unplaced.count)))", as: .attention)
      let texts = plan.unplaced.map {
        "\(VisibleText.name($0.vm.rawValue)): \(VisibleText.line($0.because))"
      }
      page.items(texts, limit: 6, rest: "in plan.json")
    }
  }

  private func addPinned(to page: inout TextPage) {
    guard !input.pinnedVMs.isEmpty else { return }
    page.section("Cannot move (\(Units.count(input.pinnedVMs.count, "VM")))")
    let texts = input.pinnedVMs.map { pinned in
      let remedy = pinned.remedy.map { "; \(VisibleText.line($0)) to make it movable" } ?? ""
      return "\(VisibleText.name(pinned.vm.rawValue)): \(VisibleText.line(pinned.because))\(remedy)"
    }
    page.items(texts, limit: 8, rest: "in report.html")
  }

  /// The last line: `Plan: 34 moves, 5 hosts off, 14 min 32 s; verified.`
  private var closingLine: String {
    let plan = input.plan
    var parts = [Units.count(plan.moves.count, "move")]
    if !plan.poweredOffHosts.isEmpty {
      parts.append("\(Units.count(plan.poweredOffHosts.count, "host")) off")
    }
    if !plan.moves.isEmpty { parts.append(Units.duration(seconds: plan.schedule.makespanSeconds)) }
    let verdict =
      input.isVerified
      ? layout.style.paint("verified", as: .good) : layout.style.paint("NOT verified", as: .bad)
    return "Plan: \(parts.joined(separator: ", ")); \(verdict)."
  }

  /// `a, b, c and 4 more`.
  static func list(_ items: [String], limit: Int) -> String {
    let shown = items.prefix(limit).joined(separator: ", ")
    return items.count > limit ? "\(shown) and \(Units.count(items.count - limit)) more" : shown
  }
}
