import StowageFleet
import StowageModel

/// How much memory can stay where it is while *K* hosts hold VMs, at any prices for the room of hosts.
///
/// A VM pays for the room that it takes: away from its host, never less than the cheapest host on which it may
/// end. What it pays more to stay is taken off the memory that stays; what room is not sold, and the price of
/// a host beyond what its room is worth, add to it. By weak duality no placement keeps more than
/// *K·μ − Σ cheapest + Σ worth of the hosts on*, whatever the prices: see *keep-prices* in the guide *Proofs*.
struct KeepPrices: PricedSum {
  /// What prices prove.
  struct Value: PricedValue {
    /// Most memory that stays, as a part of all memory, in terms whose sum it is: *K·μ* first, then group by group
    /// what hosts are worth less what their VMs pay anywhere. (Each of these is convex; their parts are not.)
    var terms: [Double]
    /// The subgradient of each term.
    var slopes: [[Double]]
    /// What each host is worth while it is on, as a part of all memory, its price not taken off.
    var worth: [Double]
  }

  let rooms: PricedRooms
  let hostsOn: Int
  let totalMemory: Double
  private let fleet: Fleet
  private let classes: [Class]
  private let classOfVM: [Int]
  /// VMs by the host on which they start.
  private let residents: [[Int]]
  private let mayStay: [Bool]

  /// VMs of the same demand that may end on the same groups.
  private struct Class: Hashable {
    let share: [Double]
    let groups: [Int]
  }

  /// `nil` where there is nothing to keep or to sell.
  init?(_ fleet: Fleet, hostsOn: Int) {
    let memory = fleet.vms.reduce(0) { $0 + $1.memoryMiB }
    rooms = PricedRooms(fleet)
    guard memory > 0, hostsOn > 0, !rooms.resources.isEmpty else { return nil }
    self.fleet = fleet
    self.hostsOn = hostsOn
    totalMemory = memory
    let (resources, total) = (rooms.resources, rooms.totalDemand)
    let leaves = MustMoveBound.leaves(fleet)
    var residents = [[Int]](repeating: [], count: fleet.hosts.count)
    for vm in fleet.vms.indices { residents[fleet.start[vm]].append(vm) }
    self.residents = residents
    mayStay = leaves.map { !$0 }
    let ends = PermittedHosts(fleet, kindOfHost: rooms.groupOfHost)
    var index: [Class: Int] = [:]
    var classes: [Class] = []
    var classOfVM: [Int] = []
    for vm in fleet.vms.indices {
      var permitted = ends.kinds(of: vm)
      if !leaves[vm] { permitted.insert(rooms.groupOfHost[fleet.start[vm]]) }
      let key = Class(
        share: resources.map { Double(fleet.demand[vm][$0]) / Double(total[$0]) },
        groups: permitted.sorted())
      let place = index[key] ?? classes.count
      if place == classes.count {
        index[key] = place
        classes.append(key)
      }
      classOfVM.append(place)
    }
    self.classes = classes
    self.classOfVM = classOfVM
  }

  // MARK: Values

  /// Prices at which nothing but hosts is paid for: of all hosts that are on, in parts of all memory, then of all
  /// of each of the ``PricedRooms/resources``, group by group.
  var origin: [Double] {
    let memory = residents.map { $0.reduce(0) { $0 + (mayStay[$1] ? fleet.vms[$1].memoryMiB : 0) } }
      .sorted(by: >)
    let least = hostsOn <= memory.count ? memory[hostsOn - 1] : 0
    return [Double(hostsOn) * least / totalMemory]
      + [Double](repeating: 0, count: rooms.groups.count * rooms.resources.count)
  }

  /// What prices prove, and how that changes with them.
  func value(at point: [Double]) -> Value {
    let width = rooms.resources.count
    let size = point.count
    // Priced for all hosts on, which brings the price of a host to the size of the others.
    let perHost = point[0] / Double(hostsOn)
    var terms = [Double](repeating: 0, count: 1 + rooms.groups.count)
    var slopes = [[Double]](repeating: [Double](repeating: 0, count: size), count: terms.count)
    terms[0] = point[0]
    slopes[0][0] = 1
    let cheapest = classes.map { offer(to: $0, point) }
    var worth = [Double](repeating: 0, count: fleet.hosts.count)
    for (index, group) in rooms.groups.enumerated() {
      let prices = point[1 + index * width..<1 + (index + 1) * width]
      for host in group {
        let shares = rooms.share[host]
        var balance = zip(prices, shares).reduce(0) { $0 + $1.0 * $1.1 }
        var slope = [Double](repeating: 0, count: size)
        slope[0] = -1 / Double(hostsOn)
        for axis in 0..<width { slope[1 + index * width + axis] += shares[axis] }
        for vm in residents[host] {
          let (entry, best) = (classes[classOfVM[vm]], cheapest[classOfVM[vm]])
          terms[1 + index] -= best.price
          for axis in 0..<width { slopes[1 + index][1 + best.group * width + axis] -= entry.share[axis] }
          guard mayStay[vm] else { continue }
          let own = zip(prices, entry.share).reduce(0) { $0 + $1.0 * $1.1 }
          let gain = fleet.vms[vm].memoryMiB / totalMemory + best.price - own
          guard gain > 0 else { continue }
          balance += gain
          for axis in 0..<width {
            slope[1 + best.group * width + axis] += entry.share[axis]
            slope[1 + index * width + axis] -= entry.share[axis]
          }
        }
        worth[host] = balance
        guard rooms.isForced[host] || balance > perHost else { continue }
        terms[1 + index] += balance - perHost
        for column in 0..<size { slopes[1 + index][column] += slope[column] }
      }
    }
    return Value(terms: terms, slopes: slopes, worth: worth)
  }

  /// One host of each group on which a VM may end.
  func representatives(of vm: Int) -> [Int] { classes[classOfVM[vm]].groups.map { rooms.groups[$0][0] } }

  /// Whether a VM may stay where it is.
  func isKeepable(_ vm: Int) -> Bool { mayStay[vm] }

  private func offer(to entry: Class, _ point: [Double]) -> (price: Double, group: Int) {
    var best = (price: Double.infinity, group: 0)
    for group in entry.groups {
      var price = 0.0
      for axis in entry.share.indices {
        price += point[1 + group * entry.share.count + axis] * entry.share[axis]
      }
      if price < best.price { best = (price, group) }
    }
    return best.price.isFinite ? best : (0, 0)
  }
}
