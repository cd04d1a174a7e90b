import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Targets of utilisation")
struct TargetTests {
  private func inventory(_ vms: [(memory: Double, host: Int)], hosts: Int = 3) -> Inventory {
    Inventory(
      hosts: (0..<hosts).map { Host(id: Host.ID("h\($0)"), cores: 100, memoryMiB: 100) },
      vms: vms.enumerated().map { index, vm in
        VM(id: VM.ID("v\(index)"), vCPUs: 1, memoryMiB: vm.memory, host: Host.ID("h\(vm.host)"))
      })
  }

  private func result(_ inventory: Inventory, _ targets: [Resource: Double], maxMoves: Int? = nil) throws
    -> PlacementResult?
  {
    var options = PlanOptions(maxMoves: maxMoves)
    options.targetPercent = targets
    guard case (.placed(let result), _) = try plan(inventory, .balance, options: options) else { return nil }
    return result
  }

  @Test("under the target nothing moves, however uneven the rest is")
  func leavesAlone() throws {
    let result = try result(inventory([(30, 0), (30, 0), (10, 1)]), [.memory: 60])
    #expect(result?.value(.moves) == 0)
    #expect(result?.value(.targetExcess) == 0)
    #expect(result?.isProved(.moves) == true)
  }

  @Test("a resource without a target does not count")
  func otherResources() throws {
    #expect(try result(inventory([(90, 0), (10, 1)]), [.cpu: 50])?.value(.moves) == 0)
  }

  @Test(
    "a target is met to the last digit by the fewest moves, and they are proved",
    arguments: [(50.0, 1.0), (49.0, 2.0), (20.0, 3.0)])
  func fewest(percent: Double, moves: Double) throws {
    let result = try result(
      inventory([(30, 0), (20, 0), (20, 0), (10, 0)], hosts: 6), [.memory: percent])
    let excess = try #require(result?.value(.targetExcess))
    #expect((excess - (percent < 30 ? 0.1 : 0)).magnitude < 1e-9)
    if percent >= 30 {
      #expect(result?.value(.moves) == moves)
      #expect(result?.isProved(.moves) == true)
    }
  }

  @Test("with too few moves allowed, what is above the target is lowered as far as they go")
  func tooFew() throws {
    let result = try result(inventory([(30, 0), (30, 0), (30, 0)]), [.memory: 40], maxMoves: 1)
    #expect(result?.value(.moves) == 1)
    #expect(((result?.value(.targetExcess) ?? 9) - 0.2).magnitude < 1e-9)
  }

  @Test("keeps every rule, never more above the targets than at the start", arguments: UInt64(900)..<930)
  func keepsRules(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    var options = PlanOptions()
    options.targetPercent = [.cpu: 50, .memory: 50]
    guard case (.placed(let result), let fleet) = try plan(inventory, .balance, options: options) else {
      return
    }
    #expect(RuleKeeper(inventory: inventory).faults(result.hosts(fleet)).isEmpty, "seed \(seed)")
    let meter = ObjectiveMeter(fleet)
    #expect(result.bound(.moves) ?? 0 <= result.value(.moves) ?? 0, "seed \(seed)")
    if RuleKeeper(inventory: inventory).faults(fleet.startByID).isEmpty {
      #expect(result.value(.targetExcess) ?? 9 <= meter.targetExcess(fleet.start) + 1e-9, "seed \(seed)")
    }
  }

  @Test(
    "targets that cannot be met are missed by no less than is proved, and by little more than any placement misses them"
  )
  func missesLittle() throws {
    var (least, found, fleets) = (0.0, 0.0, 0)
    for seed in UInt64(1000)..<1040 {
      let inventory = SmallFleets.tiny.inventory(seed: seed)
      var options = PlanOptions(maxMoves: 3)
      options.targetPercent = [.cpu: 20, .memory: 25]
      guard case (.placed(let result), let fleet) = try plan(inventory, .balance, options: options) else {
        continue
      }
      let meter = ObjectiveMeter(fleet)
      var lowest = Double.infinity
      EveryPlacement(inventory: inventory).forEach(in: fleet) { placement in
        if meter.moves(placement) <= 3 { lowest = min(lowest, meter.targetExcess(placement)) }
      }
      // Soft rules come before targets.
      guard lowest < .infinity, result.value(.softRuleCost) == nil,
        let value = result.value(.targetExcess)
      else { continue }
      #expect(result.bound(.targetExcess) ?? 9 <= lowest + 1e-9, "seed \(seed)")
      #expect(value >= lowest - 1e-9, "seed \(seed)")
      #expect(result.value(.moves) ?? 9 <= 3, "seed \(seed)")
      (least, found, fleets) = (least + lowest, found + value, fleets + 1)
    }
    #expect(fleets > 10 && least > 1)
    #expect(found < 1.001 * least)
  }

  /// Three hosts of 100 with 45, 45 and 30, and one of 200 with none: what is above 20 % counts half there.
  @Test("what must be above a target goes where it counts least, and that is proved to be the least")
  func largestHost() throws {
    var inventory = inventory(
      [(15, 0), (15, 0), (15, 0), (15, 1), (15, 1), (15, 1), (15, 2), (15, 2)], hosts: 4)
    inventory.hosts[3].memoryMiB = 200
    inventory.hosts[3].cores = 200
    let result = try result(inventory, [.memory: 15])
    // 120 in all; 45 fit under the target on the small ones, 30 on the large, and 45 more of 200 are 0.225.
    #expect(((result?.value(.targetExcess) ?? 9) - 0.225).magnitude < 1e-9)
    #expect(result?.isProved(.targetExcess) == true)
    #expect(result?.value(.moves) == 5)
  }

  @Test("no placement within the targets has fewer moves than counted", arguments: UInt64(950)..<956)
  func countingHolds(seed: UInt64) throws {
    let inventory = SmallFleets.tiny.inventory(seed: seed)
    var options = PlanOptions()
    options.targetPercent = [.cpu: 60, .memory: 60]
    guard case (.placed(let result), let fleet) = try plan(inventory, .balance, options: options),
      result.value(.targetExcess) == 0
    else { return }
    let meter = ObjectiveMeter(fleet)
    EveryPlacement(inventory: inventory).forEach(in: fleet) { placement in
      guard meter.targetExcess(placement) == 0 else { return }
      #expect(result.bound(.moves) ?? 0 <= Double(meter.moves(placement)), "seed \(seed)")
    }
  }
}
