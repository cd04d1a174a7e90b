import StowageDiagnostics
import StowageModel

/// Reports rules that select no VM or no host, and names in them that match nothing.
struct SelectionCheck {
  let resolution: RuleResolution

  /// Checks one rule.
  func check(_ rule: ResolvedRule, into log: inout DiagnosticLog) {
    if let selection = rule.rule.requirement.vmSelection {
      check(rule, selection, selects: rule.selectedVMs, into: &log)
    }
    if let selection = rule.rule.requirement.otherVMSelection {
      check(rule, selection, selects: rule.otherVMs, into: &log)
    }
    checkLinks(rule, into: &log)
    if let selection = rule.rule.requirement.hostSelection {
      if rule.hosts.isEmpty {
        reportNobody(
          rule, "host", selection, known: { resolution.inventory.hosts.lazy.map(\.id.rawValue) }, into: &log)
      } else {
        for glob in selection.globs where selection.globs.count > 1 && !resolution.matchesAnyHost(glob) {
          reportIdle(
            rule, "host", glob, known: { resolution.inventory.hosts.lazy.map(\.id.rawValue) }, into: &log)
        }
      }
    }
  }

  private func check(
    _ rule: ResolvedRule, _ selection: Selection, selects vms: [Int], into log: inout DiagnosticLog
  ) {
    let known = { resolution.inventory.vms.lazy.map(\.id.rawValue) }
    guard !vms.isEmpty else { return reportNobody(rule, "VM", selection, known: known, into: &log) }
    for glob in selection.globs where selection.globs.count > 1 && !resolution.matchesAnyVM(glob) {
      reportIdle(rule, "VM", glob, known: known, into: &log)
    }
  }

  private func checkLinks(_ rule: ResolvedRule, into log: inout DiagnosticLog) {
    guard case .concurrency(let most) = rule.rule.requirement, most.place == .link else { return }
    let ids = resolution.inventory.links.map(\.id.rawValue)
    guard ids.contains(where: { id in most.links.isEmpty || most.links.contains { $0.matches(id) } }) else {
      return reportNobody(rule, "link", Selection(globs: most.links), known: { ids }, into: &log)
    }
    for glob in most.links where !ids.contains(where: glob.matches) {
      reportIdle(rule, "link", glob, known: { ids }, into: &log)
    }
  }

  /// A hard rule about nobody is a mistake that would go unnoticed until the day it matters.
  private func reportNobody(
    _ rule: ResolvedRule, _ noun: String, _ selection: Selection, known: () -> some Sequence<String>,
    into log: inout DiagnosticLog
  ) {
    let remedy: String
    if selection.globs.count == 1, let glob = selection.globs.first, glob.isLiteral {
      remedy = Suggestion.remedy(
        for: glob.pattern, among: known(), otherwise: "correct the selection, or remove the rule")
    } else {
      remedy = "correct the selection, or remove the rule"
    }
    log.report(
      .ruleSelectsNobody, rule.rule.isHard ? .error : .warning, at: rule.place,
      "\(rule.name) selects no \(noun): none has \(Self.words(selection))", remedy: remedy)
  }

  private func reportIdle(
    _ rule: ResolvedRule, _ noun: String, _ glob: Glob, known: () -> some Sequence<String>,
    into log: inout DiagnosticLog
  ) {
    let fallback = "remove it from the rule"
    log.report(
      .ruleSelectsNobody, .warning, at: rule.place,
      "\(rule.name) names \(Diagnostic.quoted(glob.pattern)), which is no \(noun) of the inventory",
      remedy: glob.isLiteral
        ? Suggestion.remedy(for: glob.pattern, among: known(), otherwise: fallback) : fallback)
  }

  /// A selection in words: `an id like 'db-*' and the label 'tier=gold'`.
  private static func words(_ selection: Selection) -> String {
    var parts: [String] = []
    if !selection.globs.isEmpty {
      let shown = selection.globs.prefix(3).map { Diagnostic.quoted($0.pattern) }.joined(separator: ", ")
      let more = selection.globs.count > 3 ? " or \(selection.globs.count - 3) more" : ""
      parts.append("an id like \(shown)\(more)")
    }
    for (key, value) in selection.labels.sorted(by: { $0.key < $1.key }) {
      parts.append("the label \(Diagnostic.quoted("\(key)=\(value)"))")
    }
    return parts.isEmpty ? "anything to select" : parts.joined(separator: " and ")
  }
}
