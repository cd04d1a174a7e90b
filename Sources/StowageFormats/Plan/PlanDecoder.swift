import StowageDiagnostics
import StowageModel

/// Reads a plan from its document. What only Stowage writes may be missing, so that anybody's plan
/// can be judged; what says who goes where and when must be there.
struct PlanDecoder {
  /// The name and version of the form.
  static let schema = "stowage.plan/v1"
  /// The keys of a plan, in the order in which they are written.
  static let keys = [
    "schema", "generator", "inventory", "goal", "seed", "options", "request_sha256", "outcome", "objective",
    "placement",
    "powered_off_hosts", "moves", "protection", "order", "schedule", "certificate", "unplaced",
    "violations_at_start",
    "assumptions",
  ]

  /// What is wrong with the document.
  private(set) var log = DiagnosticLog()

  /// The plan, or `nil` when it cannot be used.
  mutating func decode(_ root: DocumentNode) -> Plan? {
    let fields = PlanFields(root, "the plan", into: &log)
    guard !log.hasErrors else { return nil }
    checkSchema(fields)
    checkKeys(root)
    let goal: Goal? = fields.requiredChoice("goal", into: &log)
    let outcome: Plan.Outcome? = fields.choice("outcome", into: &log)
    let placement = decodePlacement(fields)
    let moves = decodeMoves(fields)
    var plan = Plan(
      generator: fields.text("generator", into: &log) ?? "",
      inventory: decodeStamp(fields),
      goal: goal ?? .consolidate,
      seed: decodeSeed(fields),
      options: decodeOptions(fields),
      outcome: outcome ?? .feasible,
      objectives: decodeObjectives(fields),
      placement: placement,
      poweredOffHosts: fields.words("powered_off_hosts", into: &log).map { Host.ID($0) },
      moves: moves,
      schedule: decodeSchedule(fields, moves: moves),
      unplaced: decodeUnplaced(fields),
      violationsAtStart: decodeViolations(fields),
      assumptions: fields.words("assumptions", into: &log))
    var certificates = CertificateDecoder()
    plan.certificate = certificates.decode(fields, into: &log)
    plan.protections = ProtectionDecoder.protections(fields, into: &log)
    plan.order = HostOrder.read(fields, into: &log)
    plan.requestSHA256 = fields.text("request_sha256", into: &log)
    return log.hasErrors ? nil : plan
  }

  /// Read from its digits, since a number in between would lose the last ones of a large seed.
  private mutating func decodeSeed(_ fields: PlanFields) -> UInt64 {
    guard let node = fields.node("seed") else { return 0 }
    if case .number(_, let text) = node.value, let seed = UInt64(text) { return seed }
    log.report(
      .planBadValue, .error, at: node.place, "'seed' of the plan is no whole number from 0 to \(UInt64.max)",
      remedy: "write a whole number, or leave it out")
    return 0
  }

  private mutating func checkSchema(_ fields: PlanFields) {
    let remedy = "write \"schema\": \"\(Self.schema)\""
    guard let node = fields.node("schema") else {
      log.report(.planSchema, .error, at: fields.place, "there is no 'schema'", remedy: remedy)
      return
    }
    guard case .text(let text) = node.value, text == Self.schema else {
      let found = if case .text(let text) = node.value { Diagnostic.quoted(text) } else { node.noun }
      log.report(
        .planSchema, .error, at: node.place, "the schema is \(found); this version reads '\(Self.schema)'",
        remedy: remedy)
      return
    }
  }

  /// A key that nobody reads is probably misspelt, but a plan of another maker may say more.
  private mutating func checkKeys(_ root: DocumentNode) {
    guard case .object(let members) = root.value else { return }
    for member in members where !Self.keys.contains(member.key) {
      log.report(
        .planBadValue, .warning, at: member.place,
        "a plan has no \(Diagnostic.quoted(member.key)); it is passed over",
        remedy: Suggestion.remedy(for: member.key, among: Self.keys, otherwise: "remove it"))
    }
  }

