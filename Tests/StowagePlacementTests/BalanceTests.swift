import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Balance")
struct BalanceTests {
  private func inventory(_ vms: [(memory: Double, host: Int)], hosts: Int = 2) -> Inventory {
    Inventory(
      hosts: (0..<hosts).map { Host(id: Host.ID("h\($0)"), cores: 100, memoryMiB: 100) },
      vms: vms.enumerated().map { index, vm in
        VM(id: VM.ID("v\(index)"), vCPUs: 1, memoryMiB: vm.memory, host: Host.ID("h\(vm.host)"))
      })
  }

  private func result(_ inventory: Inventory, _ options: PlanOptions = PlanOptions()) throws
    -> PlacementResult?
  {
    guard case (.placed(let result), _) = try plan(inventory, .balance, options: options) else {
      Issue.record("no placement")
      return nil
    }
    return result
  }

  @Test("one move levels two hosts, and the mean proves the maximum")
  func level() throws {
    let result = try result(inventory([(20, 0), (20, 0), (20, 0), (20, 0)]))
    #expect(result?.value(.maxUtilisation) == 0.4)
    #expect(result?.isProved(.maxUtilisation) == true)
    #expect(result?.value(.utilisationStandardDeviation) == 0)
    #expect(result?.value(.moves) == 2)
    #expect(result?.reasons.compactMap(\.self).first == "relieves h0: memory 80 % → 40 %")
  }

  @Test("a level fleet is left alone")
  func leavesAlone() throws {
    let result = try result(inventory([(40, 0), (39, 1)]))
    #expect(result?.value(.moves) == 0)
    #expect(result?.placement == [0, 1])
  }

  @Test("no more moves than allowed")
  func limited() throws {
    let result = try result(inventory([(20, 0), (20, 0), (20, 0), (20, 0)]), PlanOptions(maxMoves: 1))
    #expect(result?.value(.moves) == 1)
    #expect(result?.value(.maxUtilisation) == 0.6)
  }

  /// 80 and 0: the first move takes 20 points off the maximum, the second 20 more, a third nothing.
  @Test("no move is made that brings less than asked", arguments: [(20.0, 2.0), (21.0, 0.0), (5.0, 2.0)])
  func leastGain(points: Double, moves: Double) throws {
    let fleet = inventory([(20, 0), (20, 0), (20, 0), (20, 0)])
    #expect(try result(fleet, PlanOptions(leastGainPercent: points))?.value(.moves) == moves)
    #expect(try result(fleet, PlanOptions(maxMoves: 3, leastGainPercent: points))?.value(.moves) == moves)
  }

  @Test("no more memory is moved than the budget allows", arguments: [(19.0, 0.0), (20.0, 1.0), (45.0, 2.0)])
  func moveBudget(mib: Double, moves: Double) throws {
    let fleet = inventory([(20, 0), (20, 0), (20, 0), (20, 0)])
    #expect(try result(fleet, PlanOptions(moveBudgetMiB: mib))?.value(.moves) == moves)
  }

  @Test("a swap where no single move helps")
  func swaps() throws {
    // 90 and 60: moving anything whole overshoots, 50 against 35 gives 75 each.
    let result = try result(inventory([(50, 0), (40, 0), (35, 1), (25, 1)]))
    #expect(result?.value(.maxUtilisation) == 0.75)
    #expect(result?.value(.moves) == 2)
  }

  @Test("keeps every rule, never worse than the start, bounds below values", arguments: UInt64(300)..<330)
  func keepsRules(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    guard case (.placed(let result), let fleet) = try plan(inventory, .balance) else { return }
    #expect(RuleKeeper(inventory: inventory).faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
    for objective in result.objectives {
      #expect(objective.lowerBound ?? 0 <= objective.value + 1e-9, "seed \(seed)")
    }
    let meter = ObjectiveMeter(fleet)
    if RuleKeeper(inventory: inventory).faults(fleet.startByID).isEmpty {
      #expect(result.value(.maxUtilisation) ?? 9 <= meter.maxUtilisation(fleet.start) + 1e-9, "seed \(seed)")
    }
  }

