import StowageKit
import StowageTestSupport
import Testing

/// VMs with disks of 100 GiB go to another site, whose datastores have as much room as a test says.
@Suite("Space for disks")
struct SpaceTests {
  private static func inventory(
    vms count: Int = 6, stores: [(id: String, capacity: Double?, used: Double)], reach: [[String]]
  ) -> Inventory {
    var hosts: [Host] = []
    var old = Host(id: "old-1", cores: 64, memoryMiB: 262_144)
    (old.site, old.datastores, old.migrationNetworkGbps) = ("old", ["old-san"], 10)
    hosts.append(old)
    for (index, names) in reach.enumerated() {
      var host = Host(id: Host.ID("new-\(index + 1)"), cores: 64, memoryMiB: 262_144)
      (host.site, host.datastores, host.migrationNetworkGbps) = ("new", names, 10)
      hosts.append(host)
    }
    let vms = (1...count).map { number in
      var vm = VM(id: VM.ID("v\(number)"), vCPUs: 1, memoryMiB: 4096, host: "old-1")
      (vm.diskUsedGiB, vm.diskProvisionedGiB, vm.datastores) = (100, 400, ["old-san"])
      vm.diskChangeMiBPerSecond = 0.1
      return vm
    }
    var datastores = [Datastore(id: "old-san")]
    (datastores[0].capacityGiB, datastores[0].usedGiB) = (2000, Double(count) * 100)
    for store in stores {
      var datastore = Datastore(id: store.id)
      (datastore.capacityGiB, datastore.usedGiB, datastore.isShared) = (store.capacity, store.used, true)
      datastores.append(datastore)
    }
    return Inventory(
      hosts: hosts, vms: vms, links: [Link(id: "wan", a: "old", b: "new", gbps: 10)], datastores: datastores)
  }

  private func answer(
    _ inventory: Inventory, _ change: (inout PlanOptions) -> Void = { _ in }
  ) throws -> PlanningAnswer {
    var options = PlanOptions(platform: .vmware, sites: ["new"])
    change(&options)
    return try Planner().plan(
      inventory, PlanRequest(goal: .colocate, options: options, isDeterministic: true))
  }

  private func plan(_ inventory: Inventory) throws -> Plan {
    guard case .planned(let fleet) = try answer(inventory) else { throw NoPlanFound() }
    return fleet.plan
  }

  private struct NoPlanFound: Error {}

  private static let fitting = inventory(
    stores: [("a", 1000, 700), ("b", 1000, 650)], reach: [["a", "b"], ["a", "b"]])

  @Test("each move has a datastore, and none holds more than it has room for")
  func fits() throws {
    let plan = try plan(Self.fitting)
    let counts = Dictionary(grouping: plan.moves, by: \.datastore).mapValues(\.count)
    #expect(counts == ["a": 3, "b": 3])
    #expect(Verifier.judge(plan, of: Self.fitting).decision == .accepted)
    #expect(!plan.assumptions.contains { $0.contains("space") })
  }

  @Test("disks that fit nowhere are proved not to, with what is missing")
  func proved() throws {
    let small = Self.inventory(stores: [("a", 1000, 800), ("b", 1000, 750)], reach: [["a"], ["b"]])
    guard case .noPlan(let noPlan) = try answer(small), case .infeasible = noPlan.finding else {
      Issue.record("no proof")
      return
    }
    #expect(noPlan.conflict.contains { $0.contains("disks of 6 VMs take 600 GiB and can go to") })
    #expect(noPlan.conflict.contains { $0.contains("has 200 GiB free of 1,000 GiB") })
    #expect(noPlan.remedies.contains { $0.contains("free or add 150 GiB") })
  }

  /// 350 GiB are free on each, which is enough by volume, and two of three disks of 200 GiB find no place.
  @Test("disks that do not fit in whole pieces leave the answer open, with how full each datastore is")
  func pieces() throws {
    var odd = Self.inventory(vms: 3, stores: [("a", 1000, 650), ("b", 1000, 650)], reach: [["a", "b"]])
    for index in odd.vms.indices { odd.vms[index].diskUsedGiB = 200 }
    guard case .noPlan(let noPlan) = try answer(odd), case .undecided = noPlan.finding else {
      Issue.record("not open")
      return
    }
    #expect(noPlan.progress.contains { $0.contains("take 200 GiB") })
    #expect(noPlan.progress.contains { $0.contains("'a' holds up to 850 GiB of 1,000 GiB then") })
  }

