public import StowageFleet
public import StowageModel
import StowageCosts

/// Disks that must go to datastores which are too small for them, whatever the placement and whatever the order.
public struct SpaceShortage: Hashable, Sendable {
  /// Whose disks, by index in the fleet, ascending.
  public let vms: [Int]
  /// How much they take, in GiB.
  public let gib: Double
  /// Where alone they can go.
  public let stores: [Store]
  /// What at the most is free there, with all that may leave, in GiB.
  public let freeGiB: Double

  /// A datastore.
  public struct Store: Hashable, Sendable {
    /// Its name.
    public let id: String
    /// Its size, in GiB.
    public let capacityGiB: Double
    /// In use at the start, in GiB.
    public let usedGiB: Double
  }

  /// The shortage of the fewest datastores; `nil` when none is proved.
  ///
  /// VMs that must leave their hosts, and all of whose possible targets lack a datastore of theirs, take their disks along. What
  /// all those take that can go to some datastores only is held against what is free there, and what others may take away.
  public static func find(_ fleet: Fleet, datastores: [Datastore]) -> SpaceShortage? {
    let reach = DatastoreReach(datastores, hosts: fleet.hosts)
    guard !reach.stores.isEmpty else { return nil }
    let travel = Travel(fleet, reach)
    let forced = fleet.vms.indices.compactMap { vm in travel.onlyStores(of: vm).map { (vm: vm, stores: $0) } }
    for stores in unions(Set(forced.map(\.stores))) {
      let own = forced.filter { stores.isSuperset(of: $0.stores) }.map(\.vm)
      let gib = own.reduce(0) { $0 + DiskSpace.gib(fleet.vms[$1]) }
      let free = stores.reduce(0) { $0 + (reach.stores[$1].freeGiB ?? 0) } + travel.mayLeave(stores)
      guard gib > free + 1e-3 else { continue }
      let known = stores.sorted().map { reach.stores[$0] }
      return SpaceShortage(
        vms: own, gib: gib,
        stores: known.map { Store(id: $0.id, capacityGiB: $0.capacityGiB ?? 0, usedGiB: $0.usedGiB) },
        freeGiB: free)
    }
    return nil
  }

  /// Sets of datastores to look at: those of single VMs and what they make up together, the fewest datastores first.
  private static func unions(_ sets: Set<[Int]>) -> [Set<Int>] {
    var unions = Set(sets.map { Set($0) })
    if sets.count <= 8 {
      for set in sets { unions.formUnion(unions.map { $0.union(set) }) }
    } else {
      unions.insert(Set(sets.joined()))
    }
    return unions.sorted { left, right in
      left.count == right.count
        ? left.sorted().lexicographicallyPrecedes(right.sorted()) : left.count < right.count
    }
  }
}

/// Whose disks have to go to which datastores.
private final class Travel {
  private struct Kind: Hashable {
    let allowed: Int
    let datastores: [String]
  }

  private struct Ends {
    /// The datastores of all possible targets; `nil` when a target needs none or its space is not known.
    var onlyStores: [Int]?
    /// Whether some target takes disks along.
    var isSomeAway: Bool
  }

  private let fleet: Fleet
  private let reach: DatastoreReach
  private var known: [Kind: Ends] = [:]

  init(_ fleet: Fleet, _ reach: DatastoreReach) {
    self.fleet = fleet
    self.reach = reach
  }

  /// Where alone the disks of a VM that has to leave can go; `nil` for one that may stay, or may move without them.
  func onlyStores(of vm: Int) -> [Int]? {
    guard fleet.pins[vm] == nil, fleet.mustLeave(vm), !DiskSpace.isLocal(fleet.vms[vm]) else { return nil }
    return ends(vm).onlyStores
  }

  /// What VMs that may move may take away from datastores, in GiB.
  func mayLeave(_ stores: Set<Int>) -> Double {
    let names = Set(stores.map { reach.stores[$0].id })
    return fleet.vms.indices.reduce(0) { sum, vm in
      let own = fleet.vms[vm]
      guard fleet.pins[vm] == nil, !DiskSpace.isLocal(own), own.datastores.contains(where: names.contains),
        ends(vm).isSomeAway
      else { return sum }
      return sum + DiskSpace.gib(own)
    }
  }

  private func ends(_ vm: Int) -> Ends {
    let own = fleet.vms[vm]
    let kind = Kind(allowed: fleet.allowedSetOfVM[vm], datastores: own.datastores)
    if let ends = known[kind] { return ends }
    var stores: Set<Int>? = []
    var isSomeAway = false
    let hosts = fleet.targets.members.filter(fleet.allowedSets[kind.allowed].contains)
    for host in hosts {
      guard
        Feasibility.storageCopy(own, from: fleet.hosts[fleet.start[vm]], to: fleet.hosts[host]) == .full
      else {
        stores = nil
        continue
      }
      isSomeAway = true
      let reached = reach.ofHost[host]
      if reached.isEmpty || reached.contains(where: { reach.stores[$0].capacityGiB == nil }) { stores = nil }
      stores?.formUnion(reached)
    }
    let ends = Ends(onlyStores: hosts.isEmpty ? nil : stores?.sorted(), isSomeAway: isSomeAway)
    known[kind] = ends
    return ends
  }
}
