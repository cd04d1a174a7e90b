import StowageFleet
import StowageModel

/// What hosts draw or cost at the least, at any prices for the room of hosts.
///
/// A VM pays for the room that it takes and draws at the rate of its host, never less than on the cheapest
/// host on which it may end. A host that is on draws its base and is paid for its room; one that may be off does so
/// only where that is a gain. By weak duality no placement draws less than the sum, whatever the prices: see
/// *host-prices* in the guide *Proofs*.
struct ExpensePrices: PricedSum {
  /// The negative of what prices prove.
  struct Value: PricedValue {
    /// In parts of ``ExpensePrices/scale``: group by group what hosts gain, then lot by lot what VMs pay.
    var terms: [Double]
    /// The subgradient of each term.
    var slopes: [[Double]]
  }

  let rooms: PricedRooms
  /// What all hosts draw or cost together without load, or 1 if that is nothing.
  let scale: Double
  let hosts: RatedHosts
  let ends: EndKinds
  private let price: HostPrice
  private let classes: [Class]

  /// A host on which VMs may end, for all that ask the same there.
  struct Kind: Hashable {
    let group: Int
    let rate: Double
  }

  /// VMs of the same demand that may end on the same kinds of hosts.
  private struct Class {
    let share: [Double]
    let cpu: Double
    let kinds: [Kind]
    var count: Double
  }

  private struct Key: Hashable {
    let demand: Amounts
    let kinds: [Int]
  }

  /// Terms into which the VMs are put together. Chosen: with more of them fewer looks are needed, and each is dearer.
  private static let lots = 16

  init(_ fleet: Fleet, _ price: HostPrice) {
    let rooms = PricedRooms(fleet) { [price.base[$0], price.rate[$0]] }
    self.rooms = rooms
    self.price = price
    let total = price.base.reduce(0, +)
    scale = total > 0 ? total : 1
    hosts = RatedHosts(rooms, price)
    ends = EndKinds(fleet, hosts)
    var index: [Key: Int] = [:]
    var classes: [Class] = []
    let (hosts, ends, resources, demand) = (hosts, ends, rooms.resources, rooms.totalDemand)
    for vm in fleet.vms.indices {
      let key = Key(demand: fleet.demand[vm], kinds: ends.kinds(of: vm))
      if let known = index[key] {
        classes[known].count += 1
        continue
      }
      index[key] = classes.count
      classes.append(
        Class(
          share: resources.map { Double(fleet.demand[vm][$0]) / Double(demand[$0]) },
          cpu: Double(fleet.demand[vm][.cpu]), kinds: key.kinds.map { hosts.kinds[$0] }, count: 1))
    }
    self.classes = classes
  }

  var origin: [Double] { [Double](repeating: 0, count: rooms.groups.count * rooms.resources.count) }

  func value(at prices: [Double]) -> Value {
    let width = rooms.resources.count
    var value = Value(terms: [], slopes: [])
    func add(_ term: Double, _ slope: [Double]) {
      value.terms.append(term)
      value.slopes.append(slope)
    }
    for (index, group) in rooms.groups.enumerated() {
      var term = 0.0
      var slope = [Double](repeating: 0, count: prices.count)
      for host in group {
        var gain = -price.base[host] / scale
        for axis in 0..<width { gain += prices[index * width + axis] * rooms.share[host][axis] }
        guard rooms.isForced[host] || gain > 0 else { continue }
        term += gain
        for axis in 0..<width { slope[index * width + axis] += rooms.share[host][axis] }
      }
      add(term, slope)
    }
    let lot = max(1, (classes.count + Self.lots - 1) / Self.lots)
    for first in stride(from: 0, to: classes.count, by: lot) {
      var term = 0.0
      var slope = [Double](repeating: 0, count: prices.count)
      for entry in classes[first..<min(first + lot, classes.count)] {
        guard let (paid, group) = cheapest(entry, prices) else { continue }
        term -= entry.count * paid
        for axis in 0..<width { slope[group * width + axis] -= entry.count * entry.share[axis] }
      }
      add(term, slope)
    }
    return value
  }

  private func cheapest(_ entry: Class, _ prices: [Double]) -> (paid: Double, group: Int)? {
    let width = rooms.resources.count
    var best: (paid: Double, group: Int)?
    for kind in entry.kinds {
      var paid = kind.rate * entry.cpu / scale
      for axis in 0..<width { paid += prices[kind.group * width + axis] * entry.share[axis] }
      if best.map({ paid < $0.paid }) ?? true { best = (paid, kind.group) }
    }
    return best
  }
}

/// Hosts of the same prices that draw the same for a unit of CPU.
struct RatedHosts {
  let kinds: [ExpensePrices.Kind]
  let kindOfHost: [Int]

  init(_ rooms: PricedRooms, _ price: HostPrice) {
    var index: [ExpensePrices.Kind: Int] = [:]
    var kinds: [ExpensePrices.Kind] = []
    kindOfHost = price.rate.indices.map { host in
      let kind = ExpensePrices.Kind(group: rooms.groupOfHost[host], rate: price.rate[host])
      if let known = index[kind] { return known }
      index[kind] = kinds.count
      kinds.append(kind)
      return kinds.count - 1
    }
    self.kinds = kinds
  }
}

/// On which kinds of hosts VMs may end, their own among them unless they must leave it.
struct EndKinds {
  private let fleet: Fleet
  private let hosts: RatedHosts
  private let permitted: PermittedHosts
  private let leaves: [Bool]

  init(_ fleet: Fleet, _ hosts: RatedHosts) {
    self.fleet = fleet
    self.hosts = hosts
    permitted = PermittedHosts(fleet, kindOfHost: hosts.kindOfHost)
    leaves = MustMoveBound.leaves(fleet)
  }

  /// Ascending.
  func kinds(of vm: Int) -> [Int] {
    var kinds = permitted.kinds(of: vm)
    if !leaves[vm] { kinds.insert(hosts.kindOfHost[fleet.start[vm]]) }
    return kinds.sorted()
  }
}
