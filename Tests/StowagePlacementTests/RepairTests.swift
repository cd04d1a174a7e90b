import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Repair")
struct RepairTests {
  /// A generated fleet whose first host lost half of its memory.
  private func shrunken(_ seed: UInt64) -> Inventory {
    var generator = SmallFleets()
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    var inventory = generator.inventory(seed: seed)
    inventory.hosts[0].memoryMiB /= 2
    return inventory
  }

  @Test("mends everything with as few moves as trying everything does", arguments: UInt64(600)..<640)
  func agreesWithEverything(seed: UInt64) throws {
    let inventory = shrunken(seed)
    let oracle = EveryPlacement(inventory: inventory).leastMovesThenMiB
    switch try plan(inventory, .repair) {
    case (.placed(let result), let fleet):
      #expect(RuleKeeper(inventory: inventory).faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
      // What cannot leave may keep a host above its capacity, which the oracle does not know.
      guard let oracle else { return }
      #expect((result.value(.softRuleCost) ?? 0) == oracle.softCost, "seed \(seed)")
      #expect(result.value(.moves) == Double(oracle.moves), "seed \(seed)")
      #expect(result.isProved(.moves), "seed \(seed)")
    case (.infeasible, _): #expect(oracle == nil, "seed \(seed)")
    case (.undecided, _), (.notHeld, _): Issue.record("no answer for seed \(seed)")
    }
  }

  @Test("a fleet in which nothing is broken stays as it is")
  func nothingBroken() throws {
    let inventory = Inventory(
      hosts: (0..<2).map { Host(id: Host.ID("h\($0)"), cores: 8, memoryMiB: 10) },
      vms: [VM(id: "a", vCPUs: 1, memoryMiB: 4, host: "h0")])
    guard case (.placed(let result), _) = try plan(inventory, .repair) else {
      Issue.record("no placement")
      return
    }
    #expect(result.value(.moves) == 0 && result.isProved(.moves))
  }

  @Test("an overload that nobody may leave is no reason to refuse, one that cannot be mended is")
  func overloads() throws {
    var inventory = Inventory(
      hosts: (0..<2).map { Host(id: Host.ID("h\($0)"), cores: 8, memoryMiB: 10) },
      vms: [VM(id: "a", vCPUs: 1, memoryMiB: 12, host: "h0")])
    inventory.vms[0].isMovable = false
    guard case (.placed(let result), _) = try plan(inventory, .repair) else {
      Issue.record("no placement")
      return
    }
    #expect(result.value(.moves) == 0)
    inventory.vms[0].isMovable = nil
    guard case (.infeasible, _) = try plan(inventory, .repair) else {
      Issue.record("not infeasible")
      return
    }
  }
}
