public import StowageModel

/// Small inventories for property tests, each from its seed: two to eight hosts of up to three
/// types in up to three racks, up to twenty VMs, and rules of every kind in some of them.
public struct SmallFleets: Sendable {
  /// The most hosts.
  public var maxHosts = 8
  /// The most VMs.
  public var maxVMs = 20
  /// Whether some fleets carry a failover rule.
  public var hasFailover = true
  /// Whether some fleets carry rules at all.
  public var hasRules = true
  /// Whether some fleets carry rules that no single host decides, limits on moves, and soft rules.
  public var hasPlacementRules = true

  /// Whether many fleets carry rules about the order and manner of moves. They are drawn apart from all
  /// else, which is the same with and without.
  public var hasMoveRules = false

  /// Whether most VMs were measured by the hour; drawn apart from all else. A profile is the same every day,
  /// and steady in each quarter of it. To be counted with ``measured``.
  public var hasHours = false

  /// Sizing by what was measured.
  public static let measured = SizingOptions(cpu: .mhz, memory: .active)

  /// Fleets of the default sizes.
  public init() {}

  /// The fleet of one seed.
  public func inventory(seed: UInt64) -> Inventory {
    var random = SeededGenerator(seed: seed)
    var hosts = hosts(&random)
    var vms = vms(on: hosts, &random)
    if hasHours {
      var apart = SeededGenerator(seed: seed ^ 0x168_0168)
      for index in hosts.indices { hosts[index].cpuMHz = 1000 }
      for index in vms.indices where !apart.oneIn(5) { measure(&vms[index], &apart) }
    }
    var rules = hasRules ? rules(for: vms, on: hosts, &random) : []
    if hasRules && hasPlacementRules { rules += placementRules(for: vms, on: hosts, &random) }
    if hasRules && hasMoveRules {
      var apart = SeededGenerator(seed: seed ^ 0x5EED_7136)
      rules += moveRules(for: vms, on: hosts, &apart)
      for index in vms.indices where apart.oneIn(4) { vms[index].app = apart.oneIn(2) ? "shop" : "erp" }
    }
    return Inventory(hosts: hosts, vms: vms, rules: rules)
  }

  private func hosts(_ random: inout SeededGenerator) -> [Host] {
    let count = Int.random(in: 2...maxHosts, using: &random)
    return (1...count).map { number -> Host in
      let size: Double = [1.0, 1.0, 1.5, 2.0].randomElement(using: &random) ?? 1
      var host = Host(id: Host.ID("h\(number)"), cores: 16 * size, memoryMiB: 65536 * size)
      host.rack = "r\(Int.random(in: 1...3, using: &random))"
      host.cluster = "c"
      host.networkGbps = 10
      host.migrationNetworkGbps = [1.0, 10.0, 25.0].randomElement(using: &random)
      host.powerIdleWatts = 100 * size
      if random.oneIn(4) { host.labels = ["licensed": "1"] }
      if random.oneIn(12) { host.isInMaintenance = true }
      if random.oneIn(10) { host.maxVMs = 6 }
      return host
    }
  }

  private func vms(on hosts: [Host], _ random: inout SeededGenerator) -> [VM] {
    var left = hosts.map { (cores: $0.cores * 0.9, memory: $0.memoryMiB * 0.9, slots: $0.maxVMs ?? 99) }
    let count = Int.random(in: 1...maxVMs, using: &random)
    var vms: [VM] = []
    for number in 1...count {
      let cores = Double([1, 2, 2, 4, 6].randomElement(using: &random) ?? 1)
      let memory = Double([2048, 4096, 8192, 12288, 16384].randomElement(using: &random) ?? 2048)
      let start = Int.random(in: hosts.indices, using: &random)
      let fitting = (0..<hosts.count).map { (start + $0) % hosts.count }
        .first { left[$0].cores >= cores && left[$0].memory >= memory && left[$0].slots > 0 }
      guard let host = fitting else { continue }
      left[host].slots -= 1
      var vm = VM(id: VM.ID("v\(number)"), vCPUs: cores, memoryMiB: memory, host: hosts[host].id)
      if random.oneIn(8) {
        vm.powerState = .off
      } else {
        left[host].cores -= cores
        left[host].memory -= memory
      }
      dress(&vm, &random)
      vms.append(vm)
    }
    return vms
  }

