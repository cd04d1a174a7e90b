import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Prices for the room of hosts")
struct KeepPricesTests {
  @Test("no placement moves less than prices prove, whatever hosts are on", arguments: UInt64(0)..<40)
  func bounds(seed: UInt64) throws {
    var generator = SmallFleets()
    generator.maxHosts = 4
    generator.maxVMs = 7
    generator.hasFailover = false
    let inventory = generator.inventory(seed: seed)
    let every = EveryPlacement(inventory: inventory)
    let fleet = Fleet(inventory, options: PlanOptions()) { _ in nil }
    let memory = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.memoryMiB) })
    let start = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.host) })
    let keptOn = every.keptOn
    var least: [Int: Double] = [:]
    every.forEach { placement in
      let on = Set(placement.values).union(keptOn).count
      let moved = placement.reduce(0) { $0 + ($1.value == start[$1.key] ? 0 : memory[$1.key] ?? 0) }
      least[on] = min(least[on] ?? .infinity, moved)
    }
    for (hostsOn, moved) in least.sorted(by: { $0.key < $1.key }) {
      guard let bound = try KeepPricesBound(fleet, hostsOn: hostsOn, solver: GLPKSolver(), .unlimited) else {
        continue
      }
      #expect(bound.movedMiB <= moved, "seed \(seed), \(hostsOn) hosts")
      let plain = MustMoveBound(fleet).movedMiB(hostsOn: hostsOn)
      #expect(bound.movedMiB >= plain * (1 - 1e-6) - 1e-3, "seed \(seed), \(hostsOn) hosts")
    }
  }

  @Test("planes lie below what prices prove everywhere", arguments: UInt64(0)..<20)
  func slopes(seed: UInt64) throws {
    let fleet = Fleet(SmallFleets().inventory(seed: seed), options: PlanOptions()) { _ in nil }
    guard let prices = KeepPrices(fleet, hostsOn: 2) else { return }
    var random = StowagePlacement.SeededGenerator(seed: seed)
    func point() -> [Double] { prices.origin.map { _ in Double(random.below(2000)) / 1000 } }
    for _ in 0..<20 {
      let (here, there) = (point(), point())
      let (known, actual) = (prices.value(at: here), prices.value(at: there))
      let steps = zip(here, there).map { $1 - $0 }
      for (index, term) in known.terms.enumerated() {
        let plane = term + zip(known.slopes[index], steps).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(plane <= actual.terms[index] + 1e-9, "seed \(seed), term \(index)")
      }
    }
  }
}
