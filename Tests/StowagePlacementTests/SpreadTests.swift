import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Evenness first")
struct SpreadTests {
  private func result(_ inventory: Inventory, maxMoves: Int? = nil) throws -> (PlacementResult, Fleet)? {
    var options = PlanOptions(maxMoves: maxMoves)
    options.balanceFirst = .spread
    guard case (.placed(let result), let fleet) = try plan(inventory, .balance, options: options) else {
      return nil
    }
    return (result, fleet)
  }

  /// Hosts of 100 cores and 100 MiB.
  private func inventory(_ vms: [(vCPUs: Double, memory: Double, host: Int)], hosts: Int) -> Inventory {
    Inventory(
      hosts: (0..<hosts).map { Host(id: Host.ID("h\($0)"), cores: 100, memoryMiB: 100) },
      vms: vms.enumerated().map { index, vm in
        VM(id: VM.ID("v\(index)"), vCPUs: vm.vCPUs, memoryMiB: vm.memory, host: Host.ID("h\(vm.host)"))
      })
  }

  @Test("one move levels both resources, and the bound proves it")
  func bothResources() throws {
    // 80 cores and 60 MiB: v1 takes half of both along.
    let fleet = inventory([(10, 30, 0), (40, 30, 0), (30, 0, 0), (0, 0, 1)], hosts: 2)
    let (result, _) = try #require(try result(fleet, maxMoves: 1))
    #expect(result.placement == [0, 1, 0, 1])
    #expect(result.value(.loadSpread) == 0)
    #expect(result.isProved(.loadSpread))
  }

  @Test("without a limit, moves that bring next to nothing are not made")
  func leavesAlone() throws {
    let (result, _) = try #require(try result(inventory([(10, 40, 0), (10, 39, 1)], hosts: 2)))
    #expect(result.value(.moves) == 0)
  }

  /// Deviations 20 and 20 points: each move takes 10 off both.
  @Test("no move is made that brings less than asked", arguments: [(19.0, 2.0), (21.0, 0.0)])
  func leastGain(points: Double, moves: Double) throws {
    var options = PlanOptions(leastGainPercent: points)
    options.balanceFirst = .spread
    let fleet = inventory([(10, 10, 0), (10, 10, 0), (10, 10, 0), (10, 10, 0)], hosts: 2)
    guard case (.placed(let result), _) = try plan(fleet, .balance, options: options) else {
      Issue.record("no placement")
      return
    }
    #expect(result.value(.moves) == moves)
  }

  /// Any single move makes the vCPUs, as even as can be, less even; 30 and 25 MiB in exchange bring 35 MiB to every host, and
  /// so do 10 and 5.
  @Test(
    "an exchange that leaves one resource exactly as even is made for the other",
    arguments: [10, 10.1, 11.3, 13.7], [0, 0.1, 0.7])
  func exchange(vCPUs: Double, more: Double) throws {
    let vms = [(vCPUs, 30.0, 0), (vCPUs, 10, 0), (vCPUs, 25, 1), (vCPUs, 5, 1), (2 * vCPUs + more, 35, 2)]
    let (result, fleet) = try #require(try result(inventory(vms, hosts: 3), maxMoves: 2))
    let deviations = [fleet.start, result.placement].map { placement in
      SpreadLevels(fleet, loads: ObjectiveMeter(fleet).loads(placement).map { LoadVector($0) }).deviations
    }
    #expect((deviations[0].cpu - deviations[1].cpu).magnitude < 1e-7)
    #expect(deviations[0].memory > 0.04 && deviations[1].memory < 1e-7)
  }

  @Test("keeps every rule, no less even than the start", arguments: UInt64(700)..<730)
  func keepsRules(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    guard let (result, fleet) = try result(inventory) else { return }
    #expect(RuleKeeper(inventory: inventory).faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
    if RuleKeeper(inventory: inventory).faults(fleet.startByID).isEmpty {
      let before = ObjectiveMeter(fleet).loadSpread(fleet.start)
      #expect(result.value(.loadSpread) ?? 9 <= before + 1e-9, "seed \(seed)")
    }
  }

  @Test("no placement within the moves is below the bounds on evenness", arguments: UInt64(800)..<810)
  func boundHolds(seed: UInt64) throws {
    let inventory = SmallFleets.tiny.inventory(seed: seed)
    guard let (result, fleet) = try result(inventory, maxMoves: 2) else { return }
    let meter = ObjectiveMeter(fleet)
    let bound = EveningBound(fleet, moves: 2)
    EveryPlacement(inventory: inventory).forEach(in: fleet) { placement in
      guard meter.moves(placement) <= 2 else { return }
      #expect(bound.loadSpread <= meter.loadSpread(placement) + 1e-9, "seed \(seed)")
      #expect(
        bound.utilisationStandardDeviation <= meter.utilisationStandardDeviation(placement) + 1e-9,
        "seed \(seed)")
    }
    #expect(result.value(.moves) ?? 9 <= 2, "seed \(seed)")
  }

  @Test("annealing leaves no resource less even than descent, and two of three fleets more even")
  func annealing() throws {
    #expect(try (UInt64(1)..<4).count { try isMoreEvenThanDescent(seed: $0) } >= 2)
  }

  /// Whether annealing found more than descent on a fleet of which three of eight hosts hold twenty VMs each, which
  /// ask for 90 at the most.
  private func isMoreEvenThanDescent(seed: UInt64) throws -> Bool {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let vms = (0..<60).map { number in
      (vCPUs: 0.5 * Double(1 + random.below(9)), memory: 0.5 * Double(1 + random.below(9)), host: number % 3)
    }
    let fleet = inventory(vms, hosts: 8)
    let (result, _) = try #require(try result(fleet, maxMoves: 12))
    #expect(result.value(.moves) ?? 99 <= 12)
    var options = PlanOptions(maxMoves: 12)
    options.balanceFirst = .spread
    let model = Fleet(fleet, options: options)
    let meter = ObjectiveMeter(model)
    #expect(meter.loadSpread(result.placement) < 0.7 * meter.loadSpread(model.start))
    let task = PlacementTask(
      model, goal: .balance, overloads: .mended, solver: GLPKSolver(), options: PlacementOptions(seed: seed),
      canTravel: nil)
    let search = SpreadSearch(task: task, hosts: task.eligibleHosts)
    let descended = search.descended(from: model.start)
    let levels = [descended, result.placement].map { placement in
      SpreadLevels(model, loads: meter.loads(placement).map { LoadVector($0) }).deviations
    }
    #expect(levels[1].cpu <= levels[0].cpu + 1e-9 && levels[1].memory <= levels[0].memory + 1e-9)
    #expect(levels[1].sum <= levels[0].sum)
    return levels[1].sum < levels[0].sum
  }
}
