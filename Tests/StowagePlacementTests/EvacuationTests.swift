import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Evacuation")
struct EvacuationTests {
  @Test("moves no more and no larger VMs than trying everything does", arguments: UInt64(200)..<240)
  func agreesWithEverything(seed: UInt64) throws {
    var generator = SmallFleets()
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    let inventory = generator.inventory(seed: seed)
    let drained = inventory.hosts[0].id
    let options = PlanOptions(hosts: [drained])
    let oracle = EveryPlacement(inventory: inventory, drained: [drained]).leastMovesThenMiB
    switch try plan(inventory, .evacuate, options: options) {
    case (.placed(let result), let fleet):
      let keeper = RuleKeeper(inventory: inventory, drained: [drained])
      #expect(keeper.faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
      let best = try #require(oracle, "seed \(seed)")
      #expect((result.value(.softRuleCost) ?? 0) == best.softCost, "seed \(seed)")
      #expect(result.value(.moves) == Double(best.moves), "seed \(seed)")
      #expect(result.value(.movedMiB) == best.movedMiB, "seed \(seed)")
      #expect(result.isProved(.moves) && result.isProved(.movedMiB), "seed \(seed)")
    case (.infeasible, _): #expect(oracle == nil, "seed \(seed)")
    case (.undecided, _), (.notHeld, _): Issue.record("no answer for seed \(seed)")
    }
  }

  /// Five VMs of 30 on hosts of 100: two on each of the others leave room for one more each.
  private func threeHosts(_ rules: [Rule] = []) -> Inventory {
    Inventory(
      hosts: (0..<3).map { Host(id: Host.ID("h\($0)"), cores: 8, memoryMiB: 100) },
      vms: [("a", 0), ("b", 0), ("c", 1), ("d", 1), ("e", 2), ("f", 2)].map { name, host in
        VM(id: VM.ID(name), vCPUs: 1, memoryMiB: 30, host: Host.ID("h\(host)"))
      }, rules: rules)
  }

  @Test("places what leaves into what room there is")
  func simple() throws {
    guard
      case (.placed(let result), let fleet) = try plan(
        threeHosts(), .evacuate, options: PlanOptions(hosts: ["h0"]))
    else {
      Issue.record("no placement")
      return
    }
    #expect(result.value(.moves) == 2 && result.isProved(.moves))
    #expect(result.value(.movedMiB) == 60 && result.isProved(.movedMiB))
    #expect(result.value(.maxUtilisation) == 0.9)
    #expect(result.poweredOff == [0])
    #expect(result.reasons.compactMap(\.self) == ["h0 is evacuated", "h0 is evacuated"])
    #expect(fleet.hosts[result.placement[2]].id == "h1")
  }

  @Test("asks a resident to make room where there is no other way, and proves it")
  func makesRoom() throws {
    // 60 fits nowhere whole: h1 has 40 free, h2 has 40; one of 30 must change over.
    var inventory = threeHosts()
    inventory.vms.removeAll { $0.id == "b" }
    inventory.vms[0].memoryMiB = 60
    guard
      case (.placed(let result), _) = try plan(inventory, .evacuate, options: PlanOptions(hosts: ["h0"]))
    else {
      Issue.record("no placement")
      return
    }
    #expect(result.value(.moves) == 2 && result.bound(.moves) == 2)
    #expect(result.objectives[1].proof == .branchAndBound)
    #expect(result.reasons.compactMap(\.self).contains { $0.hasPrefix("makes room on") })
  }

  @Test("a VM that stays on a host to be emptied is said to be the cause")
  func pinned() throws {
    let stay = Rule(id: "keep-b", .stay(Stay(vms: Selection(["b"]))))
    guard
      case (.infeasible(let why), _) = try plan(
        threeHosts([stay]), .evacuate, options: PlanOptions(hosts: ["h0"]))
    else {
      Issue.record("not infeasible")
      return
    }
    #expect(
      why.conflicts == [.cannotLeave("b", host: "h0", pin: .stay("keep-b"), because: .drained(nil))])
  }

  @Test("says how many moves there must be when fewer are allowed")
  func tooManyMoves() throws {
    guard
      case (.infeasible(let why), _) = try plan(
        threeHosts(), .evacuate, options: PlanOptions(hosts: ["h0"], maxMoves: 1))
    else {
      Issue.record("not infeasible")
      return
    }
    #expect(why.conflicts == [.tooManyMoves(least: 2, most: 1)])
  }

  @Test("an empty host is evacuated by doing nothing")
  func nothingToDo() throws {
    var inventory = threeHosts()
    inventory.vms.removeAll { $0.host == "h0" }
    guard
      case (.placed(let result), let fleet) = try plan(
        inventory, .evacuate, options: PlanOptions(hosts: ["h0"]))
    else {
      Issue.record("no placement")
      return
    }
    #expect(result.placement == fleet.start && result.value(.moves) == 0)
  }
}