  @Test("the lowest maximum of tiny fleets is bounded by trying everything", arguments: UInt64(400)..<425)
  func boundHolds(seed: UInt64) throws {
    let inventory = SmallFleets.tiny.inventory(seed: seed)
    guard case (.placed(let result), let fleet) = try plan(inventory, .balance) else { return }
    let meter = ObjectiveMeter(fleet)
    var lowest = Double.infinity
    EveryPlacement(inventory: inventory).forEach(in: fleet) { placement in
      lowest = min(lowest, meter.maxUtilisation(placement))
    }
    #expect(result.bound(.maxUtilisation) ?? 0 <= lowest + 1e-6, "seed \(seed)")
    #expect(result.value(.maxUtilisation) ?? 9 >= lowest - 1e-9, "seed \(seed)")
  }

  @Test("no placement within the moves is below the counted bound", arguments: UInt64(500)..<506)
  func countingHolds(seed: UInt64) throws {
    let inventory = SmallFleets.tiny.inventory(seed: seed)
    let options = PlanOptions(maxMoves: 2)
    guard case (.placed(let result), let fleet) = try plan(inventory, .balance, options: options) else {
      return
    }
    let bound = CountingBound(fleet, moves: 2, reliefs: HostRelief.ofHosts(fleet)).utilisation
    let meter = ObjectiveMeter(fleet)
    var lowest = Double.infinity
    EveryPlacement(inventory: inventory).forEach(in: fleet) { placement in
      if meter.moves(placement) <= 2 { lowest = min(lowest, meter.maxUtilisation(placement)) }
    }
    #expect(bound <= lowest + 1e-9, "seed \(seed)")
    #expect(result.value(.moves) ?? 9 <= 2, "seed \(seed)")
    if lowest < .infinity {
      #expect(result.value(.maxUtilisation) ?? 9 >= lowest - 1e-9, "seed \(seed)")
      #expect(result.bound(.maxUtilisation) ?? 0 <= lowest + 1e-6, "seed \(seed)")
    }
  }

  @Test("the best choice of leavers, and the fewest that reach a level")
  func relief() {
    let capacity = Fleet(inventory([(1, 0)]), options: PlanOptions()).capacity[0]
    func amounts(_ cpu: Int64, _ memory: Int64) -> Amounts {
      var amounts = Amounts.zero
      amounts[.cpu] = cpu * (capacity[.cpu] ?? 0) / 100
      amounts[.memory] = memory * (capacity[.memory] ?? 0) / 100
      return amounts
    }
    let demands = [amounts(40, 10), amounts(10, 40), amounts(25, 25)]
    let relief = HostRelief(
      load: demands.reduce(Amounts.zero, +), capacity: capacity,
      parties: demands.enumerated().map { .init(vms: [$0], demand: $1) }, demands: demands)
    #expect(relief.level(without: 0) == 0.75)
    #expect(relief.level(without: 1) == 0.5)
    #expect(relief.level(without: 2) == 0.25)
    #expect(relief.level(without: 3) == 0)
    #expect(relief.choice(of: 1, level: 0.5) == [2])
    #expect(relief.choice(of: 1, level: 0.4) == nil)
    #expect(relief.choice(of: 2, level: 0.3)?.sorted() == [0, 1])
    // The first two only together: one move is too few for them, and the third alone is the best.
    let tied = HostRelief(
      load: demands.reduce(Amounts.zero, +), capacity: capacity,
      parties: [
        .init(vms: [0, 1], demand: demands[0] + demands[1]), .init(vms: [2], demand: demands[2]),
      ], demands: demands)
    #expect(tied.level(without: 1) == 0.5)
    #expect(tied.choice(of: 1, level: 0.5) == [2])
    #expect(tied.level(without: 2) == 0.25)
    #expect(tied.choice(of: 2, level: 0.25)?.sorted() == [0, 1])
    #expect(tied.level(without: 3) == 0)
  }

  /// 90 and 0 with a pair of 40s and a 10: one move leaves 80, two 10.
  @Test("VMs that belong together leave together, which one move cannot do")
  func parties() throws {
    var inventory = inventory([(40, 0), (40, 0), (10, 0), (0, 1)])
    inventory.rules = [Rule(id: "pair", .affinity(Affinity(vms: Selection(["v0", "v1"]))))]
    let one = try result(inventory, PlanOptions(maxMoves: 1))
    #expect(one?.value(.maxUtilisation) == 0.8)
    #expect(one?.isProved(.maxUtilisation) == true)
    let two = try result(inventory, PlanOptions(maxMoves: 2))
    #expect(two?.value(.maxUtilisation) == 0.8)
  }
}

extension Fleet {
  /// Where everybody is at the start, by id.
  var startByID: [VM.ID: Host.ID] {
    Dictionary(uniqueKeysWithValues: zip(vms.map(\.id), start.map { hosts[$0].id }))
  }
}
