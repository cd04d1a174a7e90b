import StowageDiagnostics
import StowageModel

/// Reads a recovery plan from its document.
struct RecoveryDecoder {
  /// What is wrong with the document.
  private(set) var log = DiagnosticLog()

  /// The plan, or `nil` when it cannot be used.
  mutating func decode(_ root: DocumentNode) -> RecoveryPlan? {
    let fields = PlanFields(root, "the recovery plan", into: &log)
    guard !log.hasErrors else { return nil }
    guard fields.text("schema", into: &log) == RecoveryDocument.schema else {
      log.report(
        .planSchema, .error, at: fields.place, "this is no '\(RecoveryDocument.schema)'",
        remedy: "write \"schema\": \"\(RecoveryDocument.schema)\"")
      return nil
    }
    let terms = fields.object("terms", into: &log).flatMap { decodeTerms($0) }
    let outcome: Plan.Outcome? = fields.choice("outcome", into: &log)
    guard let terms else {
      if !log.hasErrors {
        log.report(
          .planBadValue, .error, at: fields.place, "there is no 'terms'",
          remedy: "say what is taken for granted: \"terms\": { \"replicator\": … }")
      }
      return nil
    }
    let stamp = fields.object("inventory", into: &log)
    let plan = RecoveryPlan(
      generator: fields.text("generator", into: &log) ?? "",
      inventory: Plan.InventoryStamp(
        sha256: stamp?.text("sha256", into: &log) ?? "", hosts: stamp?.count("hosts", into: &log) ?? 0,
        vms: stamp?.count("vms", into: &log) ?? 0),
      terms: terms, outcome: outcome ?? .feasible,
      unprotected: decodeFigure("unprotected_vms", fields),
      linkTraffic: decodeFigure("link_traffic_mib_per_s", fields),
      replicas: fields.list("replicas", into: &log).compactMap { decodeReplica($0) },
      refusals: fields.list("refused", into: &log).compactMap { decodeRefusal($0) },
      conflict: fields.words("conflict", into: &log),
      wantedLinks: fields.list("wanted_links", into: &log).compactMap { decodeWanted($0) },
      assumptions: fields.words("assumptions", into: &log))
    return log.hasErrors ? nil : plan
  }

  private mutating func decodeTerms(_ fields: PlanFields) -> RecoveryTerms? {
    guard let replicator: Replicator = fields.requiredChoice("replicator", into: &log) else { return nil }
    let standard = SizingOptions()
    var terms = RecoveryTerms(
      sizing: SizingOptions(
        cpu: fields.choice("cpu", into: &log) ?? standard.cpu,
        memory: fields.choice("memory", into: &log) ?? standard.memory,
        defaultCPUOvercommitRatio: fields.number("cpu_overcommit_default", greatest: 1000, into: &log)
          ?? standard.defaultCPUOvercommitRatio,
        cpuHeadroomPercent: fields.number("cpu_headroom_pct", greatest: 100, into: &log)
          ?? standard.cpuHeadroomPercent,
        memoryHeadroomPercent: fields.number("memory_headroom_pct", greatest: 100, into: &log)
          ?? standard.memoryHeadroomPercent),
      replicator: replicator)
    func read(_ key: String, greatest: Double, _ path: WritableKeyPath<RecoveryTerms, Double>) {
      if let value = fields.number(key, greatest: greatest, into: &log) { terms[keyPath: path] = value }
    }
    read("reduction", greatest: 0.99, \.reduction)
    read("overhead", greatest: 10, \.overhead)
    read("headroom", greatest: 10, \.headroom)
    read("shared_link_part", greatest: 1, \.sharedLinkPart)
    read("default_rpo_s", greatest: 1e9, \.defaultObjectiveSeconds)
    read("decision_s", greatest: 1e9, \.decisionSeconds)
    read("promotion_s", greatest: 1e9, \.promotionSeconds)
    read("boot_s", greatest: 1e9, \.bootSeconds)
    read("network_s", greatest: 1e9, \.networkSeconds)
    if let count = fields.count("restarts_at_once", least: 1, into: &log) { terms.restartsAtOnce = count }
    return terms
  }