  private mutating func decodeStamp(_ fields: PlanFields) -> Plan.InventoryStamp {
    let stamp = fields.object("inventory", into: &log)
    return Plan.InventoryStamp(
      sha256: stamp?.text("sha256", into: &log) ?? "", hosts: stamp?.count("hosts", into: &log) ?? 0,
      vms: stamp?.count("vms", into: &log) ?? 0)
  }

  private mutating func decodeOptions(_ fields: PlanFields) -> PlanOptions {
    guard let options = fields.object("options", into: &log) else { return PlanOptions() }
    let standard = SizingOptions()
    let platform: Platform? = options.choice("platform", into: &log)
    var decoded = PlanOptions(
      sizing: SizingOptions(
        cpu: options.choice("cpu", into: &log) ?? standard.cpu,
        memory: options.choice("memory", into: &log) ?? standard.memory,
        defaultCPUOvercommitRatio: options.number("cpu_overcommit_default", greatest: 1000, into: &log)
          ?? standard.defaultCPUOvercommitRatio,
        cpuHeadroomPercent: options.number("cpu_headroom_pct", greatest: 100, into: &log)
          ?? standard.cpuHeadroomPercent,
        memoryHeadroomPercent: options.number("memory_headroom_pct", greatest: 100, into: &log)
          ?? standard.memoryHeadroomPercent),
      platform: platform ?? PlanOptions().platform,
      hosts: options.words("hosts", into: &log).map { Host.ID($0) }.sorted(),
      maxMoves: options.count("max_moves", into: &log),
      moveBudgetMiB: options.number("move_budget_mib", into: &log),
      leastGainPercent: options.number("min_gain_pct", greatest: 100, into: &log),
      start: options.instant("start", into: &log),
      staysWithinClusters: options.flag("within_clusters", into: &log) ?? false,
      sites: options.words("sites", into: &log).sorted(), vms: options.words("vms", into: &log),
      calibration: decodeCalibration(options), objective: options.choice("objective", into: &log) ?? .hosts,
      waves: decodeWaves(options))
    decoded.balanceFirst = options.choice("balance_first", into: &log) ?? .highest
    if let targets = options.object("targets_pct", into: &log) {
      for resource in Resource.allCases {
        decoded.targetPercent[resource] = targets.number(resource.rawValue, greatest: 100, into: &log)
      }
    }
    decoded.homes = options.node("homes").map { decodeHosts($0, "homes") } ?? [:]
    decoded.cutOver = CutOverPolicy.read(options, into: &log)
    decoded.keepSourceDays = options.count("keep_source_days", into: &log).map { min($0, 100_000) }
    decoded.protection = ProtectionDecoder.policy(options, into: &log)
    return decoded
  }

  private mutating func decodeWaves(_ options: PlanFields) -> WavePolicy? {
    guard let waves = options.object("waves", into: &log) else { return nil }
    return WavePolicy(
      mostVMs: waves.count("max_vms", least: 1, into: &log),
      pilotVMs: waves.count("pilot_vms", least: 1, into: &log),
      validationSeconds: waves.number("validation_s", greatest: 1e9, into: &log) ?? 0,
      rollbackSeconds: waves.number("rollback_s", greatest: 1e9, into: &log),
      nights: waves.object("nights", into: &log).map {
        NightPolicy(mostGroups: $0.count("max_groups", least: 1, into: &log))
      },
      seeding: waves.object("seeding", into: &log).map { decodeSeeding($0) })
  }

  private mutating func decodeSeeding(_ seeding: PlanFields) -> SeedPolicy {
    var policy = SeedPolicy()
    if let share = seeding.number("share_percent", greatest: 100, into: &log) { policy.sharePercent = share }
    if let interval = seeding.number("interval_s", greatest: 1e9, into: &log) {
      policy.intervalSeconds = interval
    }
    return policy
  }

  /// Whether the constants are possible is for the verifier to say.
  private mutating func decodeCalibration(_ options: PlanFields) -> Calibration? {
    guard let calibration = options.object("calibration", into: &log) else { return nil }
    let constants = calibration.object("constants", into: &log).map {
      CalibrationDecoder.constants($0, isBounded: false, into: &log)
    }
    return Calibration(sha256: calibration.text("sha256", into: &log) ?? "", constants: constants ?? [:])
  }

