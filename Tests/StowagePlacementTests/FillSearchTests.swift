import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Search on a fixed set of hosts")
struct FillSearchTests {
  /// Hosts of 8 vCPUs and 32 GiB with VMs that fill two of them to the last unit.
  private func tightFleet() -> Inventory {
    let hosts = (1...4).map { Host(id: Host.ID("h\($0)"), cores: 8, memoryMiB: 32 * 1024) }
    let sizes: [(Double, Double)] = [(1, 12), (2, 8), (3, 8), (2, 4), (4, 16), (1, 2), (2, 10), (1, 4)]
    let vms = sizes.enumerated().map { index, size in
      VM(
        id: VM.ID("v\(index)"), vCPUs: size.0, memoryMiB: size.1 * 1024,
        host: Host.ID("h\(index % 4 + 1)"))
    }
    return Inventory(hosts: hosts, vms: vms)
  }

  private func open(_ count: Int, of problem: Problem) -> [Bool] {
    problem.fleet.hosts.indices.map { $0 < count }
  }

  @Test("fills hosts to the last unit", arguments: UInt64(1)...5)
  func fillsUp(seed: UInt64) throws {
    let problem = Problem(Fleet(tightFleet(), options: PlanOptions()))
    let packing = try #require(
      FlatPacking(problem, isOpen: open(2, of: problem), limits: problem.limits.map { LoadVector($0) }))
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let state = try #require(FillConstruction(keepsHomes: false).state(packing, &random))
    #expect(FillSearch(temperatureShare: 0.1).run(state, &random, .unlimited))
    #expect(problem.isLegal(problem.placement(ofBlocks: state.hosts)))
  }

  @Test("gives up where nothing fits, and says so")
  func givesUp() throws {
    let problem = Problem(Fleet(tightFleet(), options: PlanOptions()))
    let packing = try #require(
      FlatPacking(problem, isOpen: open(1, of: problem), limits: problem.limits.map { LoadVector($0) }))
    var random = StowagePlacement.SeededGenerator(seed: 1)
    let state = try #require(FillConstruction(keepsHomes: true).state(packing, &random))
    var search = FillSearch(temperatureShare: 0.1)
    search.patience = 20_000
    #expect(!search.run(state, &random, .unlimited))
  }

  @Test("keeps rules of generated fleets on all hosts", arguments: UInt64(0)..<15)
  func keepsRules(seed: UInt64) throws {
    var generator = SmallFleets()
    generator.hasFailover = false
    // Fleets with rules that no single host decides are not given to this search.
    generator.hasPlacementRules = false
    let problem = Problem(Fleet(generator.inventory(seed: seed), options: PlanOptions()))
    guard problem.conflicts.isEmpty, let settled = problem.settlingDomains() else { return }
    let everything = problem.fleet.hosts.indices.map { !problem.fleet.drained.contains($0) }
    guard
      let packing = FlatPacking(
        settled, isOpen: everything, limits: problem.limits.map { LoadVector($0) })
    else { return }
    var random = StowagePlacement.SeededGenerator(seed: seed)
    var search = FillSearch(temperatureShare: 0.1)
    search.patience = 20_000
    guard let state = FillConstruction(keepsHomes: false).state(packing, &random),
      search.run(state, &random, .unlimited)
    else { return }
    #expect(problem.isLegal(problem.placement(ofBlocks: state.hosts)), "seed \(seed)")
    // From there on anti-affinities are kept at every step, chains over three hosts included.
    let price = [Float](repeating: 1, count: problem.blocks.count)
    var homes = HomeFill(price: price, steps: 20_000)
    homes.chainShare = 0.6
    let home = try #require(homes.run(state, &random, .unlimited))
    #expect(state.clashes == 0)
    #expect(
      problem.isLegal(problem.placement(ofBlocks: home.map { Int(packing.hosts[Int($0)]) })), "seed \(seed)")
  }

  @Test("sends VMs home and stays legal", arguments: UInt64(1)...5)
  func sendsHome(seed: UInt64) throws {
    let problem = Problem(Fleet(tightFleet(), options: PlanOptions()))
    let packing = try #require(
      FlatPacking(problem, isOpen: open(3, of: problem), limits: problem.limits.map { LoadVector($0) }))
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let state = try #require(FillConstruction(keepsHomes: false).state(packing, &random))
    #expect(FillSearch(temperatureShare: 0.1).run(state, &random, .unlimited))
    let price = [Float](repeating: 1, count: problem.blocks.count)
    let away = { (hosts: [Int32]) in
      hosts.indices.count { packing.home[$0] >= 0 && hosts[$0] != packing.home[$0] }
    }
    let before = away((0..<state.blockCount).map { state.hostOf[$0] })
    let found = try #require(HomeFill(price: price, steps: 40_000).run(state, &random, .unlimited))
    #expect(away(found) <= before)
    // Three hosts stay on; whoever starts there may stay there.
    #expect(away(found) == 0)
    #expect(problem.isLegal(problem.placement(ofBlocks: found.map { Int(packing.hosts[Int($0)]) })))
  }

  @Test("divides by what demands have in common, and rounds limits down")
  func units() throws {
    let problem = Problem(Fleet(tightFleet(), options: PlanOptions()))
    var limits = problem.limits.map { LoadVector($0) }
    limits[0].cpu = 7_999
    let packing = try #require(FlatPacking(problem, isOpen: open(2, of: problem), limits: limits))
    #expect(packing.demand[0] == SIMD4(1, 6, 0, 0))
    #expect(packing.limit[0] == SIMD4(7, 16, 0, 0))
    #expect(packing.limit[1] == SIMD4(8, 16, 0, 0))
  }
}
