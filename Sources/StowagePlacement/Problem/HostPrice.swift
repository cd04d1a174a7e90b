import StowageFleet
import StowageModel

/// What every host draws or costs while it is on.
struct HostPrice {
  /// Whatever it holds: W for power, money for cost, 1 for hosts.
  let base: [Double]
  /// More for each unit of CPU that it holds.
  let rate: [Double]

  init(_ fleet: Fleet, _ objective: HostObjective) {
    let base = fleet.hosts.map { host -> Double in
      switch objective {
      case .hosts: 1
      case .power: host.powerIdleWatts ?? 0
      case .cost: host.costPerMonth ?? 0
      }
    }
    self.base = base
    rate = fleet.hosts.indices.map { host in
      guard objective == .power, let peak = fleet.hosts[host].powerPeakWatts,
        let capacity = fleet.capacity[host][.cpu], capacity > 0
      else { return 0 }
      return max(0, peak - base[host]) / Double(capacity)
    }
  }
}