  private func dress(_ vm: inout VM, _ random: inout SeededGenerator) {
    if random.oneIn(2) {
      vm.workingSetMiB = vm.memoryMiB / Double(Int.random(in: 4...64, using: &random))
      vm.dirtyRateMiBPerSecond = Double(Int.random(in: 1...400, using: &random))
    }
    if random.oneIn(15) {
      vm.workingSetMiB = vm.memoryMiB / 2
      vm.dirtyRateMiBPerSecond = 4000
    }
    if random.oneIn(15) { vm.isMovable = false }
    if random.oneIn(20) {
      vm.blockers = [[.iso, .passthrough, .localDisk, .snapshot].randomElement(using: &random) ?? .iso]
    }
    if vm.blockers.contains(.localDisk) { vm.diskUsedGiB = 20 }
  }

  /// Busy in one quarter of the day or all day, with memory that follows in some.
  private func measure(_ vm: inout VM, _ random: inout SeededGenerator) {
    let busy = Int.random(in: 0...4, using: &random)
    let idle = Double.random(in: 0.1...0.8, using: &random)
    func profile(_ most: Double) -> WeekProfile? {
      let hours = (0..<WeekProfile.hourCount).map { hour -> Double in
        busy == 4 || hour % 24 / 6 == busy ? most : (most * idle).rounded()
      }
      return WeekProfile(hours: hours)
    }
    vm.cpuMHzP95 = vm.vCPUs * 900
    vm.cpuMHzMax = vm.vCPUs * 1000
    vm.cpuMHzByHour = profile(vm.vCPUs * 950)
    if random.oneIn(2) {
      vm.memoryActiveP95MiB = (vm.memoryMiB * 0.7).rounded()
      vm.memoryActiveMiBByHour = profile((vm.memoryMiB * 0.7).rounded())
    }
  }

  private func rules(for vms: [VM], on hosts: [Host], _ random: inout SeededGenerator) -> [Rule] {
    var rules: [Rule] = []
    func pick(_ count: Int, _ random: inout SeededGenerator) -> Selection {
      Selection(vms.shuffled(using: &random).prefix(count).map(\.id.rawValue).sorted())
    }
    if vms.count >= 2, random.oneIn(2) {
      rules.append(Rule(id: "apart", .antiAffinity(AntiAffinity(vms: pick(2, &random)))))
    }
    if vms.count >= 2, random.oneIn(4) {
      rules.append(Rule(id: "racks", .antiAffinity(AntiAffinity(vms: pick(2, &random), scope: .rack))))
    }
    if vms.count >= 2, random.oneIn(4) {
      rules.append(Rule(id: "together", .affinity(Affinity(vms: pick(2, &random)))))
    }
    if !vms.isEmpty, hosts.contains(where: { $0.labels["licensed"] == "1" }), random.oneIn(4) {
      let licensed = Selection(labels: ["licensed": "1"])
      rules.append(Rule(id: "licence", .onlyOn(OnlyOn(vms: pick(1, &random), hosts: licensed))))
    }
    if !vms.isEmpty, random.oneIn(4) {
      rules.append(Rule(id: "never", .neverOn(NeverOn(vms: pick(2, &random), hosts: Selection(["h1"])))))
    }
    if !vms.isEmpty, random.oneIn(5) { rules.append(Rule(id: "stay", .stay(Stay(vms: pick(1, &random))))) }
    if hosts.count > 2, random.oneIn(6) {
      rules.append(Rule(id: "drain", .drain(Drain(hosts: Selection([hosts[0].id.rawValue])))))
    }
    if hasFailover, random.oneIn(5) { rules.append(Rule(id: "n-plus-1", .failover(Failover()))) }
    return rules
  }

