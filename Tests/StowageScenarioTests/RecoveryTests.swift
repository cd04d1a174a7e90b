import StowageKit
import StowageTestSupport
import Testing

/// Two sites with a link between them, to reckon with in the head.
struct TwoSites {
  var inventory: Inventory

  /// Two hosts of 64 GiB at `a`, two at `b`, 1 Gb/s between, and a store of 1 TiB at each.
  init(gbps: Double = 1, vms: [VM]) {
    let hosts = ["a1", "a2", "b1", "b2"].map { name -> Host in
      var host = Host(id: Host.ID(name), cores: 64, memoryMiB: 65_536)
      host.site = String(name.prefix(1))
      host.networkGbps = 10
      host.datastores = ["disks-\(name.prefix(1))"]
      return host
    }
    var link = Link(id: "wan", a: "a", b: "b", gbps: gbps)
    link.roundTripMilliseconds = 8
    let stores = ["a", "b"].map { site -> Datastore in
      var store = Datastore(id: "disks-\(site)")
      store.site = site
      store.capacityGiB = 1024
      store.usedGiB = 0
      return store
    }
    inventory = Inventory(hosts: hosts, vms: vms, links: [link], datastores: stores)
  }

  static func vm(
    _ id: String, on host: String = "a1", gib: Double = 8, change: Double = 1, rpo: Double? = 900,
    rto: Double? = 3600
  ) -> VM {
    var vm = VM(id: VM.ID(id), vCPUs: 2, memoryMiB: gib * 1024, host: Host.ID(host))
    vm.diskUsedGiB = 50
    vm.diskChangeMiBPerSecond = change
    vm.datastores = ["disks-\(host.prefix(1))"]
    vm.rpoSeconds = rpo
    vm.rtoSeconds = rto
    return vm
  }

  func protect(
    _ replicator: Replicator = .vSphereReplication, _ change: (inout RecoveryTerms) -> Void = { _ in }
  ) throws -> RecoveryInput {
    var terms = RecoveryTerms(replicator: replicator)
    change(&terms)
    return try Protector(isDeterministic: true).protect(inventory, terms: terms, platform: .vmware)
  }
}

@Suite("Recovery plans")
struct RecoveryTests {
  /// 1 MiB/s, a copy every 450 s, there after 450 s more: 900 s. 10 min to decide, 30 s and 60 s, 5 min for clients.
  @Test("a VM gets a copy at the other site that is as old as it may be, and restarts when reckoned")
  func one() throws {
    let input = try TwoSites(vms: [TwoSites.vm("u")]).protect()
    let replica = try #require(input.plan.replicas.first)
    #expect(input.isVerified && input.plan.outcome == .optimal)
    #expect(replica.site == "b" && replica.datastore == "disks-b" && replica.intervalSeconds == 450)
    #expect(replica.rateMiBPerSecond == 1 && replica.worstAgeSeconds == 900)
    #expect(replica.links.contains("wan:ab") && replica.readySeconds == 990)
    // 1 Gb/s is 119.21 MiB/s, of which replication gets 72 %, a quarter kept free: 68.66.
    #expect(input.links.map { ($0.payloadMiBPerSecond * 100).rounded() } == [6866])
  }

  /// 56 GiB are free on each of b's hosts beside 8 GiB that run there; each of the four asks for 30.
  @Test("room on hosts is kept for restarts beside who runs there")
  func room() throws {
    let residents = [
      TwoSites.vm("r1", on: "b1", rpo: nil, rto: nil), TwoSites.vm("r2", on: "b2", rpo: nil, rto: nil),
    ]
    let asking = (1...3).map { TwoSites.vm("u\($0)", on: "a1", gib: 30) }
    let input = try TwoSites(vms: residents + asking).protect()
    #expect(input.isVerified)
    #expect(input.plan.replicas.count == 2 && input.plan.refusals.count == 1)
    #expect([input.plan.unprotected.value, input.plan.unprotected.lowerBound] == [1, 1])
  }

