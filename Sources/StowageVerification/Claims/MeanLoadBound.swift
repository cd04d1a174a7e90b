import StowageModel

extension Rooms {
  /// No placement has a lower highest utilisation than the mean: of every resource that all usable
  /// hosts limit, the demand that no other host can keep against what those offer that take VMs in.
  var meanLoadBound: Double {
    Resource.allCases.compactMap { sharedLoad($0) }
      .map { $0.offered > 0 ? max(0, $0.demand / $0.offered) : 0 }.max() ?? 0
  }

  /// No placement has less above targets, in percent: what all hosts that take VMs in cannot hold below a target is above it on some,
  /// and a part of a capacity is least of the largest.
  func leastTargetExcess(_ targets: [Resource: Double]) -> Double {
    var sum = 0.0
    for (resource, percent) in targets.sorted(by: { $0.key < $1.key }) {
      guard let load = sharedLoad(resource), load.largest > 0 else { continue }
      sum += max(0, load.demand - load.offered * percent / 100) / load.largest
    }
    return sum
  }

  /// What hosts that take VMs in must hold of a resource, what they offer together and the largest alone; `nil` where a usable host
  /// does not limit it.
  private func sharedLoad(_ resource: Resource) -> (demand: Double, offered: Double, largest: Double)? {
    let usable = roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget }
    guard !usable.isEmpty, usable.allSatisfy({ roster.capacity[$0][resource] != nil }) else { return nil }
    let isLeaving = Set(mustLeave)
    var load = (demand: Double(totalDemand[resource]), offered: 0.0, largest: 0.0)
    for host in Set(rooms.map(\.host)).sorted() {
      let limit = Double(roster.capacity[host][resource] ?? 0)
      if takesIn[host], limit > 0 {
        load.offered += limit
        load.largest = max(load.largest, limit)
      } else {
        let remaining = roster.startResidents[host].filter { !isLeaving.contains($0) }
        load.demand -= remaining.reduce(0) { $0 + Double(roster.demand[$1][resource]) }
      }
    }
    return load
  }
}
