import StowageFleet
import StowageModel

/// No placement has a lower highest utilisation than the mean: for every resource that all usable
/// hosts limit, the total demand, less what may remain on hosts that are not usable, over the
/// capacities of the usable hosts that are not drained.
struct MeanLoadBound {
  /// The bound; 0 when nothing is limited everywhere.
  let utilisation: Double

  init(_ fleet: Fleet) {
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    let open = usable.filter { !fleet.drained.contains($0) }
    var demand = Amounts.zero
    for vm in fleet.vms.indices {
      let start = fleet.start[vm]
      if fleet.hosts[start].isUsableAsTarget || fleet.mustLeave(vm) { demand += fleet.demand[vm] }
    }
    var bound = 0.0
    for resource in Resource.allCases where usable.allSatisfy({ fleet.capacity[$0][resource] != nil }) {
      let capacity = open.reduce(Int64(0)) { $0 + (fleet.capacity[$1][resource] ?? 0) }
      if capacity > 0 { bound = max(bound, Double(demand[resource]) / Double(capacity)) }
    }
    utilisation = bound
  }
}