  /// 50 MiB/s on each of two VMs: 100 on a link that gives copies 68.66; 1.457 Gb/s would do.
  @Test("a link that is too slow is told with the least that would do, and the conflict names it alone")
  func link() throws {
    let vms = ["u", "v"].map { TwoSites.vm($0, change: 50) }
    let input = try TwoSites(vms: vms).protect(.zerto)
    #expect(input.isVerified && input.plan.replicas.count == 1)
    #expect(input.plan.wantedLinks.map(\.leastGbps) == [1.457])
    #expect(input.plan.conflict.count == 1 && input.plan.conflict[0].contains("wan:ab"))
    #expect(
      try TwoSites(gbps: 1.457, vms: vms).protect(.zerto).plan.refusals.isEmpty)
  }

  @Test("a VM that alone asks too much of the link is told so")
  func alone() throws {
    let input = try TwoSites(vms: [TwoSites.vm("u", change: 100)]).protect(.zerto)
    #expect(
      input.plan.refusals.map(\.because) == ["its RPO asks for 100 MiB/s and 'wan:ab' gives copies 69 MiB/s"])
    #expect(input.plan.wantedLinks.map(\.leastGbps) == [1.457])
  }

  @Test("Azure Site Recovery refuses a VM that changes by more than 54 MB/s, by name")
  func azure() throws {
    let input = try TwoSites(gbps: 10, vms: [TwoSites.vm("u", change: 60)]).protect(.azureSiteRecovery)
    #expect(input.plan.refusals.first?.because.contains("Azure Site Recovery bears at most 54") == true)
  }

  @Test("an RPO below what the replicator copies, and an RTO below the first restart, are refused")
  func tooShort() throws {
    let vms = [TwoSites.vm("u", rpo: 20), TwoSites.vm("v", rto: 900)]
    let input = try TwoSites(vms: vms).protect(.hyperVReplica)
    #expect(input.isVerified && input.plan.refusals.count == 2)
    #expect(input.plan.refusals[0].because.contains("RPO of 20 s is shorter"))
    #expect(input.plan.refusals[1].because.contains("RTO of 900 s is shorter"))
  }

  /// One restart of a host at a time, 90 s each: the third on a host serves 180 s after the first.
  @Test("who must be early restarts first, and hosts take no more than are in time")
  func inTime() throws {
    let vms = (1...4).map { TwoSites.vm("u\($0)", gib: 1, rto: 1100) }
    let input = try TwoSites(vms: vms).protect { $0.restartsAtOnce = 1 }
    #expect(input.isVerified && input.plan.refusals.isEmpty)
    #expect(Set(input.plan.replicas.map(\.host)) == ["b1", "b2"])
    let fewer = try TwoSites(vms: vms + [TwoSites.vm("u5", gib: 1, rto: 1100)]).protect {
      $0.restartsAtOnce = 1
    }
    #expect(fewer.isVerified && [fewer.plan.unprotected.value, fewer.plan.unprotected.lowerBound] == [1, 1])
  }

  @Test("members of an anti-affinity restart apart, and away from who runs on")
  func apart() throws {
    let vms = [TwoSites.vm("u1"), TwoSites.vm("u2", on: "a2")]
    var sites = TwoSites(vms: vms)
    sites.inventory.rules = [
      Rule(id: "pair", .antiAffinity(AntiAffinity(vms: Selection(["u*"]), scope: .host)))
    ]
    let input = try sites.protect()
    #expect(input.isVerified && Set(input.plan.replicas.map(\.host)).count == 2)
  }

  @Test("copies ask for space where they lie")
  func space() throws {
    var sites = TwoSites(vms: (1...3).map { TwoSites.vm("u\($0)") })
    sites.inventory.datastores[1].usedGiB = 920
    let input = try sites.protect()
    #expect(input.isVerified && input.plan.replicas.count == 2)
    #expect(input.plan.conflict.contains { $0.contains("space for disks in b") })
  }

  @Test("HCX bears 200 VMs over one service mesh: the rest is refused by name")
  func mesh() throws {
    let vms = (1...202).map { TwoSites.vm("u\($0)", gib: 0.125, change: 0.01, rto: nil) }
    let input = try TwoSites(
      gbps: 10,
      vms: vms.map { vm in
        var vm = vm
        vm.vCPUs = 0.1
        vm.diskUsedGiB = 1
        return vm
      }
    ).protect(.hcx)
    #expect(input.isVerified && [input.plan.unprotected.value, input.plan.unprotected.lowerBound] == [2, 2])
    #expect(input.plan.conflict.count == 1 && input.plan.conflict[0].contains("HCX bears at most 200"))
  }

  @Test("the document holds the whole plan")
  func roundTrip() throws {
    let vms = ["u", "v"].map { TwoSites.vm($0, change: 50) }
    let plan = try TwoSites(vms: vms).protect(.zerto).plan
    let (read, log) = RecoveryDocument.decode(RecoveryDocument.encode(plan))
    #expect(!log.hasErrors && read == plan)
  }

  @Test("no fleet is protected worse than by trying every placement", arguments: UInt64(1)...60)
  func exhaustive(seed: UInt64) throws {
    let fleet = SmallRecoveryFleet(seed: seed)
    var terms = RecoveryTerms(replicator: .zerto)
    terms.headroom = 0
    let input = try Protector(isDeterministic: true).protect(
      fleet.inventory, terms: terms, platform: .vmware)
    #expect(input.isVerified, "seed \(seed): \(input.findings)")
    let best = fleet.best()
    #expect(input.plan.unprotected.value == Double(best.left), "seed \(seed)")
    #expect(abs(input.plan.linkTraffic.value - best.traffic) < 0.01, "seed \(seed)")
    #expect(input.plan.outcome == .optimal, "seed \(seed)")
    #expect(input.plan.unprotected.lowerBound <= input.plan.unprotected.value, "seed \(seed)")
  }
}

