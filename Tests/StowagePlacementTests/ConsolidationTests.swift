import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Consolidation")
struct ConsolidationTests {
  @Test("finds the fewest hosts and the least memory, as trying everything does", arguments: UInt64(0)..<60)
  func agreesWithEverything(seed: UInt64) throws {
    var generator = SmallFleets()
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    let inventory = generator.inventory(seed: seed)
    let oracle = EveryPlacement(inventory: inventory).leastHostsThenMiB
    switch try plan(inventory, .consolidate) {
    case (.placed(let result), let fleet):
      let faults = RuleKeeper(inventory: inventory).faults(result.hosts(fleet))
      #expect(faults.isEmpty, "seed \(seed)")
      let best = try #require(oracle, "seed \(seed)")
      #expect(result.value(.hostsOn) == Double(best.hosts), "seed \(seed)")
      #expect(result.isProved(.hostsOn), "seed \(seed)")
      #expect((result.value(.softRuleCost) ?? 0) == best.softCost, "seed \(seed)")
      #expect(result.value(.movedMiB) == best.movedMiB, "seed \(seed)")
      #expect(result.isProved(.movedMiB), "seed \(seed)")
    case (.infeasible, _): #expect(oracle == nil, "seed \(seed)")
    case (.undecided, _), (.notHeld, _): Issue.record("no answer for seed \(seed)")
    }
  }

  @Test("adds peaks only where they coincide, as trying everything does", arguments: UInt64(0)..<40)
  func agreesByTheHour(seed: UInt64) throws {
    var generator = SmallFleets()
    (generator.maxHosts, generator.maxVMs) = (4, 7)
    generator.hasFailover = false
    generator.hasHours = true
    let inventory = generator.inventory(seed: seed)
    let oracle = EveryPlacement(inventory: inventory, isMeasured: true).leastHostsThenMiB
    switch try plan(inventory, .consolidate, options: PlanOptions(sizing: SmallFleets.measured)) {
    case (.placed(let result), let fleet):
      let keeper = RuleKeeper(inventory: inventory, isMeasured: true)
      #expect(keeper.faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
      let best = try #require(oracle, "seed \(seed)")
      #expect(result.value(.hostsOn) == Double(best.hosts), "seed \(seed)")
      #expect(result.bound(.hostsOn) ?? 0 <= Double(best.hosts), "seed \(seed)")
      #expect(result.value(.movedMiB) ?? 0 >= best.movedMiB, "seed \(seed)")
      #expect(result.bound(.movedMiB) ?? 0 <= best.movedMiB, "seed \(seed)")
    case (.infeasible, _): #expect(oracle == nil, "seed \(seed)")
    case (.undecided, _), (.notHeld, _): Issue.record("no answer for seed \(seed)")
    }
  }

  @Test("two loads that peak at different hours share a host that holds neither sum of peaks")
  func sharesByTheHour() throws {
    let day = try #require(WeekProfile(hours: (0..<168).map { $0 % 24 < 12 ? 900 : 100 }))
    let night = try #require(WeekProfile(hours: (0..<168).map { $0 % 24 < 12 ? 100 : 900 }))
    func inventory(_ second: WeekProfile) -> Inventory {
      Inventory(
        hosts: ["h1", "h2"].map { id in
          var host = Host(id: Host.ID(id), cores: 1, memoryMiB: 4096)
          host.cpuMHz = 1000
          return host
        },
        vms: [("a", day), ("b", second)].enumerated().map { index, entry in
          var vm = VM(id: VM.ID(entry.0), vCPUs: 1, memoryMiB: 1024, host: Host.ID("h\(index + 1)"))
          vm.cpuMHzP95 = 900
          vm.cpuMHzByHour = entry.1
          return vm
        })
    }
    let options = PlanOptions(sizing: SmallFleets.measured)
    for (second, hosts) in [(night, 1.0), (day, 2)] {
      guard case (.placed(let result), _) = try plan(inventory(second), .consolidate, options: options) else {
        Issue.record("no placement")
        continue
      }
      #expect(result.value(.hostsOn) == hosts)
      #expect(result.isProved(.hostsOn))
    }
  }

  @Test(
    "keeps every rule on larger fleets, never claims a bound above its value", arguments: UInt64(100)..<120)
  func keepsRules(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    guard case (.placed(let result), let fleet) = try plan(inventory, .consolidate) else { return }
    #expect(RuleKeeper(inventory: inventory).faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
    for objective in result.objectives {
      #expect(objective.lowerBound ?? 0 <= objective.value, "seed \(seed)")
    }
    for (vm, reason) in zip(fleet.vms.indices, result.reasons) {
      #expect((reason == nil) == (result.placement[vm] == fleet.start[vm]), "seed \(seed)")
    }
  }

  @Test("gives the same answer to the same question")
  func isDeterministic() throws {
    let inventory = SmallFleets().inventory(seed: 7)
    let answers = try (0..<2).map { _ in try plan(inventory, .consolidate).answer }
    guard case .placed(let first) = answers[0], case .placed(let second) = answers[1] else {
      Issue.record("no placement")
      return
    }
    #expect(first.placement == second.placement)
    #expect(first.objectives == second.objectives)
    #expect(first.reasons == second.reasons)
  }

