import StowageModel

extension NoPlan {
  /// VMs listed one by one; the rest is counted.
  private static let refusalLimit = 12
  /// Scalars of a remedy: one that names VMs to stop has its price after them.
  private static let remedyLimit = 1200

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section("\(goal.title): \(Units.count(hosts, "host")), \(Units.count(vms, "VM"))")
    switch finding {
    case .infeasible(let proof):
      page.section("Why there is no plan", as: .bad)
      page.paragraph("Proved: \(VisibleText.line(proof)).", indent: 2)
    case .undecided(let limit):
      page.section("Could not tell", as: .attention)
      page.paragraph(
        "Neither a plan nor a proof that there is none was found: \(VisibleText.line(limit)).", indent: 2)
    }
    page.items(progress.map { VisibleText.line($0) }, limit: 8, rest: "more")
    addRefusals(to: &page)
    addConflict(to: &page)
    addRemedies(to: &page)
    page.add("")
    page.add(closingLine)
    return page.text
  }

  private func addRefusals(to page: inout TextPage) {
    guard !refusals.isEmpty else { return }
    page.section(
      "Of \(Units.count(vms, "VM")), \(Units.count(refusals.count)) \(refusals.count == 1 ? "fits" : "fit") on no host"
    )
    for refusal in refusals.prefix(Self.refusalLimit) {
      let causes = refusal.causes.map { "\($0.cause.words) on \(Units.count($0.hosts, "host"))" }
      page.item("\(VisibleText.name(refusal.vm.rawValue)): \(causes.joined(separator: ", "))")
    }
    if refusals.count > Self.refusalLimit {
      page.item("… and \(Units.count(refusals.count - Self.refusalLimit)) more")
    }
    for line in totals { page.paragraph(line, indent: 2, hanging: 2) }
  }

  /// Over all listed VMs, how often each cause shuts one out, most frequent first.
  private var totals: [String] {
    guard refusals.count > 1 else { return [] }
    var hosts: [String: Int] = [:]
    for count in refusals.flatMap(\.causes) { hosts[count.cause.words, default: 0] += count.hosts }
    let sorted = hosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let parts = sorted.prefix(6).map { "\($0.key) \(Units.count($0.value, "time"))" }
    return ["Together: \(parts.joined(separator: ", "))."]
  }

  private func addConflict(to page: inout TextPage) {
    guard !conflict.isEmpty else { return }
    page.section("These cannot all hold; without any one of them the others can")
    page.items(conflict.map { VisibleText.line($0) }, limit: 12, rest: "more")
  }

  private func addRemedies(to page: inout TextPage) {
    guard !remedies.isEmpty else { return }
    page.add("")
    for remedy in remedies {
      page.paragraph(
        "try: \(VisibleText.line(remedy, limit: Self.remedyLimit))", indent: 2, hanging: 5)
    }
  }

  private var closingLine: String {
    switch finding {
    case .infeasible: "No plan: proved impossible; nothing was changed."
    case .undecided: "No plan: could not tell within the limits; nothing was changed."
    }
  }
}

extension NoPlan.Cause {
  /// The cause before "on 9 hosts".
  var words: String {
    switch self {
    case .resource(let resource): resource.name
    case .rule(let id, let kind):
      "\(VisibleText.line(Rule.kindWords(kind))) '\(VisibleText.line(id.rawValue, limit: 60))'"
    case .other(let words): VisibleText.line(words)
    }
  }
}
