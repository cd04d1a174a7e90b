import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Fewest moves by changes of hosts")
struct ChangeSearchTests {
  private func search(
    _ inventory: Inventory, _ goal: Goal, drained: [Host.ID] = [], isSmooth: Bool = false
  ) throws -> (finding: ChangeSearch.Finding, fleet: Fleet) {
    let fleet = Fleet(inventory, options: PlanOptions(hosts: drained)) {
      $0.blockers.contains(.passthrough) ? "a device is passed through" : nil
    }
    let task = PlacementTask(
      fleet, goal: goal, overloads: goal == .repair ? .repaired : .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
    var random = StowagePlacement.SeededGenerator(seed: 1)
    var search = ChangeSearch(task: task, hosts: task.eligibleHosts)
    if isSmooth { search.ownWeightLimit = 2 }
    return (try search.run(&random), fleet)
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

  @Test("weights that few numbers give prove no more than is needed, and in most fleets all of it")
  func smoothWeights() throws {
    var generator = SmallFleets()
    generator.hasPlacementRules = false
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    var (feasible, proved) = (0, 0)
    for seed in UInt64(500)..<560 {
      let inventory = generator.inventory(seed: seed)
      let drained = inventory.hosts[0].id
      let (finding, _) = try search(inventory, .evacuate, drained: [drained], isSmooth: true)
      var hard = inventory
      hard.rules.removeAll { !$0.isHard || $0.id == "near" }
      guard let oracle = EveryPlacement(inventory: hard, drained: [drained]).leastMovesThenMiB else {
        continue
      }
      feasible += 1
      #expect(!finding.lacksRoom, "seed \(seed)")
      #expect(finding.bound?.moves ?? 0 <= oracle.moves, "seed \(seed)")
      if finding.bound?.moves == oracle.moves { proved += 1 }
    }
    #expect(feasible >= 20)
    #expect(proved * 10 >= feasible * 7, "\(proved) of \(feasible)")
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

@Suite("Smooth weights")
struct SmoothWeightsTests {
  @Test("what a plane weighs, sizes weigh; each size has parts of at most four nodes, 1 together")
  func planes() {
    var random = StowagePlacement.SeededGenerator(seed: 3)
    let sizes = (0..<50).map { _ in
      var size = Amounts.zero
      size[.cpu] = Int64(100 + random.below(900))
      size[.memory] = Int64(random.below(5000))
      return size
    }
    // Nodes at the sizes themselves: every value is met.
    let whole = SmoothWeights(over: sizes, (.cpu, .memory), side: 50)
    #expect(whole.shares.allSatisfy { $0.count == 1 })
    let smooth = SmoothWeights(over: sizes, (.cpu, .memory), side: 4)
    #expect(smooth.nodeCount <= 16)
    for shares in smooth.shares {
      #expect((1...4).contains(shares.count))
      #expect((shares.reduce(0) { $0 + $1.part } - 1).magnitude < 1e-12)
    }
    #expect(smooth.weights([Double](repeating: 7, count: smooth.nodeCount)).allSatisfy { $0 == 6 || $0 == 7 })
  }

  @Test("sizes that are all alike have one node")
  func alike() {
    let smooth = SmoothWeights(over: [.zero, .zero], (.cpu, .memory), side: 9)
    #expect(smooth.nodeCount == 1)
    #expect(smooth.weights([5]) == [5, 5])
    #expect(SmoothWeights(over: [], (.cpu, .memory), side: 9).nodeCount == 0)
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
      let c = seed % 2 == 0 ? 0 : random.below(4)
      return RoomTable.Item(
        size: RoomCells(a: a, b: b, c: c), profit: Int32(1 + random.below(9)), tag: tag)
    }
    let table = RoomTable(items: items, room: RoomCells(a: 7, b: 8, c: 12))
    func best(_ room: RoomCells) -> Int {
      items.filter { $0.size.fits(room) }.map { Int($0.profit) + best(room - $0.size) }.max() ?? 0
    }
    for (a, b, c) in [(0, 0, 0), (3, 2, 9), (7, 8, 12), (5, 6, 3), (2, 8, 1)] {
      let room = RoomCells(a: a, b: b, c: c)
      #expect(table.best(room) == best(room), "\(room)")
      let contents = table.contents(room)
      #expect(contents.reduce(0) { $0 + Int(items[$1].profit) } == best(room))
      #expect(contents.reduce(RoomCells.none) { $0 + items[$1].size }.fits(room))
    }
    #expect(table.best(RoomCells(a: 50, b: 50, c: 50)) == table.best(RoomCells(a: 7, b: 8, c: 12)))
  }
}

@Suite("Room filling")
struct RoomFillingTests {
  /// Cells of 7 by 5 by 3 units: sizes are hardly ever whole cells.
  @Test("agrees with trying every content, and says so when its steps ran out", arguments: UInt64(1)...20)
  func agrees(seed: UInt64) {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let items = (0..<6).map { tag in
      RoomFilling.Item(
        size: RoomCells(a: 8 + random.below(20), b: 6 + random.below(20), c: random.below(9)),
        profit: 1 + random.below(30), tag: tag)
    }
    let cells = items.map {
      RoomTable.Item(
        size: RoomCells(a: $0.size.a / 7, b: $0.size.b / 5, c: $0.size.c / 3), profit: Int32($0.profit),
        tag: $0.tag)
    }
    let table = RoomTable(items: cells, room: RoomCells(a: 12, b: 16, c: 12))
    let filling = RoomFilling(items, table: table, unit: (7, 5, 3))
    func best(_ room: RoomCells) -> Int {
      items.filter { $0.size.fits(room) }.map { $0.profit + best(room - $0.size) }.max() ?? 0
    }
    for _ in 0..<12 {
      let room = RoomCells(a: random.below(80), b: random.below(80), c: random.below(36))
      let actual = best(room)
      #expect(filling.ceiling(room) >= actual)
      var steps = 100_000
      let content = filling.best(room, above: -1, steps: &steps)
      #expect(content?.worth == actual, "\(room)")
      let tags = content?.tags ?? []
      #expect(tags.reduce(0) { $0 + items[$1].profit } == actual)
      #expect(tags.reduce(RoomCells.none) { $0 + items[$1].size }.fits(room))
      #expect(filling.best(room, above: actual, steps: &steps) == nil)
      if actual > 0 { #expect(filling.best(room, above: actual - 1, steps: &steps)?.worth == actual) }
      #expect(steps > 0)
      var few = 3
      let hasty = filling.best(room, above: -1, steps: &few)
      #expect(few <= 0 || hasty?.worth == actual)
    }
  }

  @Test("a host that could not be looked through is not said to be", arguments: [1, 3, 10, 100])
  func cut(limit: Int) {
    let sizes = (0..<14).map { 10_007 + 1_733 * $0 * $0 % 9_001 }
    let inventory = Inventory(
      hosts: (0..<3).map { Host(id: Host.ID("h\($0)"), cores: 99, memoryMiB: 70_001) },
      vms: sizes.enumerated().map { index, memory in
        VM(id: VM.ID("v\(index)"), vCPUs: 1, memoryMiB: Double(memory), host: Host.ID("h\(index % 3)"))
      })
    let rooms = MoveRooms(Fleet(inventory, options: PlanOptions()), mendsOverloads: false)
    var pricing = ChangePricing(ChangeModel(rooms, classLimit: 120))
    #expect(!pricing.model.grid.isExact)
    pricing.fillsExactly = true
    let weights = pricing.model.classes.indices.map { ChangePricing.scale + 40_000 + 1_000 * $0 }
    let tables = pricing.tables(weights)
    let whole = pricing.model.hosts.indices.map { pricing.offer($0, tables, wantsChanges: false) }
    #expect(whole.allSatisfy { $0.isComplete })
    pricing.stepLimit = limit
    for (position, full) in whole.enumerated() {
      let offer = pricing.offer(position, tables, wantsChanges: false)
      #expect(offer.ceiling == (offer.isComplete ? full.ceiling : nil), "host \(position)")
    }
  }
}

@Suite("Prices of rooms")
struct RoomPricesTests {
  @Test(
    "a host that could not be looked through gains no more than prices leave", arguments: UInt64(920)..<932)
  func cut(seed: UInt64) {
    let fleet = Fleet(SmallFleets().inventory(seed: seed), options: PlanOptions())
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let rooms = MoveRooms(fleet, mendsOverloads: false)
    var pricing = ChangePricing(ChangeModel(rooms, classLimit: 120, resources: .three))
    pricing.wantsOnlyBest = true
    let weights = pricing.model.classes.map { _ in random.below(4) * ChangePricing.scale / 2 }
    let tables = pricing.tables(weights)
    let whole = pricing.model.hosts.indices.map { pricing.offer($0, tables, wantsChanges: false) }
    for limit in [0, 1, 2, 5, 20] {
      pricing.stepLimit = limit
      for (position, full) in whole.enumerated() {
        let offer = pricing.offer(position, tables, wantsChanges: false)
        #expect(limit > 0 || !offer.isComplete)
        guard let gain = full.ceiling else { continue }
        #expect(offer.ceiling.map { $0 >= gain } ?? !offer.isComplete, "host \(position), \(limit) steps")
        if offer.isComplete { #expect(offer.ceiling == gain, "host \(position), \(limit) steps") }
      }
    }
  }

  /// The last of the seeds have more items than are met with each other.
  @Test("no room takes in more than it is worth", arguments: UInt64(1)...33)
  func bound(seed: UInt64) {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let items = (0..<(seed > 30 ? 150 : 5)).map { tag in
      RoomTable.Item(
        size: RoomCells(a: 1 + random.below(4), b: random.below(4), c: seed % 2 == 0 ? 0 : random.below(4)),
        profit: Int32(1 + random.below(9)), tag: tag)
    }
    let largest = RoomCells(a: 9, b: 9, c: 9)
    let table = RoomTable(items: items, room: largest)
    let rooms = (0..<40).map { _ in
      RoomCells(a: random.below(10), b: random.below(10), c: random.below(10))
    }
    let prices = RoomPrices(items, rooms: rooms)
    #expect(!prices.corners.isEmpty)
    for room in rooms {
      for corner in prices.corners { #expect(corner.worth(room) >= Double(table.best(room)), "\(room)") }
    }
  }

  @Test("what hosts gain is the same with them and without", arguments: UInt64(900)..<912)
  func agrees(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    let fleet = Fleet(inventory, options: PlanOptions())
    var random = StowagePlacement.SeededGenerator(seed: seed)
    for dimensions in [ChangeModel.Dimensions.two, .three] {
      let rooms = MoveRooms(fleet, mendsOverloads: false)
      var pricing = ChangePricing(ChangeModel(rooms, classLimit: 120, resources: dimensions))
      let weights = pricing.model.classes.map { _ in random.below(4) * ChangePricing.scale / 2 }
      let plain = pricing.tables(weights)
      let worths = pricing.model.hosts.indices.map { pricing.offer($0, plain, wantsChanges: false).ceiling }
      pricing.wantsOnlyBest = true
      let priced = pricing.tables(weights)
      for position in pricing.model.hosts.indices {
        for wantsChanges in [false, true] {
          let offer = pricing.offer(position, priced, wantsChanges: wantsChanges)
          #expect(offer.ceiling == worths[position], "host \(position), \(dimensions)")
        }
      }
    }
  }
}
