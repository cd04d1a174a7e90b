import StowageFleet
import StowageModel
import Testing

@Suite("Fleet sizing")
struct SizingTests {
  static func fleet(
    _ change: (inout Host, inout VM) -> Void, sizing: SizingOptions = SizingOptions()
  ) -> Fleet {
    var host = Host(id: "h", cores: 10, memoryMiB: 100)
    var vm = VM(id: "v", vCPUs: 2, memoryMiB: 8, host: "h")
    change(&host, &vm)
    return Fleet(Inventory(hosts: [host], vms: [vm]), options: PlanOptions(sizing: sizing))
  }

  @Test("counts vCPUs in thousandths and memory in KiB")
  func counts() {
    let fleet = Self.fleet { _, _ in }
    #expect(fleet.demand[0] == Amounts(cpu: 2000, memory: 8192, slots: 1))
    #expect(fleet.capacity[0][.cpu] == 10000)
    #expect(fleet.capacity[0][.memory] == 102_400)
    #expect(fleet.capacity[0][.slots] == nil)
  }

  @Test("capacity is physical times overcommit, less reserve and headroom")
  func reserves() {
    let sizing = SizingOptions(cpuHeadroomPercent: 10, memoryHeadroomPercent: 50)
    let fleet = Self.fleet(
      { host, _ in
        host.cpuOvercommitRatio = 3
        host.cpuMHz = 2000
        host.cpuReservedMHz = 2000
        host.memoryReservedMiB = 10
      }, sizing: sizing)
    // 10 cores × 3 × 0.9 − 1 core × 3 = 24 vCPUs; 100 MiB × 0.5 − 10 MiB = 40 MiB.
    #expect(fleet.capacity[0][.cpu] == 24000)
    #expect(fleet.capacity[0][.memory] == 40_960)
  }

  @Test("a VM that is off keeps slot and local disk and asks for nothing else")
  func countsOff() {
    let fleet = Self.fleet { _, vm in
      vm.powerState = .off
      vm.hasLocalDisk = true
      vm.diskUsedGiB = 1
      vm.networkMbpsP95 = 5
    }
    #expect(fleet.demand[0] == Amounts(localDisk: 1_048_576, slots: 1))
  }

  @Test("MHz are the 95th percentile, else the maximum, else the allocation at the host's clock")
  func countsMHz() {
    let mhz = SizingOptions(cpu: .mhz)
    #expect(
      Self.fleet(
        { _, vm in
          vm.cpuMHzP95 = 100; vm.cpuMHzMax = 300
        }, sizing: mhz
      ).demand[0][.cpu] == 100_000)
    #expect(Self.fleet({ _, vm in vm.cpuMHzMax = 300 }, sizing: mhz).demand[0][.cpu] == 300_000)
    #expect(Self.fleet({ host, _ in host.cpuMHz = 2500 }, sizing: mhz).demand[0][.cpu] == 5_000_000)
  }

  @Test("a binary fraction does not flip a unit")
  func roundsCalmly() {
    let fleet = Self.fleet { host, vm in
      vm.vCPUs = 0.1 + 0.2
      host.cpuOvercommitRatio = 1.15
    }
    #expect(fleet.demand[0][.cpu] == 300)
    #expect(fleet.capacity[0][.cpu] == 11500)
  }

  @Test("local datastores of one host stand in for its unknown local disk")
  func countsLocalDatastores() {
    var store = Datastore(id: "d")
    store.capacityGiB = 2
    store.isShared = false
    store.hosts = ["h"]
    let host = Host(id: "h", cores: 1, memoryMiB: 1)
    let fleet = Fleet(Inventory(hosts: [host], vms: [], datastores: [store]), options: PlanOptions())
    #expect(fleet.capacity[0][.localDisk] == 2_097_152)
  }
}