  private mutating func decodeObjectives(_ fields: PlanFields) -> [Objective] {
    var objectives: [Objective] = []
    for (position, node) in fields.list("objective", into: &log).enumerated() {
      let item = PlanFields(node, "objective \(position + 1)", into: &log)
      let name: Objective.Name? = item.requiredChoice("name", into: &log)
      let value = item.requiredNumber("value", into: &log)
      let bound = item.number("lower_bound", into: &log)
      let proof: Objective.Proof? = item.choice("proof", into: &log)
      guard let name, let value else { continue }
      objectives.append(Objective(name, value: value, lowerBound: bound, proof: proof))
    }
    return objectives
  }

  private mutating func decodePlacement(_ fields: PlanFields) -> [VM.ID: Host.ID] {
    guard let node = fields.node("placement") else {
      log.report(
        .planBadValue, .error, at: fields.place, "the plan has no 'placement'",
        remedy: "add \"placement\" with the host of every VM at the end")
      return [:]
    }
    return decodeHosts(node, "placement")
  }

  /// The hosts of VMs under a key.
  private mutating func decodeHosts(_ node: DocumentNode, _ key: String) -> [VM.ID: Host.ID] {
    guard case .object(let members) = node.value else {
      log.report(
        .planBadValue, .error, at: node.place, "'\(key)' is \(node.noun), not an object",
        remedy: "write {\"vm\": \"host\", … }")
      return [:]
    }
    var hosts: [VM.ID: Host.ID] = [:]
    hosts.reserveCapacity(members.count)
    for member in members {
      let vm = Diagnostic.quoted(member.key)
      guard case .text(let host) = member.value.value else {
        log.report(
          .planBadValue, .error, at: member.value.place,
          "the place of VM \(vm) is \(member.value.noun), not the id of a host",
          remedy: "write the host's id in quotes, or leave the VM out")
        continue
      }
      if hosts.updateValue(Host.ID(host), forKey: VM.ID(member.key)) != nil {
        log.report(
          .planBadValue, .error, at: member.place, "VM \(vm) is placed twice", remedy: "keep one of the two")
      }
    }
    return hosts
  }

  private mutating func decodeSchedule(_ fields: PlanFields, moves: [Move]) -> Plan.Schedule {
    let schedule = fields.object("schedule", into: &log)
    return Plan.Schedule(
      makespanSeconds: schedule?.number("makespan_s", into: &log) ?? moves.map(\.endSeconds).max() ?? 0,
      lowerBoundSeconds: schedule?.number("lower_bound_s", into: &log) ?? 0,
      binding: schedule?.text("binding", into: &log) ?? "")
  }

  private mutating func decodeUnplaced(_ fields: PlanFields) -> [Plan.Unplaced] {
    fields.list("unplaced", into: &log).compactMap { node in
      // A bare id is enough of a plan that somebody wrote by hand.
      if case .text(let vm) = node.value { return Plan.Unplaced(vm: VM.ID(vm), because: "") }
      let item = PlanFields(node, "an entry of 'unplaced'", into: &log)
      guard let vm = item.requiredText("vm", into: &log) else { return nil }
      return Plan.Unplaced(vm: VM.ID(vm), because: item.text("because", into: &log) ?? "")
    }
  }

  private mutating func decodeViolations(_ fields: PlanFields) -> [Plan.Violation] {
    fields.list("violations_at_start", into: &log).compactMap { node in
      let item = PlanFields(node, "an entry of 'violations_at_start'", into: &log)
      guard let rule = item.requiredText("rule", into: &log) else { return nil }
      return Plan.Violation(rule: rule, detail: item.text("detail", into: &log) ?? "")
    }
  }

  private mutating func decodeMoves(_ fields: PlanFields) -> [Move] {
    guard fields.node("moves") != nil else {
      log.report(
        .planBadValue, .error, at: fields.place, "the plan has no 'moves'",
        remedy: "add \"moves\": [ … ], empty if nothing moves")
      return []
    }
    var decoder = MoveDecoder()
    let moves = decoder.decode(fields.list("moves", into: &log), into: &log)
    return moves
  }
}
