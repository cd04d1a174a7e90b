import StowageModel

extension Rooms {
  /// The least memory that moves while `hostsOn` hosts are on, in MiB, by prices for the room of hosts; `nil` for
  /// prices below zero or beyond all reason, and for hosts that are unknown or listed twice.
  ///
  /// Every VM takes room worth at least what the cheapest host on which it may end asks. A host that is on keeps,
  /// at the best, the VMs whose memory exceeds what they pay more there than at the cheapest, and earns the worth
  /// of all its room.
  func keptBound(_ certificate: Certificate.KeepPrices, hostsOn: Int, _ rulebook: Rulebook) -> Double? {
    guard let asked = PricedRoom(certificate, roster, totalDemand), certificate.hostBillionths >= 0 else {
      return nil
    }
    let perHost = Int128(certificate.hostBillionths)
    var balance = roster.hosts.indices.map { _ in -perHost }
    for room in rooms {
      var most = Amounts.zero
      for resource in Resource.allCases {
        most[resource] = min(room.limits[resource.index] ?? totalDemand[resource], totalDemand[resource])
      }
      balance[room.host] += asked.price(of: most, on: room.host)
    }
    let isLeaving = Set(mustLeave)
    var ends = PricedEnds(
      takesIn: takesIn, rulebook: rulebook, bindings: rulebook.bindingsByVM(count: roster.vms.count),
      listOfHost: asked.listOfHost)
    var moved = Int128(0)
    for vm in roster.vms.indices {
      guard let start = roster.startHost[vm] else { continue }
      let stays = !isLeaving.contains(vm)
      let lists = ends.lists(vm).union(stays ? [asked.listOfHost[start]] : [])
      let cheapest = lists.map { asked.price(of: roster.demand[vm], list: $0) }.min() ?? 0
      let memory = roster.vms[vm].memoryMiB * Certificate.KeepPrices.scale
      guard memory < 1e30 else { return nil }
      moved += Int128(memory.rounded(.down)) + cheapest
      if stays {
        let gain = Int128(memory.rounded(.up)) + cheapest - asked.price(of: roster.demand[vm], on: start)
        balance[start] += max(0, gain)
      }
    }
    moved -= perHost * Int128(hostsOn)
    let isKept = Set(kept)
    for host in balance.indices { moved -= isKept.contains(host) ? balance[host] : max(0, balance[host]) }
    return max(0, Double(moved) / Certificate.KeepPrices.scale)
  }
}

/// What units of resources cost on every host.
private struct PricedRoom {
  /// Which prices are those of each host; the first list is free.
  let listOfHost: [Int]
  private let lists: [[Int128]]

  /// All that is asked is worth no more than this, so that no sum over hosts leaves the range of whole numbers.
  private static let most = 1e30

  init?(_ certificate: Certificate.KeepPrices, _ roster: Roster, _ totalDemand: Amounts) {
    var listOfHost = [Int](repeating: 0, count: roster.hosts.count)
    var lists = [[Int128](repeating: 0, count: Resource.allCases.count)]
    for group in certificate.groups {
      let isSound = group.billionths.allSatisfy { resource, price in
        price >= 0 && Double(price) * Double(totalDemand[resource]) <= Self.most
      }
      guard isSound else { return nil }
      for id in group.hosts {
        guard let host = roster.hostIndex[id], listOfHost[host] == 0 else { return nil }
        listOfHost[host] = lists.count
      }
      lists.append(Resource.allCases.map { Int128(group.billionths[$0] ?? 0) })
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
}

/// By which prices VMs may end away from their hosts; VMs of the same rules share the answer.
private struct PricedEnds {
  let takesIn: [Bool]
  let rulebook: Rulebook
  let bindings: [[Int]]
  let listOfHost: [Int]
  private var known: [[Int]: Set<Int>] = [:]

  init(takesIn: [Bool], rulebook: Rulebook, bindings: [[Int]], listOfHost: [Int]) {
    self.takesIn = takesIn
    self.rulebook = rulebook
    self.bindings = bindings
    self.listOfHost = listOfHost
  }

  mutating func lists(_ vm: Int) -> Set<Int> {
    let rules = bindings[vm]
    if let lists = known[rules] { return lists }
    var lists: Set<Int> = []
    for host in takesIn.indices where takesIn[host] && rulebook.bindings(rules, permit: host) {
      lists.insert(listOfHost[host])
    }
    known[rules] = lists
    return lists
  }
}
