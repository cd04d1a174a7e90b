import StowageKit
import StowageTestSupport
import Testing

/// Rules that are asked of VMs that restart at another site.
@Suite("Rules of restarts")
struct RecoveryRuleTests {
  private func protect(_ vms: [VM], _ rules: [Requirement]) throws -> (
    input: RecoveryInput, inventory: Inventory
  ) {
    var sites = TwoSites(vms: vms)
    sites.inventory.rules = rules.enumerated().map { Rule(id: Rule.ID("rule-\($0)"), $1) }
    return (try sites.protect(), sites.inventory)
  }

  private func hosts(_ input: RecoveryInput) -> [VM.ID: Host.ID] {
    Dictionary(uniqueKeysWithValues: input.plan.replicas.map { ($0.vm, $0.host) })
  }

  @Test("members of a spread restart in as many places as it asks, and no place holds more than it allows")
  func spread() throws {
    let vms = (1...4).map { TwoSites.vm("u\($0)", gib: 4) }
    let (input, inventory) = try protect(
      vms, [.spread(Spread(vms: Selection(["u*"]), minDomains: 2, maxPerDomain: 3))])
    #expect(input.isVerified && input.plan.refusals.isEmpty, "\(input.findings)")
    #expect(Set(hosts(input).values).count == 2)
    var plan = input.plan
    for index in plan.replicas.indices { plan.replicas[index].host = "b1" }
    let codes = Set(RecoveryVerifier.judge(plan, of: inventory).findings.map(\.code))
    #expect(codes.contains(.recoveryRule))
  }

  @Test("who runs there counts: a dedicated VM restarts with nobody, and nobody beside one that runs on")
  func dedicated() throws {
    let (input, inventory) = try protect(
      [
        TwoSites.vm("lone", gib: 4), TwoSites.vm("other", gib: 4),
        TwoSites.vm("there", on: "b1", gib: 4, rpo: nil, rto: nil),
      ], [.dedicated(Dedicated(vms: Selection(["lone"])))])
    #expect(input.isVerified && input.plan.refusals.isEmpty, "\(input.findings)")
    #expect(hosts(input) == ["lone": "b2", "other": "b1"])
    var plan = input.plan
    for index in plan.replicas.indices { plan.replicas[index].host = "b2" }
    #expect(RecoveryVerifier.judge(plan, of: inventory).findings.contains { $0.code == .recoveryRule })
  }

  @Test("a cap on hosts holds for who restarts there")
  func cap() throws {
    let cap = GroupCap(hosts: Selection(["b*"]), resource: .memory, limit: 20 * 1024)
    let (input, inventory) = try protect((1...3).map { TwoSites.vm("u\($0)", gib: 8) }, [.groupCap(cap)])
    #expect(input.isVerified && input.plan.replicas.count == 2, "\(input.findings)")
    #expect(input.plan.unprotected.lowerBound == 1)
    var plan = input.plan
    var third = plan.replicas[0]
    third.vm = plan.refusals[0].vm
    third.restartOrder = 9
    plan.replicas.append(third)
    plan.refusals = []
    let codes = RecoveryVerifier.judge(plan, of: inventory).findings.map(\.code)
    #expect(codes.contains(.recoveryRule))
  }

  /// Each of b's hosts has 64 GiB: when one of them fails too, the other holds 64 GiB of what runs there.
  @Test("a cluster that must survive a failure keeps its room when VMs have restarted in it")
  func failover() throws {
    var sites = TwoSites(vms: (1...3).map { TwoSites.vm("u\($0)", gib: 24) })
    for index in sites.inventory.hosts.indices {
      sites.inventory.hosts[index].cluster = "cluster-\(sites.inventory.hosts[index].site ?? "")"
    }
    let free = try sites.protect()
    #expect(free.plan.replicas.count == 3)
    sites.inventory.rules = [Rule(id: "n+1", .failover(Failover()))]
    let input = try sites.protect()
    #expect(input.isVerified && input.plan.replicas.count == 2, "\(input.findings)")
    var plan = free.plan
    plan.inventory = input.plan.inventory
    #expect(RecoveryVerifier.judge(plan, of: sites.inventory).findings.contains { $0.code == .recoveryRule })
  }

  // MARK: By trying every placement

  @Test("rules leave out no more VMs than trying every placement does", arguments: UInt64(1)...60)
  func exhaustive(seed: UInt64) throws {
    let fleet = SmallRuledFleet(seed: seed)
    var terms = RecoveryTerms(replicator: .zerto)
    terms.headroom = 0
    let input = try Protector(isDeterministic: true).protect(fleet.inventory, terms: terms, platform: .vmware)
    #expect(input.isVerified, "seed \(seed): \(input.findings)")
    let least = fleet.fewestLeftOut()
    #expect(input.plan.unprotected.value == Double(least), "seed \(seed)")
    #expect(input.plan.unprotected.lowerBound <= Double(least), "seed \(seed)")
  }

  // MARK: What is proved

