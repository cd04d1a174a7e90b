import StowageDiagnostics
import StowageModel

extension CheckReport {
  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    addCounts(to: &page)
    addDiagnostics(to: &page)
    addBrokenRules(to: &page)
    addOverloads(to: &page)
    page.add("")
    page.add(closingLine(style: layout.style))
    return page.text
  }

  private func addCounts(to page: inout TextPage) {
    page.section("\(VisibleText.line(source)) (\(VisibleText.line(inventory.sourceKind, limit: 30)))")
    let usable = inventory.hosts.count(where: \.isUsableAsTarget)
    let states = inventory.hosts.count - usable
    let on = inventory.vms.count { $0.powerState == .on }
    let homeless = inventory.vms.count { $0.host == nil }
    var table = TextTable([.init(), .init(isRightAligned: true), .init()])
    table.add([
      "hosts", Units.count(inventory.hosts.count),
      states == 0
        ? "all usable as targets" : "\(Units.count(usable)) usable as targets, \(Units.count(states)) not",
    ])
    table.add([
      "VMs", Units.count(inventory.vms.count),
      "\(Units.count(on)) on, \(Units.count(inventory.vms.count - on)) off or suspended"
        + (homeless > 0 ? ", \(Units.count(homeless)) without a host" : ""),
    ])
    table.add(["rules", Units.count(inventory.rules.count), ruleKinds])
    if !inventory.links.isEmpty { table.add(["links", Units.count(inventory.links.count), ""]) }
    if !inventory.datastores.isEmpty {
      table.add(["datastores", Units.count(inventory.datastores.count), ""])
    }
    page.add(table.lines(wrappedAt: page.width))
    page.items(inventory.notes.map { VisibleText.line($0) }, limit: 12, rest: "notes")
  }

  private var ruleKinds: String {
    var counts: [String: Int] = [:]
    for rule in inventory.rules { counts[rule.kindWords, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { "\(Units.count($0.value)) \($0.key)" }.joined(
      separator: ", ")
  }

  private func addDiagnostics(to page: inout TextPage) {
    guard !diagnostics.kept.isEmpty else { return }
    page.section("Input")
    for diagnostic in diagnostics.kept {
      let lines = diagnostic.description.split(separator: "\n", omittingEmptySubsequences: false)
      page.add(lines.map { "  \(VisibleText.line(String($0), limit: 1000))" })
    }
    for rest in diagnostics.omitted {
      page.add("  … and \(Units.count(rest.count)) more of \(rest.code.rawValue)")
    }
  }

  private func addBrokenRules(to page: inout TextPage) {
    guard !brokenRules.isEmpty else { return }
    page.section("Rules broken today (\(Units.count(brokenRules.count)))", as: .bad)
    page.items(
      brokenRules.map { "\(VisibleText.name($0.rule)): \(VisibleText.line($0.detail))" }, limit: 40,
      rest: "broken rules")
  }

  private func addOverloads(to page: inout TextPage) {
    let overloaded = overloadedHosts
    guard !overloaded.isEmpty else { return }
    page.section("Overloaded hosts (\(Units.count(overloaded.count)))", as: .bad)
    let texts = overloaded.map { load in
      let parts = load.overloadedAtStart.map { resource in
        let limit = load.capacity[resource] ?? 0
        let ratio = load.utilisation(of: resource, at: .start).map { " (\(Units.percent($0)))" } ?? ""
        return "\(resource.name) \(resource.amount(load.start[resource], counting: cpu)) of "
          + "\(resource.amount(limit, counting: cpu))\(ratio)"
      }
      return "\(VisibleText.name(load.host.rawValue)): \(parts.joined(separator: ", "))"
    }
    page.items(texts, limit: 40, rest: "overloaded hosts")
  }

  /// `Check: 1 error, 3 warnings, 2 rules broken, 1 host overloaded.`
  private func closingLine(style: TextStyle) -> String {
    let kept = diagnostics.kept
    let errors = total(.error, in: kept)
    let warnings = total(.warning, in: kept)
    let parts = [
      Units.count(errors, "error"), Units.count(warnings, "warning"),
      "\(Units.count(brokenRules.count, "rule")) broken",
      "\(Units.count(overloadedHosts.count, "host")) overloaded",
    ]
    let line = "Check: \(parts.joined(separator: ", "))."
    return isClean ? style.paint(line, as: .good) : style.paint(line, as: .bad)
  }

  /// Problems of a severity, those beyond the kept ones counted by the severity of their code.
  private func total(_ severity: Severity, in kept: [Diagnostic]) -> Int {
    let shown = kept.count { $0.severity == severity }
    let codes = Set(kept.filter { $0.severity == severity }.map(\.code))
    return shown + diagnostics.omitted.filter { codes.contains($0.code) }.reduce(0) { $0 + $1.count }
  }
}