  private mutating func decodeFigure(_ key: String, _ fields: PlanFields) -> RecoveryPlan.ProvedFigure {
    let figure = fields.object(key, into: &log)
    let proof: RecoveryPlan.Proof? = figure?.choice("proof", into: &log)
    return RecoveryPlan.ProvedFigure(
      value: figure?.number("value", into: &log) ?? 0,
      lowerBound: figure?.number("lower_bound", into: &log) ?? 0, proof: proof ?? .branchAndBound,
      prices: (figure?.list("prices", into: &log) ?? []).compactMap { decodePrice($0) })
  }

  private mutating func decodePrice(_ node: DocumentNode) -> RecoveryPlan.Price? {
    let fields = PlanFields(node, "a price", into: &log)
    guard let perUnit = fields.requiredNumber("per_unit", into: &log) else { return nil }
    let resource: Resource? = fields.choice("room", into: &log)
    if let resource {
      let site = fields.requiredText("site", into: &log)
      let failing = fields.requiredText("failing", into: &log)
      guard let site, let failing else { return nil }
      return RecoveryPlan.Price(.room(site: site, failing: failing, resource), perUnit: perUnit)
    }
    if let store = fields.text("space", into: &log) {
      return RecoveryPlan.Price(.space(datastore: store), perUnit: perUnit)
    }
    return fields.requiredText("channel", into: &log).map {
      RecoveryPlan.Price(.channel($0), perUnit: perUnit)
    }
  }

  private mutating func decodeReplica(_ node: DocumentNode) -> RecoveryPlan.Replica? {
    let fields = PlanFields(node, "a replica", into: &log)
    let vm = fields.requiredText("vm", into: &log)
    let fromSite = fields.requiredText("from_site", into: &log)
    let site = fields.requiredText("site", into: &log)
    let host = fields.requiredText("host", into: &log)
    let interval = fields.requiredNumber("interval_s", into: &log)
    let rate = fields.requiredNumber("rate_mib_per_s", into: &log)
    guard let vm, let fromSite, let site, let host, let interval, let rate else { return nil }
    return RecoveryPlan.Replica(
      vm: VM.ID(vm), fromSite: fromSite, site: site, host: Host.ID(host),
      datastore: fields.text("datastore", into: &log), intervalSeconds: interval, rateMiBPerSecond: rate,
      links: fields.words("links", into: &log),
      worstAgeSeconds: fields.number("worst_age_s", into: &log) ?? 0,
      restartOrder: fields.count("restart_order", into: &log) ?? 0,
      startSeconds: fields.number("start_s", into: &log) ?? 0,
      readySeconds: fields.number("ready_s", into: &log) ?? 0)
  }

  private mutating func decodeRefusal(_ node: DocumentNode) -> RecoveryPlan.Refusal? {
    let fields = PlanFields(node, "a refusal", into: &log)
    guard let vm = fields.requiredText("vm", into: &log) else { return nil }
    return RecoveryPlan.Refusal(
      vm: VM.ID(vm), because: fields.text("because", into: &log) ?? "",
      remedy: fields.text("remedy", into: &log) ?? "")
  }

  private mutating func decodeWanted(_ node: DocumentNode) -> RecoveryPlan.WantedLink? {
    let fields = PlanFields(node, "a wanted link", into: &log)
    let link = fields.requiredText("link", into: &log)
    let least = fields.requiredNumber("least_gbps", into: &log)
    guard let link, let least else { return nil }
    return RecoveryPlan.WantedLink(
      link: Link.ID(link), gbps: fields.number("gbps", into: &log) ?? 0, leastGbps: least)
  }
}