  private func placementRules(
    for vms: [VM], on hosts: [Host], _ random: inout SeededGenerator
  ) -> [Rule] {
    var rules: [Rule] = []
    func pick(_ count: Int, _ random: inout SeededGenerator) -> Selection {
      Selection(vms.shuffled(using: &random).prefix(count).map(\.id.rawValue).sorted())
    }
    func some(_ count: Int, _ random: inout SeededGenerator) -> Selection {
      Selection(hosts.shuffled(using: &random).prefix(count).map(\.id.rawValue).sorted())
    }
    guard vms.count >= 3 else { return [] }
    if random.oneIn(5) {
      let scope: Scope = random.oneIn(2) ? .host : .rack
      rules.append(
        Rule(
          id: "spread", .spread(Spread(vms: pick(3, &random), scope: scope, minDomains: 2, maxPerDomain: 2))))
    }
    if random.oneIn(7) { rules.append(Rule(id: "own", .dedicated(Dedicated(vms: pick(2, &random))))) }
    if random.oneIn(7) {
      let limit = Double(Int.random(in: 4...10, using: &random))
      rules.append(
        Rule(id: "cap", .groupCap(GroupCap(hosts: some(2, &random), resource: .slots, limit: limit))))
    }
    if random.oneIn(8) { rules.append(Rule(id: "shut", .noNew(NoNew(hosts: some(1, &random))))) }
    if random.oneIn(8) { rules.append(Rule(id: "warm", .keepOn(KeepOn(hosts: some(1, &random))))) }
    if random.oneIn(10) { rules.append(Rule(id: "few", .maxMoves(MaxMoves(limit: 6)))) }
    if random.oneIn(10) { rules.append(Rule(id: "mib", .moveBudget(MoveBudget(limitMiB: 40960)))) }
    return rules + softRules(pick, some, &random)
  }

  private func moveRules(
    for vms: [VM], on hosts: [Host], _ random: inout SeededGenerator
  ) -> [Rule] {
    guard vms.count >= 2 else { return [] }
    func some(_ count: Int, _ random: inout SeededGenerator) -> Selection {
      Selection(vms.shuffled(using: &random).prefix(count).map(\.id.rawValue).sorted())
    }
    var rules: [Rule] = []
    if random.oneIn(2) {
      let first = some(Int.random(in: 1...4, using: &random), &random)
      let then = random.oneIn(3) ? Selection(["*"]) : some(Int.random(in: 1...6, using: &random), &random)
      rules.append(Rule(id: "order", .before(Before(vms: first, then: then))))
    }
    if random.oneIn(2) {
      let count = Int.random(in: 2...6, using: &random)
      rules.append(Rule(id: "series", .serialize(Serialize(vms: some(count, &random)))))
    }
    if random.oneIn(2) {
      let places: [MovesAtOnce.Place] = [.total, .hostOut, .hostIn, .host]
      let place = places.randomElement(using: &random) ?? .total
      let limit = Int.random(in: 1...3, using: &random)
      rules.append(Rule(id: "at-once", .concurrency(MovesAtOnce(place: place, limit: limit))))
    }
    if random.oneIn(3) {
      let deny: Set<Technique> = random.oneIn(2) ? [.cold] : [.preCopy]
      let pause: Double? = random.oneIn(2) ? 200 : nil
      let limit = TechniqueLimit(
        vms: some(4, &random), denied: deny, maxDowntimeMilliseconds: pause,
        maxLossProbability: random.oneIn(3) ? 1e-9 : nil)
      rules.append(Rule(id: "how", .technique(limit)))
    }
    if random.oneIn(3) {
      let seconds = Double(Int.random(in: 20...400, using: &random))
      rules.append(
        Rule(id: "due", .deadline(Deadline(vms: some(2, &random), due: .within(seconds: seconds)))))
    }
    rules += hourRules(some, &random)
    if random.oneIn(3) {
      let count = Int.random(in: 2...3, using: &random)
      rules.append(Rule(id: "in-step", .together(Together(vms: some(count, &random)))))
    }
    return rules
  }

