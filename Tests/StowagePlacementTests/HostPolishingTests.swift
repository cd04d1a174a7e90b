import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Programs over small sets of hosts")
struct HostPolishingTests {
  private func task(_ inventory: Inventory, _ options: PlanOptions) -> PlacementTask {
    PlacementTask(
      Fleet(inventory, options: options), goal: .balance, overloads: .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
  }

  private func inventory(_ sizes: [[Double]]) -> Inventory {
    Inventory(
      hosts: sizes.indices.map { Host(id: Host.ID("h\($0)"), cores: 100, memoryMiB: 100) },
      vms: sizes.enumerated().flatMap { host, own in
        own.enumerated().map { index, memory in
          VM(
            id: VM.ID("v\(host)-\(index)"), vCPUs: 1, memoryMiB: memory, host: Host.ID("h\(host)"))
        }
      })
  }

  /// 60 on each of two hosts and 42 on the third. No VM that goes to another host and no exchange of two leaves both below 60 and
  /// the third there; 26 and 16 for 34 and, in turn, 26 for 20 lead to 54 at the most.
  @Test("several VMs change places at once where no step helps")
  func severalAtOnce() throws {
    let task = task(inventory([[34, 26], [40, 20], [26, 16]]), PlanOptions(maxMoves: 6))
    let start = task.fleet.start
    let meter = ObjectiveMeter(task.fleet)
    let polishing = HostPolishing(task: task, hosts: task.eligibleHosts)
    let found = try #require(try polishing.lowered(start, bound: 0))
    #expect(task.accepts(found))
    var lowest = Double.infinity
    EveryPlacement(inventory: inventory([[34, 26], [40, 20], [26, 16]])).forEach(in: task.fleet) {
      lowest = min(lowest, meter.maxUtilisation($0))
    }
    #expect((meter.maxUtilisation(found) - lowest).magnitude < 1e-9)
    #expect(try polishing.lowered(start, bound: meter.maxUtilisation(start)) == nil)
    #expect(try polishing.lowered(found, bound: 0) == nil)
  }

  @Test("no move is made that lowers the maximum by less than asked", arguments: [(1.0, true), (9.0, false)])
  func leastGain(points: Double, isWorthwhile: Bool) throws {
    let task = task(
      inventory([[34, 26], [40, 20], [26, 16]]), PlanOptions(maxMoves: 6, leastGainPercent: points))
    let found = try HostPolishing(task: task, hosts: task.eligibleHosts).lowered(task.fleet.start, bound: 0)
    #expect((found != nil) == isWorthwhile)
  }

  @Test("keeps every rule and limit, lowers the maximum, and finds something in some fleets")
  func keepsRules() throws {
    var improved = 0
    for seed in UInt64(1)...30 {
      let inventory = SmallFleets().inventory(seed: seed)
      let task = task(inventory, PlanOptions(maxMoves: 4))
      guard task.accepts(task.fleet.start) else { continue }
      let meter = ObjectiveMeter(task.fleet)
      let start = task.fleet.start
      guard
        let found = try HostPolishing(task: task, hosts: task.eligibleHosts).lowered(start, bound: 0)
      else { continue }
      improved += 1
      let hosts = Dictionary(
        uniqueKeysWithValues: zip(task.fleet.vms, found).map { ($0.id, task.fleet.hosts[$1].id) })
      #expect(RuleKeeper(inventory: inventory).faults(hosts).isEmpty, "seed \(seed)")
      #expect(meter.moves(found) <= 4, "seed \(seed)")
      #expect(meter.maxUtilisation(found) < meter.maxUtilisation(start), "seed \(seed)")
      #expect(task.softRules.cost(found) <= task.softRules.cost(start) + 1e-9, "seed \(seed)")
    }
    #expect(improved >= 5)
  }

  @Test("blocks on some hosts keep to these, all others to where they are")
  func confines() {
    let fleet = Fleet(inventory([[1, 2], [3], [4, 5], []]), options: PlanOptions())
    let problem = Problem(fleet)
    var candidates = problem.candidates
    let start = problem.blocks.map { fleet.start[$0[0]] }
    candidates.confine(start, within: HostSet(universe: 4, [0, 2]))
    for (block, host) in start.enumerated() {
      #expect(candidates.hosts(of: block) == (host == 1 ? [1] : [0, 2]), "block \(block)")
    }
    // Those that could go to the same hosts before still share a set.
    #expect(Set(start.indices.filter { start[$0] != 1 }.map { candidates.setOfBlock[$0] }).count == 1)
  }
}
