import StowageModel

/// What units of resources cost on every host, by the prices of a certificate.
struct PricedRoom {
  /// Which prices are those of each host; the first list is free.
  let listOfHost: [Int]
  private let lists: [[Int128]]

  /// All that is asked is worth no more than this, so that no sum over hosts leaves the range of whole numbers.
  private static let most = 1e30

  /// `nil` for prices below zero or beyond all reason, and for hosts that are unknown or listed twice.
  init?(_ groups: [Certificate.RoomPrices], _ roster: Roster, _ totalDemand: Amounts) {
    var listOfHost = [Int](repeating: 0, count: roster.hosts.count)
    var lists = [[Int128](repeating: 0, count: Resource.allCases.count)]
    for group in groups {
      let isSound = group.perUnit.allSatisfy { resource, price in
        price >= 0 && Double(price) * Double(totalDemand[resource]) <= Self.most
      }
      guard isSound else { return nil }
      for id in group.hosts {
        guard let host = roster.hostIndex[id], listOfHost[host] == 0 else { return nil }
        listOfHost[host] = lists.count
      }
      lists.append(Resource.allCases.map { Int128(group.perUnit[$0] ?? 0) })
    }
    self.listOfHost = listOfHost
    self.lists = lists
  }

  func price(of amounts: Amounts, list: Int) -> Int128 {
    var sum = Int128(0)
    for resource in Resource.allCases { sum += lists[list][resource.index] * Int128(amounts[resource]) }
    return sum
  }

  func price(of amounts: Amounts, on host: Int) -> Int128 { price(of: amounts, list: listOfHost[host]) }

  /// What the room of every host is worth, of each resource no more than all that is asked; none where no VM may end.
  func worth(of rooms: Rooms) -> [Int128] {
    var worth = listOfHost.map { _ in Int128(0) }
    for room in rooms.rooms {
      var most = Amounts.zero
      for resource in Resource.allCases {
        let asked = rooms.totalDemand[resource]
        most[resource] = min(room.limits[resource.index] ?? asked, asked)
      }
      worth[room.host] = price(of: most, on: room.host)
    }
    return worth
  }
}

/// On which kinds of hosts VMs may end away from their own; VMs of the same rules share the answer.
struct PricedEnds {
  private let takesIn: [Bool]
  private let rulebook: Rulebook
  private let bindings: [[Int]]
  private let kindOfHost: [Int]
  private var known: [[Int]: Set<Int>] = [:]

  init(_ rooms: Rooms, _ rulebook: Rulebook, kindOfHost: [Int]) {
    takesIn = rooms.takesIn
    self.rulebook = rulebook
    bindings = rulebook.bindingsByVM(count: rooms.roster.vms.count)
    self.kindOfHost = kindOfHost
  }

  mutating func kinds(_ vm: Int) -> Set<Int> {
    let rules = bindings[vm]
    if let kinds = known[rules] { return kinds }
    var kinds: Set<Int> = []
    for host in takesIn.indices where takesIn[host] && rulebook.bindings(rules, permit: host) {
      kinds.insert(kindOfHost[host])
    }
    known[rules] = kinds
    return kinds
  }
}