  /// Waves that a plan of the fleet may be asked to go in, for fleets with rules about moves.
  public static func waves(seed: UInt64) -> WavePolicy? {
    guard seed % 2 == 1 else { return nil }
    var random = SeededGenerator(seed: seed ^ 0x3A7E_5)
    guard random.oneIn(2) else { return nil }
    return WavePolicy(
      mostVMs: random.oneIn(3) ? nil : Int.random(in: 2...5, using: &random),
      pilotVMs: random.oneIn(2) ? nil : Int.random(in: 1...3, using: &random),
      validationSeconds: Double(Int.random(in: 1...60, using: &random)),
      rollbackSeconds: random.oneIn(2) ? nil : Double(Int.random(in: 0...60, using: &random)))
  }

  /// When plans of fleets with rules of hours start: a Friday evening in UTC.
  public static let start = Instant(secondsSince1970: 1_795_816_770)

  private func hourRules(
    _ some: (Int, inout SeededGenerator) -> Selection, _ random: inout SeededGenerator
  ) -> [Rule] {
    var rules: [Rule] = []
    // The clocks go back a while after the start.
    let zone = TimeZoneOffsets(
      name: "+02:00",
      changes: [
        .init(since: 0, seconds: 7200),
        .init(since: Self.start.secondsSince1970 + Int.random(in: 0...90_000, using: &random), seconds: 3600),
      ])
    if random.oneIn(3) {
      let from = Int.random(in: 0..<1440, using: &random)
      let to = (from + Int.random(in: 2...30, using: &random)) % 1440
      let hours = Hours.weekly(
        WeeklyHours(
          from: from, to: to, days: random.oneIn(2) ? [.friday, .saturday, .monday] : [.sunday], zone: zone))
      rules.append(Rule(id: "night", .window(MoveWindow(vms: some(6, &random), hours: hours))))
    }
    if random.oneIn(3) {
      let from = Self.start.secondsSince1970 + Int.random(in: -50...100, using: &random)
      let to = from + Int.random(in: 1...500, using: &random)
      let hours = Hours.dated(from: Instant(secondsSince1970: from), to: Instant(secondsSince1970: to))
      rules.append(Rule(id: "freeze", .blackout(MoveBlackout(vms: some(6, &random), hours: hours))))
    }
    return rules
  }

  private func softRules(
    _ pick: (Int, inout SeededGenerator) -> Selection, _ some: (Int, inout SeededGenerator) -> Selection,
    _ random: inout SeededGenerator
  ) -> [Rule] {
    var rules: [Rule] = []
    if random.oneIn(6) {
      rules.append(
        Rule(
          id: "near", .preferOn(PreferOn(vms: pick(2, &random), hosts: some(1, &random))), weight: 2))
    }
    if random.oneIn(6) {
      rules.append(
        Rule(id: "soft-apart", .antiAffinity(AntiAffinity(vms: pick(3, &random))), isHard: false))
    }
    if random.oneIn(10) {
      rules.append(
        Rule(id: "soft-pair", .affinity(Affinity(vms: pick(2, &random))), isHard: false, weight: 3))
    }
    if random.oneIn(10) {
      rules.append(Rule(id: "soft-own", .dedicated(Dedicated(vms: pick(1, &random))), isHard: false))
    }
    if random.oneIn(10) {
      rules.append(
        Rule(
          id: "soft-spread", .spread(Spread(vms: pick(3, &random), scope: .rack, minDomains: 2)),
          isHard: false))
    }
    return rules
  }
}