@Suite("Fleet rules")
struct FleetRulesTests {
  static func inventory(_ rules: [Rule], change: (inout [Host], inout [VM]) -> Void = { _, _ in })
    -> Inventory
  {
    var hosts = ["a", "b", "c"].map { Host(id: Host.ID($0), cores: 8, memoryMiB: 64) }
    var vms = ["u", "v", "w"].enumerated().map { index, name in
      VM(id: VM.ID(name), vCPUs: 1, memoryMiB: 8, host: hosts[index].id)
    }
    change(&hosts, &vms)
    return Inventory(hosts: hosts, vms: vms, rules: rules)
  }

  @Test("only_on, never_on and a VM's own columns narrow where it may be")
  func narrows() {
    let rules = [
      Rule(id: "o", .onlyOn(OnlyOn(vms: Selection(["u", "v"]), hosts: Selection(["a", "b"])))),
      Rule(id: "n", .neverOn(NeverOn(vms: Selection(["v"]), hosts: Selection(["a"])))),
    ]
    let fleet = Fleet(
      Self.inventory(rules) { _, vms in vms[2].forbiddenHosts = ["?"] }, options: PlanOptions())
    func allowed(_ vm: Int) -> [Int] { (0..<3).filter { fleet.allows(vm, on: $0) } }
    #expect(allowed(0) == [0, 1])
    #expect(allowed(1) == [1])
    #expect(allowed(2) == [])
    #expect(fleet.mustLeave(2) && !fleet.mustLeave(1))
  }

  @Test("soft rules do not narrow")
  func softDoesNotNarrow() {
    let rule = Rule(id: "o", .onlyOn(OnlyOn(vms: Selection(["u"]), hosts: Selection(["b"]))), isHard: false)
    let fleet = Fleet(Self.inventory([rule]), options: PlanOptions())
    #expect(fleet.allows(0, on: 0))
    #expect(fleet.softRulesNotWeighed.isEmpty && fleet.weighsSoftRules)
    #expect(fleet.preferences.map(\.rule) == ["o"])
  }

  @Test("drained, offline, resting and barred hosts are no targets")
  func knowsTargets() {
    let drain = Rule(id: "d", .drain(Drain(hosts: Selection(["a"]))))
    let fleet = Fleet(
      Self.inventory([drain]) { hosts, _ in hosts[1].isInMaintenance = true }, options: PlanOptions())
    #expect(fleet.targets.members == [2])
    #expect(fleet.mustLeave(0) && !fleet.mustLeave(1))
    #expect(Fleet(Self.inventory([]), options: PlanOptions(hosts: ["c"])).drained.members == [2])
  }

  @Test("networks, GPUs and clusters keep a VM from hosts that lack them")
  func needsWhatItNeeds() {
    let inventory = Self.inventory([]) { hosts, vms in
      hosts[0].networks = ["blue", "red"]
      hosts[1].networks = ["blue"]
      hosts[0].gpuCount = 1
      hosts[2].cluster = "x"
      vms[0].networks = ["red"]
      vms[1].gpuCount = 1
    }
    let free = Fleet(inventory, options: PlanOptions())
    #expect((0..<3).map { free.allows(0, on: $0) } == [true, false, true])
    #expect((0..<3).map { free.allows(1, on: $0) } == [true, false, false])
    let walled = Fleet(inventory, options: PlanOptions(staysWithinClusters: true))
    #expect((0..<3).map { walled.allows(2, on: $0) } == [false, false, true])
  }

  @Test("VMs without a known host are unplaced")
  func knowsUnplaced() {
    let fleet = Fleet(
      Self.inventory([]) { _, vms in
        vms[0].host = nil
        vms[1].host = "nowhere"
      }, options: PlanOptions())
    #expect(fleet.unplaced == ["u", "v"])
    #expect(fleet.vms.map(\.id) == ["w"])
  }

