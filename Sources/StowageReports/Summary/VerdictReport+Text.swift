import StowageModel

extension VerdictReport {
  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    addVerdict(to: &page)
    addFindings(to: &page)
    addBounds(to: &page)
    if !checked.isEmpty {
      page.add("")
      let parts = checked.map { "\(Units.count($0.count)) \(VisibleText.line($0.thing))" }
      page.paragraph("Checked: \(parts.joined(separator: ", ")).")
    }
    page.add("")
    let count = findings.isEmpty ? "nothing is wrong" : Units.count(findings.count, "finding")
    page.add("Verify: \(isAccepted ? "accepted" : "rejected"), \(count).")
    return page.text
  }

  private func addVerdict(to page: inout TextPage) {
    let name = VisibleText.line(plan)
    guard !isAccepted else {
      page.section("\(name): accepted", as: .good)
      page.paragraph(
        "Every instant of the plan is legal, and its figures follow from the inventory.", indent: 2)
      return
    }
    page.section("\(name): rejected", as: .bad)
    guard let first = findings.compactMap(\.atSeconds).min() else { return }
    page.paragraph("It breaks for the first time at \(Units.offset(seconds: first)).", indent: 2)
  }

  /// Findings by time; those that are not about time come first.
  private func addFindings(to page: inout TextPage) {
    guard !findings.isEmpty else { return }
    let sorted = findings.enumerated().sorted { left, right in
      (left.element.atSeconds ?? -1, left.offset) < (right.element.atSeconds ?? -1, right.offset)
    }
    page.section("Findings (\(Units.count(findings.count)))")
    let limit = 40
    for (_, finding) in sorted.prefix(limit) {
      let place = [
        finding.atSeconds.map { Units.offset(seconds: $0) },
        finding.move.map { VisibleText.name($0.rawValue) },
        finding.host.map { VisibleText.name($0.rawValue) },
      ].compactMap { $0 }.joined(separator: " ")
      let summary = "\(VisibleText.line(finding.summary, limit: 400)) [\(VisibleText.line(finding.kind))]"
      page.item(place.isEmpty ? summary : "\(place): \(summary)")
    }
    if findings.count > limit { page.item("… and \(Units.count(findings.count - limit)) more") }
  }

  private func addBounds(to page: inout TextPage) {
    guard !bounds.isEmpty else { return }
    page.section("Bounds")
    var table = TextTable([.init(), .init(isRightAligned: true), .init(), .init()])
    for bound in bounds {
      let proof = bound.proof.map { " (\($0.rawValue))" } ?? ""
      table.add([
        bound.name.title, bound.name.text(bound.value, currency: nil),
        "bound \(bound.name.text(bound.lowerBound, currency: nil))",
        bound.isRecomputed ? "recomputed and right\(proof)" : "not recomputed: taken on trust\(proof)",
      ])
    }
    page.add(table.lines(wrappedAt: page.width))
  }
}
