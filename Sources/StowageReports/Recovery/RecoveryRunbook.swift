import StowageModel

/// What people do with a recovery plan, in Markdown: set the copies up, fail over, and try that without harm.
public struct RecoveryRunbook: Sendable {
  private let input: RecoveryInput
  private let labels: [VM.ID: Int]

  /// The runbooks of a plan.
  public init(_ input: RecoveryInput) {
    self.input = input
    labels = Dictionary(
      uniqueKeysWithValues: input.plan.replicas.map(\.vm).sorted().enumerated().map { ($1, $0 + 1) })
  }

  private var guide: any RecoveryGuide { input.plan.terms.replicator.guide }

  // MARK: Pages

  /// `setup.md`: begins every copy, largest first.
  public var setUp: String {
    var lines = head("Set-up of the copies")
    lines += [
      "",
      "The largest begin first: they take longest, and links are shared. A VM is protected when its first copy is there.",
      "", "## Links", "",
    ]
    lines += linkTable()
    let size = { (replica: RecoveryPlan.Replica) -> Double in
      let vm = self.input.vm(replica.vm)
      return vm?.diskUsedGiB ?? vm?.diskProvisionedGiB ?? 0
    }
    let order = input.plan.replicas.sorted { (size($1), $0.vm) < (size($0), $1.vm) }
    lines += each(
      order, parts: [("Begin", guide.setUp), ("Look", guide.look)], detail: copyLine,
      check: { _ in "Its first copy is there." })
    return page(lines)
  }

  /// `failover.md`: what to do when a site is lost.
  public var failover: String {
    var lines = head("Fail-over")
    lines += promises
    for (site, replicas) in input.failures {
      lines += ["", "## When \(code(site)) is lost", ""]
      lines += decision(site, replicas)
      lines += ["", "### Order of restarts", ""] + orderTable(replicas)
      let guide = guide
      lines += each(
        replicas,
        parts: [("Look", { guide.look($0).filter(\.isForTarget) }), ("Start", guide.failOver)],
        detail: restartLine, check: { _ in "It serves. Its owner says so, not its power state." })
      lines += [
        "", "### Clients", "",
        "- [ ] Names, addresses and routes lead to the other site (planned: \(duration(input.plan.terms.networkSeconds))).",
      ]
      lines += [
        "", "### Way back", "",
        "Not before \(code(site)) has run for a day and its copies are in step again.",
      ]
      if let first = replicas.first { lines += steps("Each VM", guide.failBack(facts(first))) }
    }
    return page(lines)
  }

  /// `test-failover.md`: the same, apart from everybody, while the VMs run on.
  public var test: String {
    var lines = head("Test of the fail-over")
    lines += [
      "",
      "The VMs run on and stay protected; test VMs are on a network that leads nowhere. Stop at once when a test VM is seen on a production network.",
      "", "- [ ] The isolated network exists at every site and has no way out: no uplink, no router.",
      "- [ ] Room: a test takes what a fail-over takes. Test one site at a time, \(code("restart order")) first.",
      "- [ ] Whoever watches the VMs knows of the test.",
    ]
    for (site, replicas) in input.failures {
      lines += ["", "## As if \(code(site)) were lost", ""] + orderTable(replicas, withResult: true)
      lines += each(
        replicas.filter { $0.restartOrder > 0 },
        parts: [("Start apart", guide.test), ("Clean up, when it was looked at", guide.cleanUp)],
        detail: restartLine,
        check: {
          "It boots, its services start, its data is no older than \(duration(objective($0)))."
        })
      lines += [
        "", "- [ ] Every test VM is gone.",
        "- [ ] Measured times are in the table; those above the plan change its terms (`--boot-seconds`, `--promotion-seconds`, `--restarts-at-once`).",
      ]
    }
    return page(lines)
  }

  // MARK: Parts

  private func head(_ title: String) -> [String] {
    let plan = input.plan
    var lines = [
      "# \(title)", "",
      "\(Units.count(plan.replicas.count, "VM")) by \(plan.terms.replicator.name); made by \(prose(plan.generator)) for inventory \(code(String(plan.inventory.sha256.prefix(12)))).",
    ]
    if !input.isVerified {
      lines += [
        "", "**NOT verified: do not use this page.** The judge found: \(prose(input.findings.first ?? ""))",
      ]
    }
    if !plan.refusals.isEmpty {
      lines += [
        "",
        "\(Units.count(plan.refusals.count, "VM")) that state an objective have no copy: see `replicas.csv`.",
      ]
    }
    lines += ["", "## Before", ""] + guide.preconditions.map { "- [ ] \($0)" }
    return lines
  }

  private var promises: [String] {
    let terms = input.plan.terms
    return [
      "",
      "Times count from the failure: \(duration(terms.decisionSeconds)) to decide, \(duration(terms.promotionSeconds)) to promote a copy and \(duration(terms.bootSeconds)) to boot, \(Units.count(terms.restartsAtOnce)) of a host at once, \(duration(terms.networkSeconds)) until clients follow.",
    ]
  }

  private func decision(_ site: String, _ replicas: [RecoveryPlan.Replica]) -> [String] {
    let latest = replicas.map(\.readySeconds).max() ?? 0
    let oldest = replicas.map(\.worstAgeSeconds).max() ?? 0
    return [
      "- [ ] Decide within \(duration(input.plan.terms.decisionSeconds)): who, and by what sign that \(code(site)) is lost and not merely unreachable.",
      "- [ ] Fence it: power or network of \(code(site)) is off for good. Two of one VM at once cost more than the outage.",
      "- [ ] Say what is lost: at most the last \(duration(oldest)) of data; everything serves after \(duration(latest)).",
    ]
  }

