import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Loads that no move takes off")
struct StuckLoadsTests {
  /// h0 holds 90 of 100 MiB by a VM that only it may hold, and 2 more; h1 80, h2 20.
  private func inventory(license: [String] = ["h0"]) -> Inventory {
    let vms = [(90.0, 0), (2, 0), (30, 1), (30, 1), (20, 1), (20, 2)]
    return Inventory(
      hosts: (0..<3).map { Host(id: Host.ID("h\($0)"), cores: 100, memoryMiB: 100) },
      vms: vms.enumerated().map { index, vm in
        VM(id: VM.ID("v\(index)"), vCPUs: 1, memoryMiB: vm.0, host: Host.ID("h\(vm.1)"))
      },
      rules: [
        Rule(id: "licence", .onlyOn(OnlyOn(vms: Selection(["v0"]), hosts: Selection(license))))
      ])
  }

  private func result(_ inventory: Inventory, moves: Int) throws -> (PlacementResult, Fleet)? {
    guard
      case (.placed(let result), let fleet) = try plan(
        inventory, .balance, options: PlanOptions(maxMoves: moves))
    else { return nil }
    return (result, fleet)
  }

  /// 2 MiB go first, which takes h0 to 90; nothing takes it further. Then 30 go from h1 to h2.
  @Test("what can be lowered behind them is")
  func behind() throws {
    let (result, _) = try #require(try result(inventory(), moves: 2))
    #expect(result.value(.maxUtilisation) == 0.9)
    #expect(result.isProved(.maxUtilisation))
    #expect(result.placement[0] == 0 && result.placement[1] == 2)
    #expect(result.placement[2...3].count { $0 == 2 } == 1)
    #expect(result.value(.moves) == 2)
  }

  @Test("only what alone is as full as the fullest is set aside, and stays as it is")
  func setsAside() throws {
    let fleet = Fleet(inventory(), options: PlanOptions())
    let task = PlacementTask(
      fleet, goal: .balance, overloads: .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
    // 92: the 2 MiB could go.
    #expect(StuckLoads(task).taskBehind(fleet.start) == nil)
    var lowered = fleet.start
    lowered[1] = 2
    let behind = try #require(StuckLoads(task).taskBehind(lowered))
    #expect(ObjectiveMeter(task.fleet).maxUtilisation(lowered) == 0.9)
    #expect(ObjectiveMeter(behind.fleet).maxUtilisation(lowered) == 0.8)
    #expect(behind.accepts(lowered))
    #expect(!behind.accepts(fleet.start))
    #expect(StuckLoads(behind).taskBehind(lowered) == nil)
  }

  @Test("a VM that another host may hold is not stuck")
  func movable() throws {
    let fleet = Fleet(inventory(license: ["h0", "h2"]), options: PlanOptions())
    let task = PlacementTask(
      fleet, goal: .balance, overloads: .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
    var lowered = fleet.start
    lowered[1] = 2
    #expect(StuckLoads(task).taskBehind(lowered) == nil)
  }
}