  @Test("pins come from the column, from the cost model, and from stay, in this order")
  func pins() {
    let stay = Rule(id: "s", .stay(Stay(vms: Selection(["*"]))))
    let inventory = Self.inventory([stay]) { _, vms in vms[0].isMovable = false }
    let fleet = Fleet(inventory, options: PlanOptions()) { $0.id == "v" ? "has a device" : nil }
    #expect(fleet.pins == [.notMovable, .noTechnique(because: "has a device"), .stay("s")])
  }
}

@Suite("FleetState")
struct FleetStateTests {
  @Test("a host over its limit at the start may hold that much and no more")
  func keepsCeilings() {
    let hosts = [Host(id: "a", cores: 8, memoryMiB: 10), Host(id: "b", cores: 8, memoryMiB: 10)]
    let vms = [
      VM(id: "u", vCPUs: 1, memoryMiB: 12, host: "a"), VM(id: "v", vCPUs: 1, memoryMiB: 12, host: "b"),
      VM(id: "w", vCPUs: 1, memoryMiB: 1, host: "b"),
    ]
    let fleet = Fleet(Inventory(hosts: hosts, vms: vms), options: PlanOptions())
    var state = FleetState(fleet)
    #expect(state.overloads(of: 0) == [.memory])
    #expect(!state.hasRoom(for: 2, on: 0))
    state.leave(0, 0)
    #expect(state.hasRoom(for: 1, on: 0))
    #expect(!state.hasRoomAtRest(for: 1, on: 0))
  }

  @Test("anti-affinity counts a VM at both ends, and two that share a rack at the start may go on so")
  func countsApart() {
    var hosts = ["a", "b", "c"].map { Host(id: Host.ID($0), cores: 8, memoryMiB: 64) }
    hosts[0].rack = "r"
    hosts[1].rack = "r"
    let vms = ["u", "v"].map { VM(id: VM.ID($0), vCPUs: 1, memoryMiB: 1, host: "a") }
    let rule = Rule(id: "x", .antiAffinity(AntiAffinity(vms: Selection(["u", "v"]), scope: .rack)))
    let fleet = Fleet(Inventory(hosts: hosts, vms: vms, rules: [rule]), options: PlanOptions())
    var state = FleetState(fleet)
    #expect(state.isCrowded(0, on: 0))
    #expect(!state.hasRoom(for: 0, on: 1), "the rack holds two already, as at the start")
    #expect(state.hasRoom(for: 0, on: 2))
    state.leave(0, 0)
    #expect(state.hasRoom(for: 0, on: 1) && !state.hasRoomAtRest(for: 0, on: 1))
  }
}

@Suite("FailoverProbe")
struct FailoverProbeTests {
  @Test("counts the hosts whose VMs fit nowhere else")
  func counts() {
    let hosts = ["a", "b", "c"].map { Host(id: Host.ID($0), cores: 8, memoryMiB: 10) }
    let vms = [
      VM(id: "u", vCPUs: 1, memoryMiB: 8, host: "a"), VM(id: "v", vCPUs: 1, memoryMiB: 5, host: "b"),
    ]
    let rule = Rule(id: "n", .failover(Failover()))
    let fleet = Fleet(Inventory(hosts: hosts, vms: vms, rules: [rule]), options: PlanOptions())
    let probe = FailoverProbe(fleet)
    #expect(probe.uncovered(fleet.failovers[0], placement: [0, 1]) { _ in true } == 0)
    // With c off, u (8 MiB) has 5 MiB on b, and v has 2 MiB on a.
    #expect(probe.uncovered(fleet.failovers[0], placement: [0, 1]) { $0 != 2 } == 2)
  }

