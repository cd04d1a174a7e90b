import StowageModel

extension Rooms {
  /// No placement has a lower highest utilisation than the mean: of every resource that all usable
  /// hosts limit, the demand that no other host can keep against what those offer that take VMs in.
  var meanLoadBound: Double {
    let open = Set(rooms.map(\.host))
    let isLeaving = Set(mustLeave)
    let usable = roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget }
    return Resource.allCases.map { resource -> Double in
      let limits = usable.map { roster.capacity[$0][resource] }
      guard !usable.isEmpty, limits.allSatisfy({ $0 != nil }) else { return 0 }
      var offered = 0.0
      var demand = Double(totalDemand[resource])
      for host in roster.hosts.indices where open.contains(host) {
        let limit = roster.capacity[host][resource] ?? 0
        if takesIn[host], limit > 0 {
          offered += Double(limit)
        } else {
          let remaining = roster.startResidents[host].filter { !isLeaving.contains($0) }
          demand -= remaining.reduce(0) { $0 + Double(roster.demand[$1][resource]) }
        }
      }
      return offered > 0 ? max(0, demand / offered) : 0
    }.max() ?? 0
  }
}
