import StowageModel

/// `recovery.html`: the plan as one page, with migration and replication of this fleet side by side.
public struct RecoveryReport: Sendable {
  let input: RecoveryInput

  /// The page of a plan.
  public init(_ input: RecoveryInput) { self.input = input }

  /// The page.
  public var html: String { SectionPage(document).html }

  /// The same in Markdown.
  public var markdown: String { document.markdown }

  var document: SectionDocument {
    let plan = input.plan
    return SectionDocument(
      title: "Recovery plan",
      subtitle: "\(Units.count(plan.replicas.count, "copy", "copies")) by \(plan.terms.replicator.name), "
        + "\(Units.count(input.failures.count, "site")) that may fail, one at a time",
      lead: lead, cards: cards,
      sections: [sites, refused, comparison, links, order, copies, basis].compactMap { $0 },
      generator: plan.generator)
  }

  // MARK: Top

  private var lead: String {
    let plan = input.plan
    let verified = input.isVerified ? "" : "NOT verified: \(input.findings.first ?? "")"
    if plan.refusals.isEmpty {
      return plan.replicas.isEmpty
        ? "No VM states an objective: there is nothing to protect. \(verified)"
        : "Every VM that states an objective has a copy at another site and restarts in time. \(verified)"
    }
    let proof =
      plan.unprotected.lowerBound >= plan.unprotected.value
      ? "no plan leaves fewer out" : "at least \(Units.decimal(plan.unprotected.lowerBound)) must be"
    return "\(Units.count(plan.refusals.count, "VM")) cannot be protected as asked (\(proof)). \(verified)"
  }

  private var cards: [SectionDocument.Card] {
    let plan = input.plan
    let running = plan.replicas.filter { $0.restartOrder > 0 }
    let space = plan.replicas.reduce(0.0) { $0 + (size(of: $1.vm) ?? 0) }
    return [
      .init(
        label: "Protected", figure: Units.count(plan.replicas.count),
        note: plan.refusals.isEmpty
          ? "every VM that asks" : "and \(Units.count(plan.refusals.count)) that are not"),
      .init(
        label: "Oldest copy",
        figure: Units.duration(seconds: plan.replicas.map(\.worstAgeSeconds).max() ?? 0),
        note: "data that a failure may lose"),
      .init(
        label: "Last restart", figure: Units.duration(seconds: running.map(\.readySeconds).max() ?? 0),
        note: "after the failure of the worst site"),
      .init(
        label: "Sent", figure: Units.rate(mibPerSecond: plan.replicas.reduce(0) { $0 + $1.rateMiBPerSecond }),
        note: "by all copies together, for ever"),
      .init(label: "Space", figure: Units.gibibytes(fromMiB: space * 1024), note: "for copies of disks"),
    ]
  }

  private func size(of vm: VM.ID) -> Double? {
    input.vm(vm).flatMap { $0.diskProvisionedGiB ?? $0.diskUsedGiB }
  }

  // MARK: Sections

  private var sites: SectionDocument.Section {
    let rows = input.failures.map { site, replicas -> [String] in
      let running = replicas.filter { $0.restartOrder > 0 }
      let targets = Dictionary(grouping: running, by: \.site).sorted { $0.key < $1.key }
      let late = running.filter { replica in
        input.vm(replica.vm)?.rtoSeconds.map { replica.readySeconds > $0 } ?? false
      }
      return [
        site, Units.count(running.count),
        targets.map { "\($0.key) (\(Units.count($0.value.count)))" }.joined(separator: ", "),
        Units.count(Set(running.map(\.host)).count),
        Units.duration(seconds: running.map(\.readySeconds).min() ?? 0),
        Units.duration(seconds: running.map(\.readySeconds).max() ?? 0),
        Units.duration(seconds: replicas.map(\.worstAgeSeconds).max() ?? 0), Units.count(late.count),
      ]
    }
    return .init(
      id: "sites", title: "When a site fails",
      note: "Sites fail one at a time; room on hosts is reserved once for each of them.",
      blocks: [
        .rows(
          "Failures",
          [
            "site", "restarted", "at", "hosts", "first serves", "last serves", "data lost at most",
            "too late",
          ],
          numeric: [1, 3, 4, 5, 6, 7], rows, allIn: "recovery.json")
      ])
  }

  private var order: SectionDocument.Section? {
    let blocks = input.failures.map { site, replicas -> SectionDocument.Block in
      let rows = replicas.filter { $0.restartOrder > 0 }.map { replica -> [String] in
        let vm = input.vm(replica.vm)
        return [
          Units.count(replica.restartOrder), replica.vm.rawValue, vm?.restartPriority ?? "–", vm?.tier ?? "–",
          replica.host.rawValue, Units.offset(seconds: replica.startSeconds),
          Units.offset(seconds: replica.readySeconds),
          vm?.rtoSeconds.map { Units.duration(seconds: $0) } ?? "–",
        ]
      }
      return .rows(
        "Restarts when \(VisibleText.line(site)) fails",
        ["#", "VM", "priority", "tier", "host", "starts", "serves", "asked"], numeric: [0, 5, 6, 7], rows,
        allIn: "recovery.json")
    }
    return blocks.isEmpty
      ? nil : .init(id: "order", title: "Order of restarts", note: nil, blocks: blocks)
  }

