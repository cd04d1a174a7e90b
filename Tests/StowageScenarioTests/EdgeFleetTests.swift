import StowageKit
import Testing

/// Fleets at the edge of what makes sense: each gets a clear answer.
@Suite("Fleets at the edge")
struct EdgeFleetTests {
  private func host(_ id: String, cores: Double = 16, gib: Double = 64) -> Host {
    var host = Host(id: Host.ID(id), cores: cores, memoryMiB: gib * 1024)
    host.cluster = "c"
    host.networkGbps = 10
    return host
  }

  private func vm(_ id: String, gib: Double = 8, on host: String) -> VM {
    VM(id: VM.ID(id), vCPUs: 1, memoryMiB: gib * 1024, host: Host.ID(host))
  }

  private func answer(_ inventory: Inventory, _ goal: Goal = .consolidate) throws -> PlanningAnswer {
    try Planner().plan(inventory, PlanRequest(goal: goal, isDeterministic: true))
  }

  private func planned(_ inventory: Inventory, _ goal: Goal = .consolidate) throws -> Plan? {
    guard case .planned(let fleet) = try answer(inventory, goal) else { return nil }
    #expect(fleet.verdict.decision == .accepted)
    return fleet.plan
  }

  /// Thirty hosts of 100 GiB, the first with 6 VMs of 11 GiB and the others with 6 of 9 GiB, too many
  /// for a program with all rules: one move takes the first from 66 to 55 GiB, and somebody else from 54
  /// to 65.
  @Test("a maximum that counting cannot prove is proved by weights, which the verifier recomputes")
  func levelWeights() throws {
    // Every VM has its own size, so that the program is too large to be solved to the end.
    let vms = (0..<30).flatMap { host in
      (0..<6).map { number in
        vm(
          "v\(host)-\(number)", gib: (host == 0 ? 11 : 9) + 0.001 * Double(6 * host + number), on: "h\(host)")
      }
    }
    let inventory = Inventory(hosts: (0..<30).map { host("h\($0)", gib: 100) }, vms: vms)
    let request = PlanRequest(goal: .balance, options: PlanOptions(maxMoves: 1), isDeterministic: true)
    guard case .planned(let fleet) = try Planner().plan(inventory, request) else {
      Issue.record("no plan")
      return
    }
    let maximum = fleet.plan.objectives.first { $0.name == .maxUtilisation }
    // Somebody with 9 GiB six times takes 11 more of 100.
    let value = try #require(maximum?.value)
    #expect(value >= 0.65 && value < 0.651)
    #expect(try #require(maximum?.lowerBound) > 0.64)
    #expect(maximum?.proof == .levelWeights)
    #expect(fleet.plan.certificate?.levelWeights != nil)
    #expect(fleet.verdict.decision == .accepted)
    let read = PlanDocument.decode(PlanDocument.encode(fleet.plan))
    #expect(read.plan?.certificate == fleet.plan.certificate)
  }

  private func conflict(_ inventory: Inventory) throws -> String {
    guard case .noPlan(let noPlan) = try answer(inventory), case .infeasible = noPlan.finding else {
      return "no proof"
    }
    return noPlan.conflict.joined(separator: "; ")
  }

  @Test(
    "rules that contradict are named, not searched for",
    arguments: [
      (
        [
          Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b"])))),
          Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"])))),
        ], "far"
      ),
      (
        [
          Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b"])))),
          Rule(id: "own", .dedicated(Dedicated(vms: Selection(["a"])))),
        ], "own"
      ),
      ([Rule(id: "wide", .spread(Spread(vms: Selection(["*"]), minDomains: 3)))], "wide"),
      ([Rule(id: "cap", .groupCap(GroupCap(hosts: Selection(["*"]), resource: .slots, limit: 2)))], "cap"),
      (
        [
          Rule(id: "out", .drain(Drain(hosts: Selection(["h1"])))),
          Rule(id: "mib", .moveBudget(MoveBudget(limitMiB: 1024))),
        ], "mib"
      ),
      (
        [
          Rule(id: "out", .drain(Drain(hosts: Selection(["h1"])))),
          Rule(id: "none", .noNew(NoNew(hosts: Selection(["h2"])))),
        ], "h1"
      ),
    ] as [([Rule], String)])
  func contradiction(_ rules: [Rule], _ name: String) throws {
    let inventory = Inventory(
      hosts: [host("h1"), host("h2")], vms: [vm("a", on: "h1"), vm("b", on: "h1"), vm("c", on: "h2")],
      rules: rules)
    let words = try conflict(inventory)
    #expect(words != "no proof" && words.contains(name) || name == "h1" && words.contains("'a'"), "\(words)")
  }

