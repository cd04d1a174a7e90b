import StowageFleet
import StowageModel

/// What the hosts that take VMs in hold on the mean, for every resource that all usable hosts limit: the total demand, less
/// what may remain on hosts that take nobody in (or have none of the resource), over the capacities of the hosts that do.
///
/// No placement has a lower highest utilisation, or less above targets than all of these hosts together must have.
struct MeanLoadBound {
  /// One resource.
  private struct Share {
    let resource: Resource
    /// What hosts that take VMs in must hold at the least.
    let demand: Double
    /// What each of them offers.
    let capacities: [Double]

    var offered: Double { capacities.reduce(0, +) }
  }

  private let shares: [Share]

  init(_ fleet: Fleet) {
    let total = fleet.demand.reduce(Amounts.zero, +)
    let remaining = Self.remainingLoad(fleet)
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    var shares: [Share] = []
    for resource in Resource.allCases where usable.allSatisfy({ fleet.capacity[$0][resource] != nil }) {
      var demand = total[resource]
      var capacities: [Double] = []
      for host in fleet.hosts.indices where !fleet.drained.contains(host) {
        let limit = fleet.capacity[host][resource] ?? 0
        if fleet.targets.contains(host), limit > 0 {
          capacities.append(Double(limit))
        } else {
          demand -= remaining[host][resource]
        }
      }
      shares.append(Share(resource: resource, demand: Double(demand), capacities: capacities))
    }
    self.shares = shares
  }

  /// A bound for ``ObjectiveMeter/maxUtilisation(_:)``; 0 when nothing is limited everywhere.
  var utilisation: Double {
    shares.filter { $0.offered > 0 }.map { $0.demand / $0.offered }.reduce(0, max)
  }

  /// A bound for ``ObjectiveMeter/targetExcess(_:)`` with targets in percent: what does not fit under a target on all hosts
  /// together counts least on the largest of them.
  func targetExcess(_ targets: [Resource: Double]) -> Double {
    shares.reduce(0) { sum, share in
      guard let percent = targets[share.resource], let largest = share.capacities.max() else { return sum }
      return sum + max(0, share.demand - percent / 100 * share.offered) / largest
    }
  }

  /// What each host holds at the start, less the VMs that must leave it.
  private static func remainingLoad(_ fleet: Fleet) -> [Amounts] {
    let leaves = MustMoveBound.leaves(fleet)
    var load = [Amounts](repeating: .zero, count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() where !leaves[vm] { load[host] += fleet.demand[vm] }
    return load
  }
}
