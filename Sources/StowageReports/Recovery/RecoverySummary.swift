import StowageModel

/// What `stowage protect` prints: who is protected how well, what a lost site means, and who is not.
public struct RecoverySummary: Sendable {
  private let input: RecoveryInput
  private let layout: Summary.Layout

  /// A summary of a plan.
  public init(_ input: RecoveryInput, layout: Summary.Layout = Summary.Layout()) {
    self.input = input
    self.layout = layout
  }

  /// The text, each line ended by a line break.
  public var text: String {
    var page = TextPage(style: layout.style, width: layout.width)
    addHead(to: &page)
    addFailures(to: &page)
    addLinks(to: &page)
    addRefusals(to: &page)
    addProof(to: &page)
    page.add("")
    page.add(closingLine)
    return page.text
  }

  private func addHead(to page: inout TextPage) {
    let plan = input.plan
    page.section(
      "Recovery: \(Units.count(plan.inventory.hosts, "host")), \(Units.count(plan.inventory.vms, "VM")), "
        + "\(Units.count(plan.replicas.count + plan.refusals.count)) ask for a copy")
    page.paragraph("By \(plan.terms.replicator.name).", indent: 2)
    guard !plan.assumptions.isEmpty else { return }
    page.section("Assumptions (\(Units.count(plan.assumptions.count)))")
    page.items(plan.assumptions.map { VisibleText.line($0) }, limit: 6, rest: "in recovery.json")
  }

  private func addFailures(to page: inout TextPage) {
    guard !input.failures.isEmpty else { return }
    page.section("When a site fails")
    for (site, replicas) in input.failures {
      let running = replicas.filter { $0.restartOrder > 0 }
      let targets = Set(running.map(\.site)).sorted().map { VisibleText.name($0) }
      let oldest = Units.duration(seconds: replicas.map(\.worstAgeSeconds).max() ?? 0)
      page.item(
        "\(VisibleText.name(site)): \(Units.count(running.count, "VM")) restart in \(targets.isEmpty ? "no site" : targets.joined(separator: ", ")), "
          + "the last serves after \(Units.duration(seconds: running.map(\.readySeconds).max() ?? 0)); data no older than \(oldest)"
      )
    }
  }

  private func addLinks(to page: inout TextPage) {
    guard !input.links.isEmpty else { return }
    page.section("Links")
    var table = TextTable([
      .init(isName: true), .init(isRightAligned: true), .init(isRightAligned: true), .init(),
    ])
    for link in input.links {
      table.add([
        VisibleText.name(link.channel), Units.rate(mibPerSecond: link.usedMiBPerSecond),
        "of \(Units.rate(mibPerSecond: link.payloadMiBPerSecond))",
        link.seedingSeconds.map { "first copies \(Units.duration(seconds: $0))" } ?? "first copies never end",
      ])
    }
    page.add(table.lines(fitting: page.width))
    let wanted = input.plan.wantedLinks.map {
      "\(VisibleText.name($0.link.rawValue)): \(Units.decimal($0.gbps, digits: 3)) Gb/s, and \(Units.decimal($0.leastGbps, digits: 3)) Gb/s are the least that would do"
    }
    for text in wanted { page.item(text) }
  }

  private func addRefusals(to page: inout TextPage) {
    let plan = input.plan
    guard !plan.refusals.isEmpty else { return }
    if !plan.conflict.isEmpty {
      page.section("Cannot hold together with a copy of every VM", as: .bad)
      page.items(plan.conflict.map { VisibleText.line($0) }, limit: 12, rest: "in recovery.json")
    }
    page.section("Without a copy (\(Units.count(plan.refusals.count)))", as: .bad)
    let texts = plan.refusals.map {
      "\(VisibleText.name($0.vm.rawValue)): \(VisibleText.line($0.because)); try: \(VisibleText.line($0.remedy))"
    }
    page.items(texts, limit: 20, rest: "in recovery.json")
  }

  private func addProof(to page: inout TextPage) {
    let plan = input.plan
    page.section("How good that is")
    page.item(
      "VMs without a copy: \(Units.decimal(plan.unprotected.value)); "
        + plan.unprotected.quality("no plan leaves out fewer") { Units.decimal($0) }
    )
    page.item(
      "data on links: \(Units.decimal(plan.linkTraffic.value, digits: 1)) MiB/s; "
        + plan.linkTraffic.quality("no such plan sends less") { "\(Units.decimal($0, digits: 1)) MiB/s" }
    )
  }

  private var closingLine: String {
    let plan = input.plan
    let verdict =
      input.isVerified
      ? layout.style.paint("verified", as: .good)
      : layout.style.paint("NOT verified (\(VisibleText.line(input.findings.first ?? "")))", as: .bad)
    return
      "Recovery: \(Units.count(plan.replicas.count)) protected, \(Units.count(plan.refusals.count)) not, \(plan.outcome.rawValue); \(verdict)."
  }
}
