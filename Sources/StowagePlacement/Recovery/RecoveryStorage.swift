import StowageFleet
import StowageModel

/// The places for disks that each host reaches, and what is free there.
///
/// A host reaches the datastores that it lists and those that list it. Where there are none, it reaches those of its
/// site that list no hosts, else its own disks.
struct RecoveryStorage {
  private(set) var stores: [RecoveryProblem.Store] = []
  private(set) var reach: [[Int]] = []
  private static let kibPerGiB = 1024.0 * 1024

  init(_ fleet: Fleet, datastores: [Datastore]) {
    let described = DatastoreReach(datastores, hosts: fleet.hosts, countsLocal: true)
    stores = described.stores.map { RecoveryProblem.Store(id: $0.id, freeGiB: $0.freeGiB) }
    for (index, host) in fleet.hosts.enumerated() {
      var found = described.ofHost[index]
      if found.isEmpty {
        // Whoever lists datastores that the inventory does not describe has storage of unknown size.
        let limit = host.datastores.isEmpty ? fleet.limits[index][.localDisk] : Fleet.noLimit
        let free = Double(max(0, limit - fleet.startLoad[index][.localDisk])) / Self.kibPerGiB
        found = [stores.count]
        stores.append(RecoveryProblem.Store(id: nil, freeGiB: limit == Fleet.noLimit ? nil : free))
      }
      reach.append(found)
    }
  }
}
