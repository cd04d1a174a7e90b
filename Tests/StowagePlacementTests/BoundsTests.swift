import StowageFleet
import StowageModel
import Testing

@testable import StowagePlacement

/// Hosts of 10 cores and 100 MiB and VMs of given sizes, each on a given host.
func fleet(
  hosts: [(cores: Double, memory: Double)], vms: [(cores: Double, memory: Double, host: Int)],
  rules: [Rule] = [], options: PlanOptions = PlanOptions(),
  change: (inout [Host], inout [VM]) -> Void = { _, _ in }
) -> Fleet {
  var hostList = hosts.enumerated().map { index, size in
    Host(id: Host.ID("h\(index)"), cores: size.cores, memoryMiB: size.memory)
  }
  var vmList = vms.enumerated().map { index, size in
    VM(
      id: VM.ID("v\(index)"), vCPUs: size.cores, memoryMiB: size.memory, host: hostList[size.host].id)
  }
  change(&hostList, &vmList)
  return Fleet(Inventory(hosts: hostList, vms: vmList, rules: rules), options: options)
}

@Suite("Bounds that a verifier can recompute")
struct BoundsTests {
  @Test("volume takes the resource that needs most hosts")
  func volume() {
    // 12 cores need two hosts of 10; 210 MiB need three of 100.
    let fleet = fleet(
      hosts: [(10, 100), (10, 100), (10, 100), (10, 100)],
      vms: [(4, 70, 0), (4, 70, 1), (4, 70, 2)])
    #expect(VolumeBound(HostTypes(fleet)).hosts == 3)
    #expect(VolumeBound(HostTypes(fleet)).shortage == nil)
  }

  @Test("volume names the resource that is short")
  func shortage() {
    let fleet = fleet(hosts: [(10, 100)], vms: [(4, 60, 0), (4, 60, 0)]) { hosts, _ in
      hosts.append(Host(id: "h9", cores: 1, memoryMiB: 10))
    }
    // The overloaded host has room for what it holds, so nothing is short.
    #expect(VolumeBound(HostTypes(fleet)).hosts == 1)
    let drained = Fleet(
      Inventory(hosts: fleet.hosts, vms: fleet.vms), options: PlanOptions(hosts: ["h0"]))
    let bound = VolumeBound(HostTypes(drained))
    #expect(bound.hosts == nil)
    #expect(bound.shortage?.resource == .cpu)
    #expect(bound.shortage?.demand == 8000 && bound.shortage?.capacity == 1000)
  }

  @Test("mix sees that no type has both kinds of room")
  func mix() {
    // Two hosts for cores, two for memory: volume says 2 by each resource, but they are not the same two.
    let fleet = fleet(
      hosts: [(20, 10), (20, 10), (2, 100), (2, 100)],
      vms: [(20, 10, 0), (12, 10, 1), (2, 90, 2), (2, 80, 3)])
    #expect(VolumeBound(HostTypes(fleet)).hosts == 2)
    #expect(MixBound(HostTypes(fleet)).answer == .hosts(4))
  }

  @Test("mix agrees with trying every set of hosts", arguments: UInt64(0)..<60)
  func everyMix(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let types = (0..<4).map { _ in (Double(random.below(9) + 1), Double(random.below(90) + 10)) }
    let hosts = (0..<8).map { _ in types[random.below(1 + Int(seed % 4))] }
    let vms = hosts.enumerated().map { host, size in
      (Double(random.below(Int(size.0) + 1)), Double(random.below(Int(size.1)) + 1), host)
    }
    let fixed = random.below(4) == 0 ? Set([random.below(8)]) : []
    let fleet = fleet(hosts: hosts, vms: vms) { _, vms in
      for vm in fixed { vms[vm].isMovable = false }
    }
    let fewest = (0..<(1 << 8)).filter { (chosen: Int) -> Bool in
      guard fixed.allSatisfy({ chosen >> $0 & 1 == 1 }) else { return false }
      let open = hosts.indices.filter { chosen >> $0 & 1 == 1 }
      return open.reduce(0) { $0 + hosts[$1].0 } >= vms.reduce(0) { $0 + $1.0 }
        && open.reduce(0) { $0 + hosts[$1].1 } >= vms.reduce(0) { $0 + $1.1 }
    }.map(\.nonzeroBitCount).min()
    #expect(MixBound(HostTypes(fleet)).answer == fewest.map { .hosts($0) }, "seed \(seed)")
  }

