import StowageFleet
import StowageModel

/// No placement has a lower highest utilisation than the mean: for every resource that all usable
/// hosts limit, the total demand, less what may remain on hosts that take nobody in (or have none of
/// the resource), over the capacities of the hosts that do.
struct MeanLoadBound {
  /// The bound; 0 when nothing is limited everywhere.
  let utilisation: Double

  init(_ fleet: Fleet) {
    let total = fleet.demand.reduce(Amounts.zero, +)
    let remaining = Self.remainingLoad(fleet)
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    var bound = 0.0
    for resource in Resource.allCases where usable.allSatisfy({ fleet.capacity[$0][resource] != nil }) {
      var offered: Int64 = 0
      var demand = total[resource]
      for host in fleet.hosts.indices where !fleet.drained.contains(host) {
        let limit = fleet.capacity[host][resource] ?? 0
        if fleet.targets.contains(host), limit > 0 {
          offered += limit
        } else {
          demand -= remaining[host][resource]
        }
      }
      if offered > 0 { bound = max(bound, Double(demand) / Double(offered)) }
    }
    utilisation = bound
  }

  /// What each host holds at the start, less the VMs that must leave it.
  private static func remainingLoad(_ fleet: Fleet) -> [Amounts] {
    let leaves = MustMoveBound.leaves(fleet)
    var load = [Amounts](repeating: .zero, count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() where !leaves[vm] { load[host] += fleet.demand[vm] }
    return load
  }
}
