import Glibc
import StowageFleet
import StowageModel

/// How much memory can stay where it is while *K* hosts hold VMs, at any prices for the room of hosts.
///
/// A VM pays for the room that it takes: away from its host, never less than the cheapest host on which it may
/// end. What it pays more to stay is taken off the memory that stays; what room is not sold, and the price of
/// a host beyond what its room is worth, add to it. By weak duality no placement keeps more than
/// *K·μ − Σ cheapest + Σ worth of the hosts on*, whatever the prices: see *keep-prices* in the guide *Proofs*.
struct KeepPrices {
  /// Prices in parts of all memory: of a host that is on, and of all of a resource, group by group.
  struct Point {
    var host: Double
    /// Group by group, in the order of ``KeepPrices/resources``.
    var room: [Double]
  }

  /// What prices prove.
  struct Value {
    /// Most memory that stays, as a part of all memory, in terms whose sum it is: *K·μ* first, then group by group
    /// what hosts are worth less what their VMs pay anywhere. (Each of these is convex; their parts are not.)
    var terms: [Double]
    /// The subgradient of each term: in the host's price, then as in ``Point/room``.
    var slopes: [[Double]]
    /// What each host is worth while it is on, as a part of all memory, its price not taken off.
    var worth: [Double]

    var total: Double { terms.reduce(0, +) }
  }

  let fleet: Fleet
  let hostsOn: Int
  /// Hosts that offer the same, and so have the same prices.
  let groups: [[Int]]
  /// Resources that are asked for and limited, in order.
  let resources: [Resource]
  /// Of each host; what its room is cut at is the total demand.
  let room: [Amounts]
  let isForced: [Bool]
  let groupOfHost: [Int]
  let totalDemand: Amounts
  let totalMemory: Double
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

  /// Groups beyond this number are not priced apart: the search for prices grows with them.
  private static let mostGroups = 12

