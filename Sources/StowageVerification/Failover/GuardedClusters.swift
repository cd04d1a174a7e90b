import StowageModel

/// The clusters that a failover rule guards, and what fails together in each.
struct GuardedClusters: Sendable {
  /// One cluster.
  struct Cluster: Sendable {
    /// As in the inventory; `nil` for the hosts that lie in none, which form one together.
    let name: String?
    /// Its hosts, ascending.
    let hosts: [Int]
    /// What fails together: one host each, or the hosts of one rack.
    let units: [[Int]]
  }

  let scope: Scope
  let failures: Int
  let clusters: [Cluster]

  init(_ rule: Failover, selected: [Int], roster: Roster) {
    scope = rule.scope
    failures = rule.failures
    let selected = Set(selected)
    var members: [String?: [Int]] = [:]
    for (index, host) in roster.hosts.enumerated() { members[host.cluster, default: []].append(index) }
    clusters = members.filter { $0.value.contains(where: selected.contains) }
      .sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }
      .map { name, hosts in
        Cluster(name: name, hosts: hosts, units: Self.units(hosts, scope: rule.scope, roster: roster))
      }
  }

  /// A host without a rack fails alone.
  private static func units(_ hosts: [Int], scope: Scope, roster: Roster) -> [[Int]] {
    guard scope == .rack else { return hosts.map { [$0] } }
    var units: [[Int]] = []
    var unitOfRack: [String: Int] = [:]
    for host in hosts {
      if let rack = roster.hosts[host].rack {
        if let unit = unitOfRack[rack] {
          units[unit].append(host)
          continue
        }
        unitOfRack[rack] = units.count
      }
      units.append([host])
    }
    return units
  }
}
