import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Fewest moves by changes of hosts")
struct ChangeSearchTests {
  private func search(
    _ inventory: Inventory, _ goal: Goal, drained: [Host.ID] = []
  ) throws -> (finding: ChangeSearch.Finding, fleet: Fleet) {
    let fleet = Fleet(inventory, options: PlanOptions(hosts: drained)) {
      $0.blockers.contains(.passthrough) ? "a device is passed through" : nil
    }
    let task = PlacementTask(
      fleet, goal: goal, overloads: goal == .repair ? .repaired : .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
    var random = StowagePlacement.SeededGenerator(seed: 1)
    return (try ChangeSearch(task: task, hosts: task.eligibleHosts).run(&random), fleet)
  }

  @Test(
    "is never below its bound nor beats trying everything, and finds the fewest by itself in most fleets",
    arguments: [false, true])
  func agreesWithEverything(hasPlacementRules: Bool) throws {
    var generator = SmallFleets()
    generator.hasPlacementRules = hasPlacementRules
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    var (feasible, fewest, proved) = (0, 0, 0)
    for seed in UInt64(400)..<460 {
      let inventory = generator.inventory(seed: seed)
      let drained = inventory.hosts[0].id
      let (finding, fleet) = try search(inventory, .evacuate, drained: [drained])
      var hard = inventory
      hard.rules.removeAll { !$0.isHard || $0.id == "near" }
      let oracle = EveryPlacement(inventory: hard, drained: [drained]).leastMovesThenMiB
      guard let oracle else {
        #expect(finding.placement == nil, "seed \(seed)")
        continue
      }
      feasible += 1
      #expect(finding.bound?.moves ?? 0 <= oracle.moves, "seed \(seed)")
      if finding.bound?.moves == oracle.moves { proved += 1 }
      guard let placement = finding.placement else { continue }
      let moves = ObjectiveMeter(fleet).moves(placement)
      #expect(moves >= oracle.moves, "seed \(seed)")
      let hosts = Dictionary(
        uniqueKeysWithValues: zip(fleet.vms.map(\.id), placement.map { fleet.hosts[$0].id }))
      #expect(RuleKeeper(inventory: inventory, drained: [drained]).faults(hosts).isEmpty, "seed \(seed)")
      if moves == oracle.moves { fewest += 1 }
    }
    #expect(feasible >= 30)
    // The rest are settled by the program with all rules, which needs no columns at this size; rules
    // that no single host decides are left to it altogether.
    guard !hasPlacementRules else { return }
    #expect(fewest * 4 >= feasible * 3, "\(fewest) of \(feasible)")
    #expect(proved * 10 >= feasible * 8, "\(proved) of \(feasible)")
  }

  /// Two hosts of 10 with 9 and 8 taken, a third drained with one VM of 3: somebody must make room.
  @Test("a resident makes room, and weights prove that two moves are needed")
  func makesRoom() throws {
    let inventory = Inventory(
      hosts: (0..<3).map { Host(id: Host.ID("h\($0)"), cores: 99, memoryMiB: 10) },
      vms: [("a", 8, 0), ("b", 1, 0), ("c", 7, 1), ("d", 1, 1), ("e", 3, 2)].map { name, memory, host in
        VM(id: VM.ID(name), vCPUs: 1, memoryMiB: Double(memory), host: Host.ID("h\(host)"))
      })
    let (finding, fleet) = try search(inventory, .evacuate, drained: ["h2"])
    let placement = try #require(finding.placement)
    #expect(ObjectiveMeter(fleet).moves(placement) == 2)
    #expect(finding.bound?.moves == 2)
  }

  @Test("an overload is relieved by the one VM that must go")
  func relieves() throws {
    let inventory = Inventory(
      hosts: (0..<2).map { Host(id: Host.ID("h\($0)"), cores: 99, memoryMiB: 10) },
      vms: [("a", 8, 0), ("b", 3, 0), ("c", 5, 1)].map { name, memory, host in
        VM(id: VM.ID(name), vCPUs: 1, memoryMiB: Double(memory), host: Host.ID("h\(host)"))
      })
    let (finding, fleet) = try search(inventory, .repair)
    let placement = try #require(finding.placement)
    #expect(ObjectiveMeter(fleet).moves(placement) == 1)
    #expect(finding.bound?.moves == 1)
  }
}

@Suite("Room table")
struct RoomTableTests {
  @Test("agrees with trying every content", arguments: UInt64(1)...20)
  func agrees(seed: UInt64) {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let items = (0..<3).map { tag -> RoomTable.Item in
      let a = random.below(4) + (tag == 0 ? 1 : 0)
      let b = 1 + random.below(4)
      return RoomTable.Item(a: a, b: b, profit: Int32(1 + random.below(9)), tag: tag)
    }
    let table = RoomTable(items: items, a: 7, b: 8)
    func best(_ a: Int, _ b: Int) -> Int {
      items.filter { $0.a <= a && $0.b <= b }.map { Int($0.profit) + best(a - $0.a, b - $0.b) }.max() ?? 0
    }
    for (a, b) in [(0, 0), (3, 2), (7, 8), (5, 6), (2, 8)] {
      #expect(table.best(a, b) == best(a, b), "\(a) by \(b)")
      let contents = table.contents(a, b)
      #expect(contents.reduce(0) { $0 + Int(items[$1].profit) } == best(a, b))
      #expect(contents.reduce(0) { $0 + items[$1].a } <= a && contents.reduce(0) { $0 + items[$1].b } <= b)
    }
    #expect(table.best(50, 50) == table.best(7, 8))
  }
}