  @Test("bounds by prices are recomputed, and one that says more is refused")
  func prices() throws {
    let sites = TwoSites(
      vms: ["u", "v"].map { TwoSites.vm($0, change: 50) } + [TwoSites.vm("w", change: 1)])
    let input = try sites.protect(.zerto)
    #expect(input.isVerified && input.plan.unprotected.proof == .prices)
    #expect([input.plan.unprotected.value, input.plan.unprotected.lowerBound] == [1, 1])
    var plan = input.plan
    plan.unprotected.prices = []
    #expect(RecoveryVerifier.judge(plan, of: sites.inventory).findings.map(\.code) == [.recoveryFigure])
    for index in input.plan.unprotected.prices.indices {
      plan = input.plan
      plan.unprotected.prices[index].perUnit *= 3
      #expect(RecoveryVerifier.judge(plan, of: sites.inventory).findings.map(\.code) == [.recoveryFigure])
    }
    let whole = try TwoSites(vms: [TwoSites.vm("u"), TwoSites.vm("w")]).protect()
    #expect(whole.plan.unprotected.proof == .trivial && whole.plan.linkTraffic.proof == .prices)
    #expect(whole.plan.outcome == .optimal && whole.isVerified)
  }
}

/// A site whose VMs restart on three hosts in two racks of another, under a rule or two: so small that every placement can be tried.
struct SmallRuledFleet {
  let inventory: Inventory
  private let capGiB: Double?
  private let alone: Set<VM.ID>
  private let most: Int?

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let hosts = [("a1", "ra"), ("b1", "rb"), ("b2", "rb"), ("b3", "rc")].map { name, rack -> Host in
      var host = Host(id: Host.ID(name), cores: 64, memoryMiB: name == "a1" ? 65_536 : 16_384)
      (host.site, host.rack, host.networkGbps) = (String(name.prefix(1)), rack, 10)
      return host
    }
    let count = Int.random(in: 3...5, using: &random)
    var vms = (0..<count).map { number -> VM in
      var vm = VM(
        id: VM.ID("v\(number)"), vCPUs: 1, memoryMiB: Double(Int.random(in: 3...9, using: &random)) * 1024,
        host: "a1")
      (vm.rpoSeconds, vm.diskUsedGiB, vm.diskChangeMiBPerSecond) = (60, 10, 1)
      return vm
    }
    for number in 0..<Int.random(in: 0...2, using: &random) {
      vms.append(
        VM(
          id: VM.ID("w\(number)"), vCPUs: 1, memoryMiB: 4096,
          host: ["b1", "b2", "b3"].randomElement(using: &random) ?? "b1"))
    }
    most = random.oneIn(2) ? Int.random(in: 1...2, using: &random) : nil
    capGiB = random.oneIn(2) ? Double(Int.random(in: 8...24, using: &random)) : nil
    alone = random.oneIn(2) ? ["v0", "v1"] : []
    var rules: [Rule] = []
    if let most {
      rules.append(
        Rule(id: "spread", .spread(Spread(vms: Selection(["v*", "w*"]), scope: .rack, maxPerDomain: most))))
    }
    if let capGiB {
      rules.append(
        Rule(
          id: "cap",
          .groupCap(GroupCap(hosts: Selection(["b1", "b2"]), resource: .memory, limit: capGiB * 1024))))
    }
    if !alone.isEmpty {
      rules.append(Rule(id: "alone", .dedicated(Dedicated(vms: Selection(["v0", "v1"])))))
    }
    inventory = Inventory(
      hosts: hosts, vms: vms, links: [Link(id: "ab", a: "a", b: "b", gbps: 10)], rules: rules)
  }

  /// By trying every host of the other site, or none, for every VM.
  func fewestLeftOut() -> Int {
    let moving = inventory.vms.filter { $0.host == "a1" }
    let staying = Dictionary(
      uniqueKeysWithValues: inventory.vms.filter { $0.host != "a1" }.map { ($0.id, $0.host ?? "b1") })
    var best = moving.count
    func go(_ index: Int, _ left: Int, _ placed: [VM.ID: Host.ID]) {
      guard left < best else { return }
      guard index < moving.count else {
        best = left
        return
      }
      for host in ["b1", "b2", "b3"] as [Host.ID] {
        var next = placed
        next[moving[index].id] = host
        if holds(next, moved: moving[index].id, to: host) { go(index + 1, left, next) }
      }
      go(index + 1, left + 1, placed)
    }
    go(0, 0, staying)
    return best
  }

  /// Whether a VM may be on its host beside all others: what it breaks, no other can mend.
  private func holds(_ placed: [VM.ID: Host.ID], moved vm: VM.ID, to host: Host.ID) -> Bool {
    let memory = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.memoryMiB) })
    func total(_ hosts: Set<Host.ID>) -> Double {
      placed.reduce(0) { $0 + (hosts.contains($1.value) ? memory[$1.key] ?? 0 : 0) }
    }
    guard total([host]) <= 16_384 else { return false }
    let rack: Set<Host.ID> = host == "b3" ? ["b3"] : ["b1", "b2"]
    if let most, placed.values.count(where: rack.contains) > most { return false }
    if let capGiB, ["b1", "b2"].contains(host), total(["b1", "b2"]) > capGiB * 1024 { return false }
    guard !alone.isEmpty else { return true }
    let company = placed.filter { $0.value == host }.keys
    return company.allSatisfy { alone.contains($0) == alone.contains(vm) }
  }
}