/// Three sites with two hosts each and up to five VMs, so small that every placement can be tried.
struct SmallRecoveryFleet {
  let inventory: Inventory

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sites = ["a", "b", "c"]
    let hosts = sites.flatMap { site in
      (1...2).map { number -> Host in
        var host = Host(id: Host.ID("\(site)\(number)"), cores: 64, memoryMiB: 16_384)
        host.site = site
        return host
      }
    }
    let links = [("a", "b"), ("a", "c"), ("b", "c")].map { a, b -> Link in
      Link(id: Link.ID(a + b), a: a, b: b, gbps: [0.2, 0.5, 1].randomElement(using: &random) ?? 1)
    }
    let count = Int.random(in: 3...5, using: &random)
    let vms = (0..<count).map { number -> VM in
      let host = hosts.randomElement(using: &random)?.id ?? "a1"
      let gib = Double(Int.random(in: 3...7, using: &random))
      var vm = VM(id: VM.ID("v\(number)"), vCPUs: 1, memoryMiB: gib * 1024, host: host)
      vm.rpoSeconds = 60
      vm.diskUsedGiB = 10
      vm.diskChangeMiBPerSecond = Double(Int.random(in: 1...40, using: &random))
      vm.app = random.oneIn(2) ? "shop" : nil
      return vm
    }
    inventory = Inventory(hosts: hosts, vms: vms, links: links)
  }

  /// Fewest VMs without a copy, and of such plans the least data on links, by trying every host, or none, for every
  /// VM. Every two sites have a link of their own, so that a copy crosses one.
  func best() -> (left: Int, traffic: Double) {
    var best = (left: inventory.vms.count, traffic: 0.0)
    var chosen = [Int?](repeating: nil, count: inventory.vms.count)
    func go(_ vm: Int, _ left: Int, _ traffic: Double) {
      guard (left, traffic) < best else { return }
      guard vm < chosen.count else {
        best = (left, traffic)
        return
      }
      let rate = inventory.vms[vm].diskChangeMiBPerSecond ?? 0
      for host in inventory.hosts.indices {
        chosen[vm] = host
        if holds(Array(chosen[...vm])) { go(vm + 1, left, traffic + rate) }
      }
      chosen[vm] = nil
      go(vm + 1, left + 1, traffic)
    }
    go(0, 0, 0)
    return best
  }

  private func holds(_ chosen: [Int?]) -> Bool {
    var memory: [String: Double] = [:]
    var links: [String: Double] = [:]
    var apps: [String: String] = [:]
    for (vm, host) in zip(inventory.vms, chosen) {
      guard let host, let home = vm.host.map({ $0.rawValue.prefix(1) }) else { continue }
      let target = inventory.hosts[host]
      guard let site = target.site, site != home else { return false }
      memory["\(target.id) \(home)", default: 0] += vm.memoryMiB
      links["\(home)\(site)", default: 0] += vm.diskChangeMiBPerSecond ?? 0
      if let app = vm.app, let other = apps.updateValue(site, forKey: "\(app) \(home)"), other != site {
        return false
      }
    }
    let isRoomy = memory.allSatisfy { key, asked in
      let host = key.split(separator: " ")[0]
      let resident = inventory.vms.filter { $0.host?.rawValue == String(host) }.reduce(0) {
        $0 + $1.memoryMiB
      }
      return asked <= max(0, 16_384 - resident)
    }
    return isRoomy
      && links.allSatisfy { key, asked in
        let link = inventory.links.first { $0.id.rawValue == String(key.sorted()) }
        return asked <= 0.72 * (link?.gbps ?? 0) * 1e9 / 8 / 1_048_576
      }
  }
}
