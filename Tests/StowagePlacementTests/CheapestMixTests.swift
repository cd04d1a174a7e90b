import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("The cheapest mix of hosts")
struct CheapestMixTests {
  /// Costs that differ by host, some of them nothing.
  private func priced(_ seed: UInt64) -> Inventory {
    var generator = SmallFleets()
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    var inventory = generator.inventory(seed: seed)
    for index in inventory.hosts.indices {
      inventory.hosts[index].costPerMonth = [0.0, 70, 100, 130.5][(index + Int(seed)) % 4]
    }
    return inventory
  }

  @Test("no placement costs less than the mix proves", arguments: UInt64(0)..<60)
  func bounds(seed: UInt64) throws {
    let inventory = priced(seed)
    let every = EveryPlacement(inventory: inventory)
    let fleet = Fleet(inventory, options: PlanOptions()) { _ in nil }
    let cost = Dictionary(uniqueKeysWithValues: inventory.hosts.map { ($0.id, $0.costPerMonth ?? 0) })
    let keptOn = every.keptOn
    var least = Double.infinity
    every.forEach { placement in
      least = min(least, Set(placement.values).union(keptOn).reduce(0) { $0 + (cost[$1] ?? 0) })
    }
    let mix = try CheapestMix(fleet, HostPrice(fleet, .cost), solver: GLPKSolver())
    guard let proved = mix.cost else { return }
    // Hosts that cost nothing are counted as on in any case, which adds nothing.
    #expect(proved <= least + 1e-9, "seed \(seed)")
  }

  /// Eleven VMs of 4 GiB: 44 GiB are a large host and one small one (230), cheaper than three small ones (300) or two large ones (260).
  @Test("hosts come whole: the mix is dearer than prices for their room")
  func whole() throws {
    var hosts: [Host] = []
    for (id, memory, cost) in [
      ("l1", 32_768.0, 130.0), ("l2", 32_768, 130), ("s1", 16_384, 100), ("s2", 16_384, 100),
      ("s3", 16_384, 100),
    ] {
      var host = Host(id: Host.ID(id), cores: 64, memoryMiB: memory)
      host.costPerMonth = cost
      hosts.append(host)
    }
    let vms = (1...11).map { VM(id: VM.ID("v\($0)"), vCPUs: 1, memoryMiB: 4096, host: "l1") }
    let fleet = Fleet(Inventory(hosts: hosts, vms: vms), options: PlanOptions()) { _ in nil }
    // l1 holds all of them at the start, so it has room for them.
    #expect(try CheapestMix(fleet, HostPrice(fleet, .cost), solver: GLPKSolver()).cost == 130)
    let spread = zip(vms.indices, vms).map { index, vm in
      var vm = vm
      vm.host = Host.ID(["l1", "l2", "s1", "s2", "s3"][index % 5])
      return vm
    }
    let other = Fleet(Inventory(hosts: hosts, vms: spread), options: PlanOptions()) { _ in nil }
    #expect(try CheapestMix(other, HostPrice(other, .cost), solver: GLPKSolver()).cost == 230)
  }
}
