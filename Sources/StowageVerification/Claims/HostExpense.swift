import StowageModel

/// What every host draws or costs while it is on.
struct HostExpense {
  /// Whatever it holds, in W or in money a month.
  private(set) var fixed: [Double]
  /// More for each unit of CPU that it holds.
  private(set) var perCPU: [Double]

  /// Of a host that does not state its peak the idle power counts.
  init(_ objective: HostObjective, _ roster: Roster) {
    fixed = roster.hosts.map { host in
      switch objective {
      case .hosts: 1
      case .power: host.powerIdleWatts ?? 0
      case .cost: host.costPerMonth ?? 0
      }
    }
    perCPU = Array(repeating: 0, count: fixed.count)
    guard objective == .power else { return }
    for (index, host) in roster.hosts.enumerated() {
      guard let peak = host.powerPeakWatts, peak > fixed[index], let offer = roster.capacity[index][.cpu],
        offer > 0
      else { continue }
      perCPU[index] = (peak - fixed[index]) / Double(offer)
    }
  }
}

extension Rooms {
  /// What the hosts on draw or cost at the least, by prices for the room of hosts; `nil` for prices below zero or
  /// beyond all reason, and for hosts that are unknown or listed twice.
  ///
  /// A VM pays for its room and draws at the rate of its host: at the least, what that comes to on the cheapest
  /// host on which it may end. A host that is on adds its expense and is paid no more than all of its room; one
  /// that may be off does so only where that is a gain.
  func expenseBound(
    _ certificate: Certificate.HostPrices, _ expense: HostExpense, _ rulebook: Rulebook
  ) -> Double? {
    guard let asked = PricedRoom(certificate.groups, roster, totalDemand) else { return nil }
    let kinds = RatedKinds(asked, expense, totalCPU: totalDemand[.cpu])
    let isLeaving = Set(mustLeave)
    var ends = PricedEnds(self, rulebook, kindOfHost: kinds.kindOfHost)
    var least = Int128(0)
    for vm in roster.vms.indices {
      guard let start = roster.startHost[vm] else { continue }
      let own: Set<Int> = isLeaving.contains(vm) ? [] : [kinds.kindOfHost[start]]
      let demand = roster.demand[vm]
      let cheapest = ends.kinds(vm).union(own).map { kind in
        let (list, perCPU) = kinds.kinds[kind]
        return asked.price(of: demand, list: list) + perCPU * Int128(demand[.cpu])
      }.min()
      least += cheapest ?? 0
    }
    let isKept = Set(kept)
    for (host, worth) in asked.worth(of: self).enumerated() {
      let fixed = RatedKinds.parts(expense.fixed[host], most: 1e27)
      least += isKept.contains(host) ? fixed - worth : min(0, fixed - worth)
    }
    return Double(least) / Certificate.HostPrices.scale
  }
}

/// Hosts of the same prices that draw the same for a unit of CPU.
private struct RatedKinds {
  let kindOfHost: [Int]
  private(set) var kinds: [(list: Int, perCPU: Int128)] = []

  private struct Key: Hashable {
    let list: Int
    let perCPU: Int128
  }

  init(_ asked: PricedRoom, _ expense: HostExpense, totalCPU: Int64) {
    let most = 1e30 / Double(max(1, totalCPU))
    var index: [Key: Int] = [:]
    var kinds: [(list: Int, perCPU: Int128)] = []
    kindOfHost = asked.listOfHost.enumerated().map { host, list in
      let key = Key(list: list, perCPU: Self.parts(expense.perCPU[host], most: most))
      if let known = index[key] { return known }
      index[key] = kinds.count
      kinds.append((key.list, key.perCPU))
      return kinds.count - 1
    }
    self.kinds = kinds
  }

  /// In whole trillionths, rounded down, and cut at a number that keeps sums in range, which leaves a bound valid.
  static func parts(_ amount: Double, most: Double) -> Int128 {
    Int128(min(amount * Certificate.HostPrices.scale, most).rounded(.down))
  }
}
