import StowageKit
import StowageTestSupport
import Testing

/// Ways back of plans. The argument is the seed.
@Suite("Ways back")
struct ReturnTests {
  private struct NoPlanFound: Error {}

  private static func planned(_ answer: PlanningAnswer) throws -> Plan {
    guard case .planned(let fleet) = answer else { throw NoPlanFound() }
    return fleet.plan
  }

  @Test(
    "after an evacuation VMs return as rules and room allow, in a plan that the verifier accepts",
    arguments: UInt64(1)...60)
  func returns(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    guard case .planned(let out) = try SmallFleetPlanTests.planned(inventory, .evacuate, seed: seed) else {
      return
    }
    let answer = try ReturnPlanner(isDeterministic: true).plan(
      inventory, back: out.plan, start: SmallFleets.start)
    guard case .planned(let back) = answer.planning else { return }
    let verdict = Verifier.judge(back.plan, of: answer.inventory)
    #expect(verdict.decision == .accepted, "seed \(seed): \(verdict.findings.prefix(3))")
    let (again, _) = PlanDocument.decode(PlanDocument.encode(back.plan), file: "plan.json")
    #expect(again == back.plan, "seed \(seed)")
    let away = back.plan.objectives.first { $0.name == .away }?.value
    #expect(away == Double(answer.report.left.count), "seed \(seed)")
    #expect(answer.report.all == Set(out.plan.moves.map(\.vm)).count, "seed \(seed)")
    guard answer.report.left.isEmpty else { return }
    let hosts = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.host) })
    for (vm, host) in back.plan.placement { #expect(hosts[vm] == host, "seed \(seed): \(vm)") }
  }

  @Test("where nothing was wrong at the start, everybody returns, proved", arguments: UInt64(1)...60)
  func returnsWhole(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    guard case .planned(let out) = try SmallFleetPlanTests.planned(inventory, .evacuate, seed: seed),
      out.plan.violationsAtStart.isEmpty, out.plan.moves.count == Set(out.plan.moves.map(\.vm)).count
    else { return }
    let answer = try ReturnPlanner(isDeterministic: true).plan(
      inventory, back: out.plan, start: SmallFleets.start)
    let plan = try Self.planned(answer.planning)
    #expect(answer.report.left.isEmpty, "seed \(seed): \(answer.report.left)")
    let moves = plan.objectives.first { $0.name == .moves }
    #expect(moves?.lowerBound == Double(out.plan.moves.count), "seed \(seed)")
  }

  /// Hosts of 8 GiB called a and b, and one of 64 GiB called c.
  private static func fleet(_ vms: [(id: String, gib: Double, host: String)]) -> Inventory {
    Inventory(
      hosts: [("a", 8.0), ("b", 8), ("c", 64)].map { name, gib in
        var host = Host(id: Host.ID(name), cores: 32, memoryMiB: gib * 1024)
        host.migrationNetworkGbps = 10
        return host
      },
      vms: vms.map { VM(id: VM.ID($0.id), vCPUs: 1, memoryMiB: $0.gib * 1024, host: Host.ID($0.host)) })
  }

  /// A plan of somebody's that moved VMs about.
  private static func moved(_ inventory: Inventory, _ moves: [(vm: String, to: String)]) -> Plan {
    var placement = Dictionary(
      uniqueKeysWithValues: inventory.vms.compactMap { vm in vm.host.map { (vm.id, $0) } })
    let start = placement
    for move in moves { placement[VM.ID(move.vm)] = Host.ID(move.to) }
    return Plan(
      generator: "by hand",
      inventory: Plan.InventoryStamp(
        sha256: InventoryDigest.sha256(of: inventory), hosts: inventory.hosts.count, vms: inventory.vms.count),
      goal: .balance, seed: 1, options: PlanOptions(), outcome: .feasible, objectives: [],
      placement: placement,
      poweredOffHosts: [],
      moves: moves.enumerated().map { index, move in
        Move(
          id: Move.ID("m\(index)"), vm: VM.ID(move.vm), from: start[VM.ID(move.vm)] ?? "",
          to: Host.ID(move.to),
          technique: .preCopy, wave: 1, startSeconds: Double(index), endSeconds: Double(index + 1),
          sourceReleasedSeconds: Double(index + 1), targetReservedSeconds: Double(index), rateMiBPerSecond: 1,
          links: [], after: [], estimate: nil, reason: "", rejected: [])
      },
      schedule: Plan.Schedule(makespanSeconds: Double(moves.count), lowerBoundSeconds: 0, binding: ""),
      unplaced: [], violationsAtStart: [], assumptions: [])
  }

  @Test("two that change places return though neither can alone, when a third finds no room")
  func most() throws {
    let inventory = Self.fleet([("u", 6, "a"), ("w", 4, "a"), ("v", 6, "b")])
    let out = Self.moved(inventory, [("w", "c"), ("u", "b"), ("v", "a")])
    let answer = try ReturnPlanner(isDeterministic: true).plan(inventory, back: out)
    let plan = try Self.planned(answer.planning)
    #expect(answer.report.back == 2 && answer.report.all == 3)
    #expect(answer.report.left == [.init(vm: "w", home: "a", because: "too little memory")])
    #expect(plan.placement == ["u": "a", "v": "b", "w": "c"])
    #expect(plan.outcome == .feasible)
    #expect(plan.objectives.first { $0.name == .moves }?.lowerBound == 2)
  }

  @Test("a home that is gone or closed by a rule is named, and the others return")
  func closed() throws {
    var inventory = Self.fleet([("u", 2, "a"), ("v", 2, "b")])
    let out = Self.moved(inventory, [("u", "c"), ("v", "c")])
    inventory.vms[0].host = "c"
    inventory.vms[1].host = "c"
    inventory.hosts.removeFirst()
    let gone = try ReturnPlanner(isDeterministic: true).plan(inventory, back: out)
    #expect(gone.report.left == [.init(vm: "u", home: "a", because: "the host is not in the inventory")])
    #expect(try Self.planned(gone.planning).placement == ["u": "c", "v": "b"])
    inventory.rules = [
      Rule(id: "licence", .neverOn(NeverOn(vms: Selection(["v"]), hosts: Selection(["b"]))))
    ]
    let barred = try ReturnPlanner(isDeterministic: true).plan(inventory, back: out)
    #expect(barred.report.back == 0)
    #expect(barred.report.left.last?.because == "rule 'licence' bars it")
    let plan = try Self.planned(barred.planning)
    #expect(plan.moves.isEmpty)
    #expect(Verifier.judge(plan, of: barred.inventory).decision == .accepted)
  }

  @Test("a host that was in maintenance is taken to be in service by then; a fresh inventory is believed")
  func maintenance() throws {
    var inventory = Self.fleet([("u", 2, "a")])
    inventory.hosts[0].isInMaintenance = true
    var options = PlanOptions()
    options.hosts = ["a"]
    let out = try Self.planned(
      Planner().plan(inventory, PlanRequest(goal: .evacuate, options: options, isDeterministic: true)))
    let answer = try ReturnPlanner(isDeterministic: true).plan(inventory, back: out)
    #expect(answer.report.back == 1)
    #expect(answer.report.notes == ["taken to be online, out of maintenance and open to VMs by then: a"])
    var now = inventory
    now.vms[0].host = "c"
    let fresh = try ReturnPlanner(isDeterministic: true).plan(now, back: out)
    #expect(fresh.report.left == [.init(vm: "u", home: "a", because: "not usable as a target")])
  }

  @Test("a plan that stopped half way is taken back from where it is")
  func halfWay() throws {
    let inventory = Self.fleet([("u", 2, "a"), ("v", 2, "b")])
    let out = Self.moved(inventory, [("u", "c"), ("v", "c")])
    let journal = [JournalEntry(step: "m0", outcome: .done), JournalEntry(step: "m1", outcome: .failed)]
    let answer = try ReturnPlanner(isDeterministic: true).plan(inventory, back: out, journal: journal)
    #expect(try Self.planned(answer.planning).moves.map(\.vm) == ["u"])
    #expect(answer.report.back == 2)
  }

  @Test("the verifier counts who is back, and refuses other counts, bounds and homes")
  func forgeries() throws {
    let inventory = Self.fleet([("u", 6, "a"), ("w", 4, "a"), ("v", 6, "b")])
    let out = Self.moved(inventory, [("w", "c"), ("u", "b"), ("v", "a")])
    let answer = try ReturnPlanner(isDeterministic: true).plan(inventory, back: out)
    let plan = try Self.planned(answer.planning)
    #expect(Verifier.judge(plan, of: answer.inventory).decision == .accepted)
    let away = try #require(plan.objectives.firstIndex { $0.name == .away })
    let moves = try #require(plan.objectives.firstIndex { $0.name == .moves })
    var forged = [plan, plan, plan, plan, plan]
    forged[0].objectives[away].value = 0
    forged[1].objectives[away].lowerBound = 1
    forged[2].objectives[moves].lowerBound = 1
    forged[3].options.homes["w"] = "c"
    // What must move is that only for so many who return.
    forged[4].objectives.remove(at: away)
    for (index, forgery) in forged.enumerated() {
      #expect(Verifier.judge(forgery, of: answer.inventory).decision == .rejected, "forgery \(index)")
    }
  }
}