  @Test("a VM larger than any host stays where it is, and the others are planned around it")
  func largerThanAnyHost() throws {
    let inventory = Inventory(
      hosts: [host("h1"), host("h2")], vms: [vm("giant", gib: 100, on: "h1"), vm("b", on: "h2")])
    let plan = try #require(try planned(inventory))
    #expect(plan.placement["giant"] == "h1")
    #expect(plan.violationsAtStart.contains { $0.rule == "capacity" })
  }

  @Test("a VM larger than its own host today goes where it fits")
  func largerThanOwnHost() throws {
    let inventory = Inventory(
      hosts: [host("h1", gib: 16), host("h2")], vms: [vm("big", gib: 32, on: "h1"), vm("b", on: "h2")])
    let plan = try #require(try planned(inventory))
    #expect(plan.placement["big"] == "h2")
  }

  @Test("a drained VM that fits nowhere is proved so")
  func fitsNowhere() throws {
    let inventory = Inventory(
      hosts: [host("h1", gib: 128), host("h2")], vms: [vm("giant", gib: 100, on: "h1")],
      rules: [Rule(id: "out", .drain(Drain(hosts: Selection(["h1"]))))])
    #expect(try conflict(inventory).contains("'giant'"))
  }

  /// 24 GiB must leave h1, and h2 has 16 free: one of the two has to be stopped, and that is said with its price.
  @Test("a host that cannot be emptied for want of room: the VMs to stop are offered with their price")
  func stopOffer() throws {
    var development = vm("dev", gib: 8, on: "h1")
    development.tier = "dev"
    let inventory = Inventory(
      hosts: [host("h1", gib: 32), host("h2", gib: 32)],
      vms: [development, vm("shop", gib: 16, on: "h1"), vm("full", gib: 16, on: "h2")])
    let request = PlanRequest(
      goal: .evacuate, options: PlanOptions(hosts: ["h1"]), isDeterministic: true)
    guard case .noPlan(let noPlan) = try Planner().plan(inventory, request) else {
      Issue.record("there is no room")
      return
    }
    guard case .infeasible = noPlan.finding else {
      Issue.record("not proved: \(noPlan.finding)")
      return
    }
    let offer = try #require(noPlan.remedies.first { $0.hasPrefix("suspend or stop 'dev' (8.0 GiB)") })
    #expect(offer.contains("a plan of 2 moves was found and verified") && offer.contains("Price:"))
    let shown = noPlan.text().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(shown.contains(offer), "the page cuts the offer")
    try expectWayOut(noPlan, of: inventory, request, stops: ["dev"])
  }

  /// Both VMs of h1 may not be stopped, and one of 16 GiB must: that of the lower tier on h2 is enough.
  @Test("where stopping VMs of the host to empty is no way out, one elsewhere is offered")
  func stopOfferElsewhere() throws {
    func live(_ id: String, _ gib: Double, _ host: String, _ tier: String) -> VM {
      var machine = vm(id, gib: gib, on: host)
      machine.tier = tier
      if host == "h1" { machine.allowedTechniques = [.preCopy] }
      return machine
    }
    let inventory = Inventory(
      hosts: [host("h1", gib: 32), host("h2", gib: 32)],
      vms: [live("a", 16, "h1", "dev"), live("small", 8, "h2", "gold"), live("test", 16, "h2", "dev")])
    let request = PlanRequest(
      goal: .evacuate, options: PlanOptions(hosts: ["h1"]), isDeterministic: true)
    guard case .noPlan(let noPlan) = try Planner().plan(inventory, request) else {
      Issue.record("there is no room")
      return
    }
    try expectWayOut(noPlan, of: inventory, request, stops: ["test"])
  }

