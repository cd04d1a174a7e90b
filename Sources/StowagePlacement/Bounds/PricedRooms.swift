import Glibc
import StowageFleet
import StowageModel

/// The room of hosts as bounds price it: hosts that offer the same have the same prices.
struct PricedRooms {
  let fleet: Fleet
  /// Hosts of the same prices.
  let groups: [[Int]]
  let groupOfHost: [Int]
  /// Resources that are asked for and limited, in order; none where no room is short.
  let resources: [Resource]
  /// Of each host; what its room is cut at is the total demand.
  let room: [Amounts]
  /// The same as parts of the total demand, in the order of ``resources``.
  let share: [[Double]]
  let isForced: [Bool]
  let totalDemand: Amounts

  /// Groups beyond this number are not priced apart: the search for prices grows with them.
  private static let mostGroups = 12
  private static let mostPrice = 9e15

  /// Hosts whose `traits` differ are priced apart.
  init(_ fleet: Fleet, traits: (_ host: Int) -> [Double] = { _ in [] }) {
    let total = fleet.demand.reduce(Amounts.zero, +)
    let room = fleet.hosts.indices.map { host in
      let whole = fleet.room(host)
      var room = Amounts.zero
      for resource in Resource.allCases { room[resource] = min(whole[resource], total[resource]) }
      return room
    }
    let resources = Resource.allCases.filter { resource in
      total[resource] > 0 && room.contains { $0[resource] < total[resource] }
    }
    self.fleet = fleet
    self.room = room
    self.resources = resources
    share = room.map { room in resources.map { Double(room[$0]) / Double(total[$0]) } }
    totalDemand = total
    let stayOn = fleet.hostsThatStayOn
    isForced = fleet.hosts.indices.map(stayOn.contains)
    groups = Self.groups(
      room.enumerated().map { host, room in Resource.allCases.map { Double(room[$0]) } + traits(host) })
    var groupOfHost = [Int](repeating: 0, count: room.count)
    for (index, group) in groups.enumerated() { for host in group { groupOfHost[host] = index } }
    self.groupOfHost = groupOfHost
  }

  /// Hosts of the same figures; where these are too many, of about the same; then all in one.
  private static func groups(_ figures: [[Double]]) -> [[Int]] {
    for steps in [0.0, 8, 2] {
      var members: [[Double]: [Int]] = [:]
      for (host, figures) in figures.enumerated() {
        let key = steps == 0 ? figures : figures.map { (steps * log2(1 + $0)).rounded(.down) }
        members[key, default: []].append(host)
      }
      if members.count <= mostGroups {
        return members.sorted { $1.key.lexicographicallyPrecedes($0.key) }.map(\.value)
      }
    }
    return [Array(figures.indices)]
  }

  // MARK: Prices

  /// Prices of all of each resource, group by group, as whole prices of a unit; `scale` brings them to the parts
  /// that a certificate counts in.
  func certified(_ prices: ArraySlice<Double>, scale: Double) -> [Certificate.RoomPrices] {
    let prices = Array(prices)
    return groups.enumerated().compactMap { index, group in
      var perUnit: [Resource: Int64] = [:]
      for (axis, resource) in resources.enumerated() {
        let price = prices[index * resources.count + axis] * scale / Double(totalDemand[resource])
        let whole = Int64(max(0, min(Self.mostPrice, price.rounded())))
        if whole > 0 { perUnit[resource] = whole }
      }
      guard !perUnit.isEmpty else { return nil }
      return Certificate.RoomPrices(hosts: group.map { fleet.hosts[$0].id }, perUnit: perUnit)
    }
  }

  /// Whole prices of a unit of each resource, host by host.
  func priceOfHost(_ groups: [Certificate.RoomPrices]) -> [[Int128]] {
    let listed = Dictionary(
      uniqueKeysWithValues: groups.flatMap { group in group.hosts.map { ($0, group.perUnit) } })
    return fleet.hosts.map { host in
      let perUnit = listed[host.id] ?? [:]
      return Resource.allCases.map { Int128(perUnit[$0] ?? 0) }
    }
  }
}

extension [Int128] {
  /// What amounts come to at these prices.
  func price(of amounts: Amounts) -> Int128 {
    Resource.allCases.reduce(0) { $0 + self[$1.index] * Int128(amounts[$1]) }
  }
}