  private var links: SectionDocument.Section? {
    guard !input.links.isEmpty else { return nil }
    let rows = input.links.map { link in
      [
        link.channel, "\(Units.decimal(link.gbps, digits: 3)) Gb/s",
        Units.rate(mibPerSecond: link.usedMiBPerSecond),
        Units.rate(mibPerSecond: link.payloadMiBPerSecond),
        link.payloadMiBPerSecond > 0 ? Units.percent(link.usedMiBPerSecond / link.payloadMiBPerSecond) : "–",
        link.seedingSeconds.map { Units.duration(seconds: $0) } ?? "never end",
      ]
    }
    var blocks: [SectionDocument.Block] = [
      .rows(
        "Links", ["link", "bandwidth", "copies take", "may take", "used", "first copies"],
        numeric: [1, 2, 3, 4, 5],
        rows, allIn: "recovery.json")
    ]
    if !input.plan.wantedLinks.isEmpty {
      blocks.append(
        .list(
          input.plan.wantedLinks.map {
            "\(VisibleText.name($0.link.rawValue)) has \(Units.decimal($0.gbps, digits: 3)) Gb/s; \(Units.decimal($0.leastGbps, digits: 3)) Gb/s are the least that would do."
          }))
    }
    return .init(
      id: "links", title: "Links",
      note: "What may be taken is what replication gets of a link, headroom and other traffic taken off.",
      blocks: blocks)
  }

  private var copies: SectionDocument.Section {
    let rows = input.plan.replicas.map { replica in
      [
        replica.vm.rawValue, replica.fromSite, replica.site, replica.host.rawValue,
        replica.datastore ?? "own disks",
        replica.intervalSeconds > 0 ? Units.duration(seconds: replica.intervalSeconds) : "always",
        Units.rate(mibPerSecond: replica.rateMiBPerSecond),
        Units.duration(seconds: replica.worstAgeSeconds),
        input.vm(replica.vm)?.rpoSeconds.map { Units.duration(seconds: $0) } ?? "–",
      ]
    }
    return .init(
      id: "copies", title: "Copies", note: nil,
      blocks: [
        .rows(
          "Copies", ["VM", "from", "to", "host", "storage", "every", "rate", "oldest", "asked"],
          numeric: [5, 6, 7, 8], rows, allIn: "recovery.json")
      ])
  }

  private var refused: SectionDocument.Section? {
    guard !input.plan.refusals.isEmpty else { return nil }
    let rows = input.plan.refusals.map { [$0.vm.rawValue, $0.because, $0.remedy] }
    var blocks: [SectionDocument.Block] = [
      .rows("Without a copy", ["VM", "why", "what would help"], rows, allIn: "recovery.json")
    ]
    if !input.plan.conflict.isEmpty {
      blocks.insert(
        .list(
          ["These cannot hold together with a copy of every VM; without any one of them the others can:"]
            + input.plan.conflict),
        at: 0)
    }
    return .init(id: "refused", title: "Without a copy", note: nil, blocks: blocks)
  }

  private var basis: SectionDocument.Section {
    let terms = input.plan.terms
    return .init(
      id: "basis", title: "Basis", note: nil,
      blocks: [
        .list(
          terms.sizing.sentences + [
            "\(terms.replicator.name); \(Units.percent(terms.reduction)) compressed away, \(Units.percent(terms.overhead)) added, \(Units.percent(terms.headroom)) of the rate kept free, \(Units.percent(terms.sharedLinkPart)) of shared links used",
            "\(Units.duration(seconds: terms.decisionSeconds)) to decide, \(Units.duration(seconds: terms.promotionSeconds)) to promote a copy, \(Units.duration(seconds: terms.bootSeconds)) to boot, \(Units.count(terms.restartsAtOnce)) restarts of a host at once, \(Units.duration(seconds: terms.networkSeconds)) until clients follow",
            "VMs without a copy: \(Units.decimal(input.plan.unprotected.value)); \(input.plan.unprotected.quality("no plan leaves out fewer") { Units.decimal($0) })",
            "data on links: \(Units.decimal(input.plan.linkTraffic.value, digits: 3)) MiB/s; \(input.plan.linkTraffic.quality("no such plan sends less") { "\(Units.decimal($0, digits: 3)) MiB/s" })",
          ] + input.plan.assumptions)
      ])
  }
}