  private func orderTable(_ replicas: [RecoveryPlan.Replica], withResult: Bool = false) -> [String] {
    let extra = withResult ? [" measured |", "---|"] : ["", ""]
    var lines = [
      "| # | VM | host | storage | data no older than | starts | serves | asked |\(extra[0])",
      "|--:|---|---|---|--:|--:|--:|--:|\(extra[1])",
    ]
    for replica in replicas {
      let runs = replica.restartOrder > 0
      let asked = input.vm(replica.vm)?.rtoSeconds.map(duration) ?? "–"
      lines.append(
        "| \(runs ? Units.count(replica.restartOrder) : "off") | \(code(replica.vm.rawValue)) | \(code(replica.host.rawValue)) | \(replica.datastore.map { code($0) } ?? "own disks") | \(duration(replica.worstAgeSeconds)) | \(runs ? Units.offset(seconds: replica.startSeconds) : "–") | \(runs ? Units.offset(seconds: replica.readySeconds) : "–") | \(asked) |\(withResult ? "  |" : "")"
      )
    }
    return lines
  }

  private func linkTable() -> [String] {
    var lines = ["| link | copies take | of | first copies |", "|---|--:|--:|--:|"]
    for link in input.links {
      let seeding = link.seedingSeconds.map(duration) ?? "never end"
      lines.append(
        "| \(code(link.channel)) | \(Units.rate(mibPerSecond: link.usedMiBPerSecond)) | \(Units.rate(mibPerSecond: link.payloadMiBPerSecond)) | \(seeding) |"
      )
    }
    return input.links.isEmpty ? ["No links are stated: ports of hosts are the only limit."] : lines
  }

  /// What is done for each copy: once for all of them where the guide says the same of each, else one by one.
  private func each(
    _ replicas: [RecoveryPlan.Replica], parts: [(title: String, steps: (CopyFacts) -> [RecoveryStep])],
    detail: (RecoveryPlan.Replica) -> String, check: (RecoveryPlan.Replica) -> String
  ) -> [String] {
    guard guide.isUniform, let first = replicas.first else {
      return replicas.flatMap { replica in
        section(replica, detail: detail(replica))
          + parts.flatMap { steps($0.title, $0.steps(facts(replica))) } + ["", "- [ ] \(check(replica))"]
      }
    }
    return ["", "### For each VM, in this order"]
      + parts.flatMap { steps($0.title, $0.steps(facts(first))) } + [""]
      + replicas.map { "- [ ] \(code($0.vm.rawValue)). \(detail($0)) \(check($0))" }
  }

  private func section(_ replica: RecoveryPlan.Replica, detail: String) -> [String] {
    ["", "### \(code(replica.vm.rawValue))", "", detail]
  }

  private func copyLine(_ replica: RecoveryPlan.Replica) -> String {
    let every =
      replica.intervalSeconds > 0 ? "every \(duration(replica.intervalSeconds))" : "without a break"
    return
      "From \(code(replica.fromSite)) to \(code(replica.host.rawValue)) in \(code(replica.site)), \(every), at least \(Units.rate(mibPerSecond: replica.rateMiBPerSecond)): never older than \(duration(replica.worstAgeSeconds)), \(duration(objective(replica))) asked."
  }

  private func restartLine(_ replica: RecoveryPlan.Replica) -> String {
    let place = "on \(code(replica.host.rawValue)) in \(code(replica.site))"
    guard replica.restartOrder > 0 else { return "It does not run: its copy is kept \(place)." }
    return
      "\(place.prefix(1).uppercased() + place.dropFirst()), from \(Units.offset(seconds: replica.startSeconds)) on."
  }

  private func objective(_ replica: RecoveryPlan.Replica) -> Double {
    input.vm(replica.vm)?.rpoSeconds ?? input.plan.terms.defaultObjectiveSeconds
  }

  private func steps(_ title: String, _ steps: [RecoveryStep]) -> [String] {
    guard !steps.isEmpty else { return [] }
    var lines = ["", "**\(title)**"]
    for step in steps {
      switch step {
      case .words(let text): lines += ["", text]
      case .shell(let commands): lines += [""] + MarkdownText.block(commands)
      case .powerShell(let commands): lines += [""] + MarkdownText.block(commands, language: "powershell")
      }
    }
    return lines
  }

  private func facts(_ replica: RecoveryPlan.Replica) -> CopyFacts {
    CopyFacts(
      replica: replica, number: labels[replica.vm] ?? 0,
      home: input.vm(replica.vm)?.host?.rawValue ?? "")
  }

  private func code(_ text: String) -> String { MarkdownText.code(text) }
  private func prose(_ text: String) -> String { MarkdownText.prose(text) }
  private func duration(_ seconds: Double) -> String { Units.duration(seconds: seconds) }
  private func page(_ lines: [String]) -> String { lines.map { "\($0)\n" }.joined() }
}

extension RecoveryStep {
  /// Whether it can still be done when the VM's own site is gone: words can, commands there cannot.
  var isForTarget: Bool { if case .words = self { true } else { false } }
}
