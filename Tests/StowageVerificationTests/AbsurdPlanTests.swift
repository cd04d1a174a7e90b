import StowageModel
import StowageTestSupport
import StowageVerification
import Testing

@Suite("Absurd plans and inventories")
struct AbsurdPlanTests {
  private static let numbers: [Double] = [
    0, -0.0, -1, 1, 0.5, 1e-300, 1e300, -1e300, .nan, .infinity, -.infinity, 1e15, 9.3e18,
    .leastNonzeroMagnitude,
  ]

  /// A plan that says anything at all about a small fleet.
  private func anything(about inventory: Inventory, _ random: inout SeededGenerator) -> Plan {
    let hosts = inventory.hosts.map(\.id) + ["", "h\u{0}", "nowhere"]
    let vms = inventory.vms.map(\.id) + ["", "nobody"]
    let ids: [Move.ID] = ["m1", "m2", "m3", "m4", ""]
    func number(_ random: inout SeededGenerator) -> Double {
      random.oneIn(3)
        ? Self.numbers.randomElement(using: &random) ?? 0 : Double.random(in: 0...100, using: &random)
    }
    func pick<T>(_ list: [T], _ random: inout SeededGenerator) -> [T] {
      (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in list.randomElement(using: &random) }
    }
    let moves = (0..<Int.random(in: 0...8, using: &random)).map { _ in
      Move(
        id: ids.randomElement(using: &random) ?? "m", vm: vms.randomElement(using: &random) ?? "v",
        from: hosts.randomElement(using: &random) ?? "h", to: hosts.randomElement(using: &random) ?? "h",
        technique: Technique.allCases.randomElement(using: &random) ?? .cold,
        wave: [Int.min, -1, 0, 1, 2, .max].randomElement(using: &random) ?? 1, startSeconds: number(&random),
        endSeconds: number(&random), sourceReleasedSeconds: number(&random),
        targetReservedSeconds: number(&random), rateMiBPerSecond: number(&random),
        links: pick(["h1:out", ""], &random),
        after: pick(ids, &random),
        estimate: random.oneIn(3)
          ? nil
          : MoveEstimate(
            bytesMiB: number(&random), downtimeMilliseconds: number(&random), rounds: .max,
            lowSeconds: number(&random),
            highSeconds: number(&random), guestSlowdownSeconds: number(&random),
            lossProbability: number(&random)),
        reason: "", rejected: [])
    }
    let sizing = SizingOptions(
      cpu: random.oneIn(2) ? .mhz : .vcpu, memory: random.oneIn(2) ? .active : .configured,
      defaultCPUOvercommitRatio: number(&random), cpuHeadroomPercent: number(&random),
      memoryHeadroomPercent: number(&random))
    let objectives = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      Objective(
        Objective.Name.allCases.randomElement(using: &random) ?? .moves, value: number(&random),
        lowerBound: random.oneIn(2) ? number(&random) : nil,
        proof: Objective.Proof.allCases.randomElement(using: &random))
    }
    var placement: [VM.ID: Host.ID] = [:]
    for vm in vms where !random.oneIn(3) { placement[vm] = hosts.randomElement(using: &random) }
    return Plan(
      generator: random.oneIn(2) ? "stowage" : "", inventory: .init(sha256: "", hosts: .min, vms: .max),
      goal: Goal.allCases.randomElement(using: &random) ?? .repair, seed: .max,
      options: PlanOptions(
        sizing: sizing, platform: Platform.allCases.randomElement(using: &random) ?? .libvirt,
        hosts: pick(hosts, &random), maxMoves: random.oneIn(2) ? .min : nil,
        staysWithinClusters: random.oneIn(2)),
      outcome: random.oneIn(2) ? .optimal : .feasible, objectives: objectives, placement: placement,
      poweredOffHosts: pick(hosts, &random), moves: moves,
      schedule: .init(makespanSeconds: number(&random), lowerBoundSeconds: number(&random), binding: ""),
      unplaced: pick(vms, &random).map { Plan.Unplaced(vm: $0, because: "") }, violationsAtStart: [],
      assumptions: [])
  }

  private func distort(_ inventory: inout Inventory, _ random: inout SeededGenerator) {
    func number(_ random: inout SeededGenerator) -> Double { Self.numbers.randomElement(using: &random) ?? 0 }
    for host in inventory.hosts.indices where random.oneIn(3) {
      inventory.hosts[host].memoryMiB = number(&random)
      inventory.hosts[host].cores = number(&random)
      inventory.hosts[host].cpuMHz = number(&random)
      inventory.hosts[host].migrationNetworkGbps = number(&random)
      inventory.hosts[host].maxVMs = [Int.min, 0, .max].randomElement(using: &random)
    }
    for vm in inventory.vms.indices where random.oneIn(3) {
      inventory.vms[vm].memoryMiB = number(&random)
      inventory.vms[vm].vCPUs = number(&random)
      inventory.vms[vm].workingSetMiB = number(&random)
      inventory.vms[vm].dirtyRateMiBPerSecond = number(&random)
      inventory.vms[vm].coldDirtyRateMiBPerSecond = number(&random)
      inventory.vms[vm].diskUsedGiB = number(&random)
      inventory.vms[vm].maxDowntimeMilliseconds = number(&random)
      inventory.vms[vm].gpuCount = [Int.min, 1, .max].randomElement(using: &random)
    }
    if let host = inventory.hosts.first, random.oneIn(4) { inventory.hosts.append(host) }
    if let vm = inventory.vms.first, random.oneIn(4) { inventory.vms.append(vm) }
    if random.oneIn(3) {
      inventory.links = [
        Link(id: "l", a: "r1", b: "r2", gbps: number(&random)),
        Link(id: "l", a: "h1", b: "h1", gbps: number(&random)),
        Link(id: "", a: "", b: "r2", gbps: number(&random)),
      ]
    }
    if random.oneIn(4) {
      inventory.rules.append(Rule(id: "racks fail", .failover(Failover(scope: .rack, failures: .max))))
    }
  }

  @Test("are judged without a crash, and every finding has its words", arguments: UInt64(0)..<300)
  func neverCrashes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var inventory = SmallFleets().inventory(seed: seed)
    if random.oneIn(2) { distort(&inventory, &random) }
    let verdict = judge(anything(about: inventory, &random), inventory)
    #expect(verdict.decision == .rejected, "seed \(seed)")
    for finding in verdict.findings {
      #expect(FindingCode.all.contains(finding.code) && !finding.message.isEmpty, "seed \(seed)")
      #expect(!finding.message.contains("\u{0}"), "seed \(seed)")
    }
    let instants = verdict.findings.map { $0.instantSeconds ?? -.infinity }
    #expect(instants == instants.sorted(), "seed \(seed)")
    _ = PlacementAudit(inventory, sizing: SizingOptions(cpu: .mhz)).diagnostics
  }

  @Test("the same plan gives the same findings in the same order", arguments: UInt64(0)..<20)
  func deterministic(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let inventory = SmallFleets().inventory(seed: seed)
    let plan = anything(about: inventory, &random)
    // As text: what is no number does not equal itself.
    let texts = (0..<2).map { _ in judge(plan, inventory).findings.map(\.description) }
    #expect(texts[0] == texts[1], "seed \(seed)")
  }

  @Test("an inventory without hosts and a plan without anything are judged too")
  func nothing() {
    let empty = Inventory(hosts: [], vms: [])
    #expect(judge(PlanBuilder(empty).plan(), empty).findings == [])
  }
}