  /// Two datastores of 150 GiB hold 100 GiB each, which change places, the one from the new site first.
  @Test("what leaves a datastore makes room on it, but not while its source is kept")
  func freed() throws {
    var both = Self.inventory(vms: 2, stores: [("a", 150, 100)], reach: [["a"]])
    (both.datastores[0].capacityGiB, both.datastores[0].usedGiB) = (250, 100)
    (both.vms[1].host, both.vms[1].datastores) = ("new-1", ["a"])
    both.rules = [Rule(id: "order", .before(Before(vms: Selection(["v2"]), then: Selection(["v1"]))))]
    for (days, fits) in [(nil, true), (7, false)] as [(Int?, Bool)] {
      var options = PlanOptions(platform: .vmware)
      options.keepSourceDays = days
      let answer = try Planner().plan(
        both, to: ["v1": "new-1", "v2": "old-1"],
        PlanRequest(goal: .repair, options: options, isDeterministic: true))
      switch answer {
      case .planned(let fleet):
        #expect(fits && Verifier.judge(fleet.plan, of: both).decision == .accepted)
        var hasty = fleet.plan
        hasty.options.keepSourceDays = 7
        #expect(Verifier.judge(hasty, of: both).findings.contains { $0.code == .space })
      case .noPlan(let noPlan):
        #expect(!fits && noPlan.remedies.contains { $0.contains("--keep-source-days") })
      }
    }
  }

  @Test("a datastore that its target does not reach, or that is overfull, is refused")
  func tampered() throws {
    var plan = try plan(Self.fitting)
    for index in plan.moves.indices { plan.moves[index].datastore = "a" }
    let full = Verifier.judge(plan, of: Self.fitting)
    #expect(full.findings.map(\.code) == [.space] && full.findings[0].message.contains("up to 1300.0 GiB"))
    plan = try self.plan(Self.fitting)
    plan.moves[0].datastore = "old-san"
    #expect(Verifier.judge(plan, of: Self.fitting).findings.map(\.code) == [.space])
  }

  @Test("a plan that names no datastore is judged without, and the verdict says so")
  func nameless() throws {
    var plan = try plan(Self.fitting)
    for index in plan.moves.indices { plan.moves[index].datastore = nil }
    let verdict = Verifier.judge(plan, of: Self.fitting)
    #expect(verdict.decision == .accepted)
    #expect(verdict.facts.notJudged.contains { $0.contains("datastores hold the disks of 6 moves") })
  }

  @Test("an inventory without datastores, or without their size, is said not to have been checked, once")
  func unknown() throws {
    var bare = Self.fitting
    bare.datastores = []
    let notes = try plan(bare).assumptions.filter { $0.contains("space for disks") }
    #expect(notes == ["space for disks at the targets was not checked: the inventory states no datastores"])
    let open = Self.inventory(stores: [("a", nil, 0)], reach: [["a"]])
    #expect(try plan(open).assumptions.contains { $0.contains("states no capacity") })
  }

  @Test("local disks are a resource of their host, and not counted on datastores again")
  func local() throws {
    var local = Self.inventory(stores: [("a", 100, 90)], reach: [["a"]])
    for index in local.vms.indices {
      local.vms[index].datastores = []
      local.vms[index].hasLocalDisk = true
    }
    let plan = try plan(local)
    #expect(plan.moves.count == 6 && plan.moves.allSatisfy { $0.datastore == nil })
  }

  @Test("summary, report, runbook and table tell where disks go")
  func pages() throws {
    guard case .planned(let fleet) = try answer(Self.fitting) else { throw NoPlanFound() }
    let input = fleet.reportInput(for: Self.fitting)
    #expect(Summary(input).text.contains("to 2 datastores; fullest: a, 100 % of 1,000 GiB"))
    #expect(HTMLReport(input).html.contains("<h2 id=\"space\">Space for disks</h2>"))
    let runbook = try Runbook(input).text(.md)
    #expect(
      runbook.contains("Datastore `a` has 300 GiB free for the disks that come (300 GiB by the inventory)."))
    #expect(runbook.contains("-ds") && runbook.contains("disks to `a`"))
    let table = String(decoding: MovesTable.csv(fleet.plan), as: UTF8.self)
    #expect(table.contains(",datastore"))
    #expect(PlanDocument.decode(PlanDocument.encode(fleet.plan)).plan?.moves == fleet.plan.moves)
  }

  @Test("a datastore that no command can name is left to a person, for that reason")
  func unnameable() throws {
    let inventory = Self.inventory(stores: [("san/1", 2000, 100)], reach: [["san/1"]])
    guard case .planned(let fleet) = try answer(inventory) else { throw NoPlanFound() }
    let runbook = try Runbook(fleet.reportInput(for: inventory)).text(.sh)
    #expect(runbook.contains("to a datastore whose name no command can carry"))
    #expect(!runbook.contains("does not say to which datastore"))
  }
}
