import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Levels by changes of hosts")
struct LevelChangesTests {
  /// Hosts of 100 with four VMs each, every other host fuller by half.
  private func inventory(hosts: Int, seed: UInt64) -> Inventory {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    var vms: [VM] = []
    for host in 0..<hosts {
      for _ in 0..<4 {
        var vm = VM(
          id: VM.ID("v\(vms.count)"), vCPUs: Double(4 + random.below(4) * 2),
          memoryMiB: Double((host % 2 == 0 ? 12 : 6) + random.below(4) * 2), host: Host.ID("h\(host)"))
        vm.networkMbpsP95 = Double(500 * (1 + random.below(4)))
        vms.append(vm)
      }
    }
    return Inventory(
      hosts: (0..<hosts).map { number in
        var host = Host(id: Host.ID("h\(number)"), cores: 100, memoryMiB: 100)
        host.networkGbps = 10
        return host
      }, vms: vms)
  }

  private func task(_ inventory: Inventory, moves: Int) -> PlacementTask {
    PlacementTask(
      Fleet(inventory, options: PlanOptions(maxMoves: moves)), goal: .balance, overloads: .mended,
      solver: GLPKSolver(), options: PlacementOptions(isDeterministic: true), canTravel: nil)
  }

  @Test("a lower maximum within the moves, and never below what weights prove", arguments: UInt64(1)...2)
  func lowers(seed: UInt64) throws {
    let task = task(inventory(hosts: 14, seed: seed), moves: 8)
    let meter = ObjectiveMeter(task.fleet)
    let start = meter.maxUtilisation(task.fleet.start)
    let mean = MeanLoadBound(task.fleet).utilisation
    let proved = try LevelBound(task: task, moves: 8).raised(from: mean, below: start)?.utilisation ?? mean
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let found = try #require(
      try LevelChanges(task: task, hosts: task.eligibleHosts)
        .lowered(moves: 8, bound: proved, below: start, &random))
    #expect(task.accepts(found))
    #expect(meter.moves(found) <= 8)
    #expect(meter.maxUtilisation(found) < start)
    #expect(meter.maxUtilisation(found) >= proved - 1e-9)
  }

  @Test("groups hold every host once and are alike")
  func groups() {
    let task = task(inventory(hosts: 24, seed: 7), moves: 8)
    let model = ChangeModel(MoveRooms(task.fleet, mendsOverloads: false), classLimit: 120, resources: .three)
    let groups = HostGroups(model, size: 8).groups
    #expect(groups.count == 3)
    #expect(groups.flatMap(\.positions).sorted() == Array(0..<24))
    let free = groups.map { group in
      group.positions.reduce(Int64(0)) { $0 + model.hosts[$1].free[.memory] }
    }
    let (least, most) = (free.min() ?? 0, free.max() ?? 0)
    #expect(Double(most - least) < 0.1 * Double(most), "\(free)")
  }
}
