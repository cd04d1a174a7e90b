import StowageFleet
import StowageModel

/// Fewest hosts part by part: what volume, mix and failures ask of each part by itself, summed.
///
/// A cluster that must survive failures of its hosts, and that makes up a part, needs its running VMs'
/// volume without the largest of its hosts.
struct PartsBound {
  /// The bound of each part, in their order.
  let hostsOfPart: [Int]
  /// Their sum; `nil` when some mix could not be settled.
  let hosts: Int?

  init(_ fleet: Fleet, _ division: FleetParts) {
    var bounds: [Int] = []
    var isSettled = true
    for part in division.parts {
      let types = HostTypes(fleet, hosts: part.hosts, vms: part.vms)
      var bound = VolumeBound(types).hosts ?? types.hostCount
      switch MixBound(types).answer {
      case .hosts(let mix): bound = max(bound, mix)
      case .none: break
      case .tooMany: isSettled = false
      }
      bounds.append(max(bound, FailureVolume(fleet, part).hosts))
    }
    hostsOfPart = bounds
    hosts = isSettled ? bounds.reduce(0, +) : nil
  }
}

/// Fewest hosts of a part so that its running VMs fit, resource by resource, when the largest have failed.
private struct FailureVolume {
  let hosts: Int

  init(_ fleet: Fleet, _ part: FleetParts.Part) {
    let members = Set(part.hosts)
    let failures = fleet.failovers.filter { $0.isHard && Self.guards($0, members, fleet) }.map(\.failures)
      .max()
    guard let failures else {
      hosts = 0
      return
    }
    let running = part.vms.filter { fleet.vms[$0].powerState == .on }
    let demand = running.reduce(Amounts.zero) { $0 + fleet.demand[$1] }
    let holds = Set(fleet.start)
    let spares = part.hosts.filter { fleet.hosts[$0].isUsableAsTarget && !holds.contains($0) }
    hosts =
      Resource.allCases.map { resource -> Int in
        guard part.hosts.allSatisfy({ fleet.limits[$0][resource] < Fleet.noLimit }) else { return 0 }
        let rooms = part.hosts.map { host in
          fleet.hosts[host].isUsableAsTarget
            ? fleet.ceilings[host][resource] : fleet.startLoad[host][resource]
        }
        let spare = spares.reduce(0) { $0 + fleet.ceilings[$1][resource] }
        return Self.fewest(rooms, failures: failures, demand: demand[resource] - spare)
      }.max() ?? 0
  }

  /// Whether every failure of so many single hosts is covered by a cluster that the part makes up.
  private static func guards(_ demand: FailoverDemand, _ members: Set<Int>, _ fleet: Fleet) -> Bool {
    demand.units.allSatisfy { $0.count == 1 } && members.isSubset(of: demand.hosts)
      && demand.hosts.allSatisfy { host in
        members.contains(host) || !fleet.hosts[host].isUsableAsTarget || fleet.closedHosts.contains(host)
      }
  }

  /// The smallest *K* such that the *K* largest rooms, without the very largest, hold the demand; all when
  /// none do.
  private static func fewest(_ rooms: [Int64], failures: Int, demand: Int64) -> Int {
    guard demand > 0 else { return 0 }
    var left = demand
    for (index, room) in rooms.sorted(by: >).enumerated() where index >= failures {
      left -= room
      if left <= 0 { return index + 1 }
    }
    return rooms.count
  }
}
