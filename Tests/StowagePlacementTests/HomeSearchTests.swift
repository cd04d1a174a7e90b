import GLPKBackend
import StowageFleet
import StowageModel
import Testing

@testable import StowagePlacement

@Suite("Sending VMs home")
struct HomeSearchTests {
  /// Eight hosts in two racks, about half full, with everybody on the host of the same number as the VM, counted round.
  private static func fleet(rules: [Rule], _ change: (inout Host) -> Void = { _ in }) -> Fleet {
    let hosts = (0..<8).map { number in
      var host = Host(id: Host.ID("h\(number)"), cores: 16, memoryMiB: 65_536)
      host.rack = number < 4 ? "r1" : "r2"
      change(&host)
      return host
    }
    let vms = (0..<40).map {
      VM(id: VM.ID("v\($0)"), vCPUs: 1, memoryMiB: 4096 + Double($0) * 64, host: Host.ID("h\($0 % 8)"))
    }
    return Fleet(Inventory(hosts: hosts, vms: vms, rules: rules), options: PlanOptions())
  }

  private static func task(_ fleet: Fleet) -> PlacementTask {
    PlacementTask(
      fleet, goal: .consolidate, overloads: .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
  }

  private static func improved(_ task: PlacementTask, _ placement: [Int]) -> [Int] {
    var random = StowagePlacement.SeededGenerator(seed: 1)
    return task.homeSearch { _ in 1 }.improve(
      placement, isOpen: [Bool](repeating: true, count: 8), &random, .unlimited)
  }

  /// The whole group was taken to the other rack: a search by single moves does not take it back, and leaves it whole.
  @Test("keeps a group of a rack in the rack where it is, and sends the others home")
  func racks() throws {
    let group: Set<VM.ID> = ["v0", "v1", "v2"]
    let fleet = Self.fleet(rules: [
      Rule(id: "near", .affinity(Affinity(vms: Selection(group.map(\.rawValue).sorted()), scope: .rack)))
    ])
    let task = Self.task(fleet)
    let placement = fleet.start.map { ($0 + 4) % 8 }
    #expect(task.accepts(placement))
    let found = Self.improved(task, placement)
    #expect(task.accepts(found))
    for vm in fleet.vms.indices {
      let isHome = found[vm] == fleet.start[vm]
      #expect(isHome == !group.contains(fleet.vms[vm].id), "\(fleet.vms[vm].id)")
    }
  }

  @Test("keeps failures covered, with more room where the least is not enough")
  func failures() throws {
    let fleet = Self.fleet(rules: [Rule(id: "n", .failover(Failover(hosts: Selection(["h*"]))))])
    let task = Self.task(fleet)
    let placement = fleet.start.map { ($0 + 1) % 8 }
    #expect(task.accepts(placement))
    let found = Self.improved(task, placement)
    #expect(task.accepts(found))
    #expect(found == fleet.start)
  }

  @Test("more resources than lanes leave out those of which there is most")
  func lanes() throws {
    var fleet = Self.fleet(rules: []) { host in
      host.networkGbps = 10
      host.localDiskGiB = 1000
      host.maxVMs = 50
    }
    let vms = fleet.vms.map { vm in
      var vm = vm
      vm.networkMbpsP95 = 100
      vm.hasLocalDisk = true
      vm.diskUsedGiB = 1
      return vm
    }
    fleet = Fleet(Inventory(hosts: fleet.hosts, vms: vms), options: PlanOptions())
    let task = Self.task(fleet)
    #expect(Resource.allCases.count { resource in fleet.demand.contains { $0[resource] > 0 } } == 5)
    let isOpen = [Bool](repeating: true, count: 8)
    let packing = try #require(
      FlatPacking(task.problem, isOpen: isOpen, limits: task.problem.limits.map { LoadVector($0) }))
    #expect(packing.limit.allSatisfy { $0[0] > 0 && $0[1] > 0 })
    let found = Self.improved(task, fleet.start.map { ($0 + 3) % 8 })
    #expect(found == fleet.start)
  }
}