  /// Sets that the failure of the first host leaves uncovered, it holding the `stranded` VMs, on hosts with other rooms.
  private func uncovered(
    rooms: [(cores: Double, memory: Double)], stranded: [(id: VM.ID, cpu: Double, memory: Double)],
    rules: [Rule] = [], others: [(id: VM.ID, host: Int)] = []
  ) -> Int {
    let hosts = ([(16.0, 64.0)] + rooms).enumerated().map {
      Host(id: Host.ID("h\($0)"), cores: $1.0, memoryMiB: $1.1)
    }
    let vms =
      stranded.map { VM(id: $0.id, vCPUs: $0.cpu, memoryMiB: $0.memory, host: "h0") }
      + others.map { VM(id: $0.id, vCPUs: 0, memoryMiB: 0, host: Host.ID("h\($0.host)")) }
    let rule = Rule(id: "n", .failover(Failover(hosts: Selection(["h*"]))))
    let fleet = Fleet(Inventory(hosts: hosts, vms: vms, rules: rules + [rule]), options: PlanOptions())
    return FailoverProbe(fleet).uncovered(fleet.failovers[0], placement: fleet.start) { _ in true }
  }

  /// By memory, the VM of 3 vCPUs and 1 MiB comes last, when each host has 2 vCPUs left.
  @Test("packs by CPU where packing by memory wastes it")
  func byCPU() {
    #expect(
      uncovered(
        rooms: [(4, 64), (3, 60)],
        stranded: [("u", 2, 20), ("v", 2, 20), ("w", 3, 1)]) == 0)
    #expect(
      uncovered(
        rooms: [(4, 64), (2, 60)],
        stranded: [("u", 2, 20), ("v", 2, 20), ("w", 3, 1)]) == 1)
  }

  /// Largest first, by memory or CPU, takes the room on h2 that only the smallest may have.
  @Test("keeps the one host that a VM may have for it")
  func scarcestFirst() {
    let apart = Rule(id: "apart", .antiAffinity(AntiAffinity(vms: Selection(["s", "o"]))))
    #expect(
      uncovered(
        rooms: [(9, 60), (4, 50)], stranded: [("l", 3, 30), ("m", 4, 20), ("s", 2, 10)],
        rules: [apart], others: [("o", 1)]) == 0)
  }
}

@Suite("MigrationNetwork")
struct MigrationNetworkTests {
  static func inventory(_ links: [Link]) -> Inventory {
    let hosts = [("a", "r1"), ("b", "r1"), ("c", "r2")].map { name, rack in
      var host = Host(id: Host.ID(name), cores: 1, memoryMiB: 1)
      host.rack = rack
      host.site = "s"
      return host
    }
    return Inventory(hosts: hosts, vms: [], links: links)
  }

  func names(_ links: [Link], _ source: Int, _ target: Int) -> [String]? {
    let network = Fleet(Self.inventory(links), options: PlanOptions()).network
    return network.route(from: source, to: target)?.map { network.channels[$0].name }
  }

  @Test("without links the ports are the route")
  func usesPorts() {
    #expect(names([], 0, 2) == ["a:out", "c:in"])
  }

  @Test("a linked rack is left and entered only over links")
  func usesLinks() {
    let spine = Link(id: "spine", a: "r1", b: "r2", gbps: 40)
    #expect(names([spine], 0, 2) == ["a:out", "spine:ab", "c:in"])
    #expect(names([spine], 2, 0) == ["c:out", "spine:ba", "a:in"])
    #expect(names([spine], 0, 1) == ["a:out", "b:in"])
  }

  @Test("up-links meet in the site, and a rack whose links lead elsewhere is cut off")
  func meetsInSite() {
    let up1 = Link(id: "up1", a: "r1", b: "s", gbps: 10)
    let up2 = Link(id: "up2", a: "r2", b: "s", gbps: 10)
    #expect(names([up1, up2], 0, 2) == ["a:out", "up1:ab", "up2:ba", "c:in"])
    #expect(names([Link(id: "x", a: "r1", b: "elsewhere", gbps: 1)], 0, 2) == nil)
  }

  @Test("of equal paths the one whose ids read first wins")
  func breaksTies() {
    let left = Link(id: "l2", a: "r1", b: "r2", gbps: 1)
    let right = Link(id: "l1", a: "r2", b: "r1", gbps: 1)
    #expect(names([left, right], 0, 2) == ["a:out", "l1:ba", "c:in"])
  }
}
