import StowageFleet
import StowageModel

/// The sets of hosts that may fail together, of all clusters that hard failover rules guard.
struct FailureSets {
  /// More sets than this of one cluster are not followed; the verifier cannot judge them either.
  private static let most = 20_000

  /// The hosts of each set, ascending.
  let hosts: [[Int]]
  /// The rule and cluster that each set belongs to.
  let demandOfSet: [Int]
  /// The hosts that may take the VMs of each demand's sets, failures apart.
  let survivorsOfDemand: [[Int]]
  /// The sets that contain each host.
  let setsOfHost: [[Int]]

  init(_ fleet: Fleet) {
    let demands = fleet.failovers.filter(\.isHard)
    var hosts: [[Int]] = []
    var demandOfSet: [Int] = []
    for (index, demand) in demands.enumerated() {
      let sets = Self.sets(demand, fleet)
      hosts += sets
      demandOfSet += sets.map { _ in index }
    }
    var setsOfHost = [[Int]](repeating: [], count: fleet.hosts.count)
    for (set, members) in hosts.enumerated() {
      for host in members { setsOfHost[host].append(set) }
    }
    self.hosts = hosts
    self.demandOfSet = demandOfSet
    self.setsOfHost = setsOfHost
    survivorsOfDemand = demands.map { demand in
      demand.hosts.filter { fleet.hosts[$0].isUsableAsTarget && !fleet.closedHosts.contains($0) }
    }
  }

  /// Every choice of as many units as fail together, of those with a host that is on.
  private static func sets(_ demand: FailoverDemand, _ fleet: Fleet) -> [[Int]] {
    let units = demand.units.map { $0.filter { fleet.hosts[$0].state == .online } }.filter { !$0.isEmpty }
    guard !units.isEmpty else { return [] }
    let size = min(demand.failures, units.count)
    var chosen = Array(0..<size)
    var sets: [[Int]] = []
    while sets.count <= most {
      sets.append(chosen.flatMap { units[$0] }.sorted())
      guard let position = chosen.indices.last(where: { chosen[$0] < units.count - size + $0 }) else {
        return sets
      }
      chosen[position] += 1
      for next in chosen.indices where next > position { chosen[next] = chosen[next - 1] + 1 }
    }
    return []
  }
}
