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
  /// What the hosts on draw or cost at the least, by prices for resources; `nil` for prices below zero.
  ///
  /// A host that is on adds its expense and takes off the demand what it holds: at the best, all of its room
  /// in each resource whose price is above what a unit of it costs there. One that may be off adds that
  /// only where it is a gain.
  func expenseBound(_ certificate: Certificate.HostPrices, _ expense: HostExpense) -> Double? {
    let prices = Resource.allCases.map { certificate.trillionths[$0] ?? 0 }
    guard prices.allSatisfy({ $0 >= 0 }) else { return nil }
    let isKept = Set(kept)
    var balance = expense.fixed
    var bound = 0.0
    for resource in Resource.allCases {
      let price = Double(prices[resource.index]) / Certificate.HostPrices.scale
      bound += price * Double(totalDemand[resource])
      for room in rooms {
        let cost = resource == .cpu ? expense.perCPU[room.host] : 0
        guard price > cost else { continue }
        let most = min(room.limits[resource.index] ?? totalDemand[resource], totalDemand[resource])
        balance[room.host] -= (price - cost) * Double(most)
      }
    }
    for host in balance.indices { bound += isKept.contains(host) ? balance[host] : min(0, balance[host]) }
    return bound
  }
}