  /// The stops of an answer are these, and with them there is a plan that the verifier accepts.
  private func expectWayOut(
    _ noPlan: NoPlan, of inventory: Inventory, _ request: PlanRequest, stops: [VM.ID]
  ) throws {
    let offer = try #require(noPlan.stops)
    #expect(offer.vms == stops && offer.pauseMilliseconds > 0)
    let stopped = inventory.withStopped(offer.vms)
    guard case .planned(let fleet) = try Planner().plan(stopped, request) else {
      Issue.record("no plan with \(offer.vms) stopped")
      return
    }
    #expect(Verifier.judge(fleet.plan, of: stopped).decision == .accepted)
    #expect(fleet.plan.moves.count == offer.moves)
  }

  @Test("two VMs against one without a spare host are stopped together, with the price")
  func exchange() throws {
    let inventory = Inventory(
      hosts: [host("h1", gib: 32), host("h2", gib: 32)],
      vms: [vm("big", gib: 32, on: "h1"), vm("s1", gib: 16, on: "h2"), vm("s2", gib: 16, on: "h2")],
      rules: [
        Rule(id: "up", .onlyOn(OnlyOn(vms: Selection(["big"]), hosts: Selection(["h2"])))),
        Rule(id: "down", .onlyOn(OnlyOn(vms: Selection(["s*"]), hosts: Selection(["h1"])))),
      ])
    let plan = try #require(try planned(inventory, .repair))
    #expect(plan.moves.map(\.technique) == [.cold, .cold, .cold])
    #expect(plan.assumptions.contains { $0.contains("have no room to do so one by one: +") })
  }

  @Test("a host without capacity takes nobody in, and a fleet of such hosts is left as it is")
  func zeroCapacity() throws {
    let some = Inventory(
      hosts: [host("h1"), host("h2"), host("zero", cores: 0, gib: 0)],
      vms: [vm("a", on: "h1"), vm("b", on: "h2")])
    let plan = try #require(try planned(some))
    #expect(plan.objectives.first { $0.name == .hostsOn }?.value == 1)
    #expect(!plan.placement.values.contains("zero"))
    let none = Inventory(hosts: [host("zero", cores: 0, gib: 0)], vms: [vm("a", on: "zero")])
    #expect(try planned(none)?.moves.isEmpty == true)
  }

  @Test("one host, no VMs, or nothing at all are answered", arguments: Planner.goals)
  func small(_ goal: Goal) throws {
    let one = Inventory(hosts: [host("h1")], vms: [vm("a", on: "h1")])
    let empty = Inventory(hosts: [host("h1"), host("h2")], vms: [])
    for inventory in [one, empty, Inventory(hosts: [], vms: [])] {
      let plan = try #require(try planned(inventory, goal))
      #expect(plan.moves.isEmpty)
    }
  }

  @Test("thousands of identical VMs are no more than one kind of VM")
  func manyAlike() throws {
    let full = (0..<50).map { host("h\($0)", cores: 100, gib: 200) } + [host("spare", cores: 100, gib: 200)]
    var vms = (0..<5000).map { vm("v\($0)", gib: 2, on: "h\($0 % 50)") }
    for index in 0..<8 { vms[index * 50].host = "spare" }
    let plan = try #require(try planned(Inventory(hosts: full, vms: vms)))
    let hosts = try #require(plan.objectives.first { $0.name == .hostsOn })
    #expect(hosts.value == 50 && hosts.lowerBound == 50)
    #expect(plan.moves.count == 8)
  }

  @Test("a soft rule never costs a host, is worth moves, and is proved as low as it can be")
  func softRules() throws {
    let rules = [
      Rule(id: "near", .preferOn(PreferOn(vms: Selection(["a"]), hosts: Selection(["h2"]))), weight: 2),
      Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"]))), isHard: false),
    ]
    let inventory = Inventory(
      hosts: [host("h1"), host("h2")], vms: [vm("a", on: "h1"), vm("b", on: "h2")], rules: rules)
    let plan = try #require(try planned(inventory))
    #expect(plan.placement == ["a": "h2", "b": "h2"])
    let soft = try #require(plan.objectives.first { $0.name == .softRuleCost })
    #expect(soft.value == 1 && soft.lowerBound == 1)
    #expect(plan.objectives.map(\.name) == [.brokenRules, .hostsOn, .softRuleCost, .movedMiB])
    let levelled = try #require(try planned(inventory, .balance))
    #expect(levelled.placement == ["a": "h2", "b": "h1"])
    #expect(levelled.objectives[1] == Objective(.softRuleCost, value: 0, lowerBound: 0, proof: .trivial))
  }
}