  /// Two clusters of three hosts of 100 MiB with 60 MiB on each host: either needs two.
  private func clusters(_ more: [Rule] = []) -> Fleet {
    let walls = ["a", "b"].map { name in
      let own = Selection(labels: ["cluster": name])
      return Rule(id: Rule.ID(name), .onlyOn(OnlyOn(vms: own, hosts: own)))
    }
    return fleet(
      hosts: Array(repeating: (100, 100), count: 6), vms: (0..<6).map { (1, 60, $0) }, rules: walls + more
    ) { hosts, vms in
      for index in 0..<6 {
        hosts[index].cluster = index < 3 ? "a" : "b"
        hosts[index].labels = ["cluster": index < 3 ? "a" : "b"]
        vms[index].labels = ["cluster": index < 3 ? "a" : "b"]
        vms[index].memoryMiB = index < 3 ? 60 : 40
      }
    }
  }

  @Test("clusters that share no VM are counted each by itself")
  func parts() {
    // 180 and 120 MiB: three hosts in all by volume, two for either cluster.
    let fleet = clusters()
    #expect(FleetParts(fleet).parts.map(\.hosts) == [[0, 1, 2], [3, 4, 5]])
    #expect(VolumeBound(HostTypes(fleet)).hosts == 3)
    let bound = HostsOnBound(fleet).bound
    #expect(bound.value == 4 && bound.proof == .parts)
  }

  @Test("a cluster that must survive a failure needs its largest host besides")
  func failures() {
    let bound = HostsOnBound(clusters([Rule(id: "n", .failover(Failover()))])).bound
    #expect(bound.value == 6 && bound.proof == .parts)
  }

  @Test("one VM that may end in either cluster makes them one part")
  func joined() {
    let fleet = clusters()
    var vms = fleet.vms
    vms[0].labels = [:]
    let rules = ["a", "b"].map { name in
      let own = Selection(labels: ["cluster": name])
      return Rule(id: Rule.ID(name), .onlyOn(OnlyOn(vms: own, hosts: own)))
    }
    let joined = Fleet(Inventory(hosts: fleet.hosts, vms: vms, rules: rules), options: PlanOptions())
    #expect(FleetParts(joined).parts.count == 1)
    #expect(HostsOnBound(joined).bound.value == 3)
  }

  @Test("a host whose VM cannot move stays on")
  func forced() {
    let stay = Rule(id: "s", .stay(Stay(vms: Selection(["v*"]))))
    let fleet = fleet(hosts: [(10, 100), (10, 100)], vms: [(1, 10, 0), (1, 10, 1)], rules: [stay])
    #expect(HostsOnBound(fleet).bound.value == 2)
  }

  @Test("fewer hosts on means that the hosts with the least memory move")
  func mustMove() {
    let fleet = fleet(
      hosts: [(10, 100), (10, 100), (10, 100)], vms: [(1, 10, 0), (1, 20, 0), (1, 25, 1), (1, 40, 2)])
    let bound = MustMoveBound(fleet)
    #expect(bound.moves == 0)
    #expect(bound.movedMiB(hostsOn: 3) == 0)
    #expect(bound.movedMiB(hostsOn: 2) == 25)
    #expect(bound.movedMiB(hostsOn: 1) == 55)
  }

  @Test("the mean leaves out what may remain on a host in maintenance, not what must leave it")
  func meanLoadOfThoseWhoMustLeave() {
    let never = Rule(id: "n", .neverOn(NeverOn(vms: Selection(["v1"]), hosts: Selection(["h1"]))))
    let fleet = fleet(
      hosts: [(10, 100), (10, 100)], vms: [(1, 20, 0), (1, 30, 1), (1, 40, 1)], rules: [never]
    ) { hosts, _ in
      hosts[1].isInMaintenance = true
    }
    // v0 is there, v1 must come, v2 may remain where it is.
    #expect(MeanLoadBound(fleet).utilisation == 0.5)
  }

  @Test("what must leave is counted once")
  func mustLeave() {
    let drained = fleet(
      hosts: [(10, 100), (10, 100), (10, 100)], vms: [(1, 10, 0), (1, 25, 1), (1, 40, 2)],
      options: PlanOptions(hosts: ["h0"]))
    let bound = MustMoveBound(drained)
    #expect(bound.moves == 1)
    #expect(bound.movedMiB(hostsOn: 2) == 10)
    #expect(bound.movedMiB(hostsOn: 1) == 35)
  }

  @Test("the mean leaves out what may remain on hosts that are not usable")
  func meanLoad() {
    let fleet = fleet(
      hosts: [(10, 100), (10, 100), (10, 100)], vms: [(6, 10, 0), (2, 10, 1), (9, 10, 2)]
    ) { hosts, _ in hosts[2].state = .offline }
    #expect(MeanLoadBound(fleet).utilisation == 0.4)
    // 8 vCPUs on two hosts of 10: 4 of them above 20 %, and a tenth of a host each; 20 of 200 MiB are not above 30 %.
    #expect((MeanLoadBound(fleet).targetExcess([.cpu: 20, .memory: 30]) - 0.4).magnitude < 1e-9)
    #expect(MeanLoadBound(fleet).targetExcess([:]) == 0)
  }
}