  @Test("one host stays as it is, and an empty fleet has no host on")
  func degenerate() throws {
    let one = Inventory(
      hosts: [Host(id: "h", cores: 4, memoryMiB: 64)],
      vms: [VM(id: "v", vCPUs: 1, memoryMiB: 8, host: "h")])
    guard case (.placed(let result), _) = try plan(one, .consolidate) else {
      Issue.record("no placement")
      return
    }
    #expect(result.placement == [0] && result.value(.hostsOn) == 1 && result.value(.movedMiB) == 0)
    let none = Inventory(hosts: one.hosts, vms: [])
    guard case (.placed(let empty), _) = try plan(none, .consolidate) else {
      Issue.record("no placement of nothing")
      return
    }
    #expect(empty.placement.isEmpty && empty.value(.hostsOn) == 0 && empty.isProved(.hostsOn))
    #expect(empty.poweredOff.isEmpty)
  }

  @Test("mends an overloaded host when it can, and leaves it no worse when it cannot")
  func overload() throws {
    var inventory = Inventory(
      hosts: [Host(id: "a", cores: 4, memoryMiB: 64), Host(id: "b", cores: 4, memoryMiB: 64)],
      vms: [
        VM(id: "v", vCPUs: 1, memoryMiB: 48, host: "a"), VM(id: "w", vCPUs: 1, memoryMiB: 48, host: "a"),
      ])
    guard case (.placed(let mended), _) = try plan(inventory, .consolidate) else {
      Issue.record("no placement")
      return
    }
    #expect(Set(mended.placement) == [0, 1])
    #expect(mended.bound(.hostsOn) == 1)
    inventory.hosts[1].state = .offline
    guard case (.placed(let left), _) = try plan(inventory, .consolidate) else {
      Issue.record("no placement")
      return
    }
    #expect(left.placement == [0, 0])
  }

  @Test("a VM larger than its own host goes where it fits")
  func tooLargeForItsHost() throws {
    let inventory = Inventory(
      hosts: [Host(id: "a", cores: 4, memoryMiB: 16), Host(id: "b", cores: 4, memoryMiB: 64)],
      vms: [VM(id: "v", vCPUs: 1, memoryMiB: 48, host: "a")])
    guard case (.placed(let result), _) = try plan(inventory, .consolidate) else {
      Issue.record("no placement")
      return
    }
    #expect(result.placement == [1])
    #expect(result.reasons == ["relieves a: memory 300 % → 0 %"])
  }

  @Test("a host without room takes nobody")
  func noRoom() throws {
    let inventory = Inventory(
      hosts: [Host(id: "a", cores: 4, memoryMiB: 64), Host(id: "b", cores: 0, memoryMiB: 0)],
      vms: [VM(id: "v", vCPUs: 1, memoryMiB: 8, host: "a")],
      rules: [Rule(id: "d", .drain(Drain(hosts: Selection(["a"]))))])
    guard case (.infeasible(let why), _) = try plan(inventory, .consolidate) else {
      Issue.record("not infeasible")
      return
    }
    #expect(
      why.conflicts.first
        == .nowhere(
          "v",
          [
            ObstacleCount(obstacle: .drained("d"), count: 1),
            ObstacleCount(obstacle: .resource(.cpu), count: 1),
          ]))
  }

  @Test("room for failures keeps a second host on")
  func failover() throws {
    let inventory = Inventory(
      hosts: (0..<3).map { Host(id: Host.ID("h\($0)"), cores: 4, memoryMiB: 64) },
      vms: (0..<3).map { VM(id: VM.ID("v\($0)"), vCPUs: 1, memoryMiB: 16, host: Host.ID("h\($0)")) },
      rules: [Rule(id: "n", .failover(Failover()))])
    guard case (.placed(let result), _) = try plan(inventory, .consolidate) else {
      Issue.record("no placement")
      return
    }
    #expect(result.value(.hostsOn) == 2 && result.bound(.hostsOn) == 2)
    #expect(result.objectives[1].proof == .parts)
  }

  @Test("a pair that is excluded is not used, and proves nothing")
  func excluded() throws {
    let inventory = Inventory(
      hosts: [Host(id: "a", cores: 4, memoryMiB: 64), Host(id: "b", cores: 4, memoryMiB: 64)],
      vms: [VM(id: "v", vCPUs: 1, memoryMiB: 8, host: "a")],
      rules: [Rule(id: "d", .drain(Drain(hosts: Selection(["a"]))))])
    let search = PlacementOptions(isDeterministic: true, excluded: [.init(vm: 0, host: 1)])
    guard case (.undecided(let why), _) = try plan(inventory, .consolidate, search: search) else {
      Issue.record("decided")
      return
    }
    #expect(why.vms == ["v"])
    #expect(Set(why.obstacles.map(\.obstacle)) == [.excluded, .drained("d")])
  }
}
