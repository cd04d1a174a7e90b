import StowageModel
import Synchronization
import Testing

@testable import StowagePlacement

@Suite("Several threads")
struct WorkersTests {
  @Test("give results in the order of the pieces", arguments: [1, 2, 3, 7])
  func order(count: Int) {
    #expect(Workers(count).map(Array(0..<100)) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(Workers(count).map([Int]()) { $0 } == [])
  }

  @Test("end with the first result that is enough, whoever was quicker", arguments: [1, 2, 3, 7])
  func enough(count: Int) {
    let begun = Mutex(0)
    let found = Workers(count).map(Array(0..<1000), until: { $0 % 50 == 49 }) { piece in
      begun.withLock { $0 += 1 }
      return piece
    }
    #expect(found == Array(0..<50))
    #expect(begun.withLock { $0 } < 1000)
  }

  @Test("plan what one plans: hosts emptied, and filled to the fewest", arguments: UInt64(1)..<4)
  func samePlan(seed: UInt64) throws {
    let fleet = Self.room(seed)
    for (goal, hosts) in [(Goal.evacuate, ["h0", "h7"]), (.consolidate, [])] {
      var search = PlacementOptions(isDeterministic: true)
      let options = PlanOptions(hosts: hosts.map { Host.ID($0) })
      let alone = try plan(fleet, goal, options: options, search: search).answer
      search.threads = 3
      let together = try plan(fleet, goal, options: options, search: search).answer
      guard case .placed(let one) = alone, case .placed(let several) = together else {
        Issue.record("no placement for seed \(seed)")
        continue
      }
      #expect(one.placement == several.placement)
      #expect(one.objectives == several.objectives)
      #expect(one.certificate == several.certificate)
    }
  }

  /// Twenty hosts, each with as many VMs of their own sizes as ten draws found room for.
  private static func room(_ seed: UInt64) -> Inventory {
    var random = SeededGenerator(seed: seed)
    var vms: [VM] = []
    for host in 0..<20 {
      var (cpus, memory) = (64.0, 131_072.0)
      for _ in 0..<10 {
        let size = (cpus: Double(random.below(15) + 1), memory: Double(random.below(28_000) + 3000))
        guard size.cpus <= cpus - 8, size.memory <= memory - 16_384 else { continue }
        (cpus, memory) = (cpus - size.cpus, memory - size.memory)
        vms.append(
          VM(id: VM.ID("v\(vms.count)"), vCPUs: size.cpus, memoryMiB: size.memory, host: Host.ID("h\(host)")))
      }
    }
    return Inventory(
      hosts: (0..<20).map { number in
        var host = Host(id: Host.ID("h\(number)"), cores: 64, memoryMiB: 131_072)
        host.cpuOvercommitRatio = 1
        return host
      }, vms: vms)
  }
}