  /// `nil` where there is nothing to keep or to sell, and for moves to other sites: what these forbid is no rule.
  init?(_ fleet: Fleet, hostsOn: Int) {
    let total = fleet.demand.reduce(Amounts.zero, +)
    let memory = fleet.vms.reduce(0) { $0 + $1.memoryMiB }
    guard memory > 0, hostsOn > 0, fleet.options.sites.isEmpty else { return nil }
    self.fleet = fleet
    self.hostsOn = hostsOn
    totalDemand = total
    totalMemory = memory
    let room = fleet.hosts.indices.map { host in
      let whole = fleet.room(host)
      var room = Amounts.zero
      for resource in Resource.allCases { room[resource] = min(whole[resource], total[resource]) }
      return room
    }
    self.room = room
    let stayOn = fleet.hostsThatStayOn
    isForced = fleet.hosts.indices.map(stayOn.contains)
    resources = Resource.allCases.filter { resource in
      total[resource] > 0 && room.contains { $0[resource] < total[resource] }
    }
    guard !resources.isEmpty else { return nil }
    groups = Self.groups(room, most: Self.mostGroups)
    var groupOfHost = [Int](repeating: 0, count: room.count)
    for (index, group) in groups.enumerated() { for host in group { groupOfHost[host] = index } }
    self.groupOfHost = groupOfHost

    let leaves = MustMoveBound.leaves(fleet)
    var residents = [[Int]](repeating: [], count: room.count)
    for vm in fleet.vms.indices { residents[fleet.start[vm]].append(vm) }
    self.residents = residents
    mayStay = leaves.map { !$0 }
    let ends = PermittedHosts(fleet)
    var index: [Class: Int] = [:]
    var classes: [Class] = []
    var classOfVM: [Int] = []
    for vm in fleet.vms.indices {
      var permitted = ends.groups(of: vm, groupOfHost)
      if !leaves[vm] { permitted.insert(groupOfHost[fleet.start[vm]]) }
      let key = Class(
        share: resources.map { Double(fleet.demand[vm][$0]) / Double(total[$0]) }, groups: permitted.sorted())
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

  /// Hosts of the same room; where these are too many, of about the same room; then all in one.
  private static func groups(_ room: [Amounts], most: Int) -> [[Int]] {
    for steps in [0.0, 8, 2] {
      var members: [[Int64]: [Int]] = [:]
      for (host, amounts) in room.enumerated() {
        let key = Resource.allCases.map { resource in
          let amount = amounts[resource]
          return steps == 0 ? amount : Int64(steps * log2(Double(max(1, amount))))
        }
        members[key, default: []].append(host)
      }
      if members.count <= most {
        return members.sorted { $1.key.lexicographicallyPrecedes($0.key) }.map(\.value)
      }
    }
    return [Array(room.indices)]
  }

  // MARK: Values

  /// Prices at which nothing but hosts is paid for.
  var origin: Point {
    let memory = residents.map { $0.reduce(0) { $0 + (mayStay[$1] ? fleet.vms[$1].memoryMiB : 0) } }
      .sorted(by: >)
    let least = hostsOn <= memory.count ? memory[hostsOn - 1] : 0
    return Point(
      host: least / totalMemory, room: [Double](repeating: 0, count: groups.count * resources.count))
  }

  /// What prices prove, and how that changes with them.
  func value(at point: Point) -> Value {
    let width = resources.count
    let size = 1 + groups.count * width
    var terms = [Double](repeating: 0, count: 1 + groups.count)
    var slopes = [[Double]](repeating: [Double](repeating: 0, count: size), count: 1 + groups.count)
    terms[0] = Double(hostsOn) * point.host
    slopes[0][0] = Double(hostsOn)
    let cheapest = classes.map { offer(to: $0, point) }
    var worth = [Double](repeating: 0, count: room.count)
    for (index, group) in groups.enumerated() {
      let prices = point.room[index * width..<(index + 1) * width]
      for host in group {
        let shares = resources.map { Double(room[host][$0]) / Double(totalDemand[$0]) }
        var balance = zip(prices, shares).reduce(0) { $0 + $1.0 * $1.1 }
        var slope = [Double](repeating: 0, count: size)
        slope[0] = -1
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
        guard isForced[host] || balance > point.host else { continue }
        terms[1 + index] += balance - point.host
        for column in 0..<size { slopes[1 + index][column] += slope[column] }
      }
    }
    return Value(terms: terms, slopes: slopes, worth: worth)
  }

  /// One host of each group on which a VM may end.
  func representatives(of vm: Int) -> [Int] { classes[classOfVM[vm]].groups.map { groups[$0][0] } }

  /// Whether a VM may stay where it is.
  func isKeepable(_ vm: Int) -> Bool { mayStay[vm] }

  private func offer(to entry: Class, _ point: Point) -> (price: Double, group: Int) {
    var best = (price: Double.infinity, group: 0)
    for group in entry.groups {
      var price = 0.0
      for axis in entry.share.indices {
        price += point.room[group * entry.share.count + axis] * entry.share[axis]
      }
      if price < best.price { best = (price, group) }
    }
    return best.price.isFinite ? best : (0, 0)
  }
}

/// On which groups of hosts VMs may end beside their own, by hosts that take VMs in and the hard rules that bind
/// VMs to hosts.
private final class PermittedHosts {
  private let fleet: Fleet
  private let takingIn: [Int]
  private let bindingsOfVM: [[Int]]
  private var known: [[Int]: Set<Int>] = [:]

  init(_ fleet: Fleet) {
    self.fleet = fleet
    takingIn = fleet.hosts.indices.filter { fleet.takesIn($0) && !fleet.drained.contains($0) }
    var bindingsOfVM = [[Int]](repeating: [], count: fleet.vms.count)
    for (index, binding) in fleet.bindings.enumerated() {
      for vm in binding.members { bindingsOfVM[vm].append(index) }
    }
    self.bindingsOfVM = bindingsOfVM
  }

  func groups(of vm: Int, _ groupOfHost: [Int]) -> Set<Int> {
    let bindings = bindingsOfVM[vm]
    if let groups = known[bindings] { return groups }
    let hosts = takingIn.filter { host in
      !bindings.contains { fleet.bindings[$0].forbids(host) }
    }
    let groups = Set(hosts.map { groupOfHost[$0] })
    known[bindings] = groups
    return groups
  }
}
