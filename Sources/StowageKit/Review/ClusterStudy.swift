import StowageFleet
import StowageModel
import StowageReports

/// Counts clusters: sizes, overcommit, and from the total to what is free.
struct ClusterStudy {
  private let inventory: Inventory
  private let fleet: Fleet
  private let withoutHeadroom: Fleet

  init(_ inventory: Inventory, options: PlanOptions) {
    self.inventory = inventory
    fleet = Fleet(inventory, options: options)
    var bare = options
    bare.sizing.cpuHeadroomPercent = 0
    bare.sizing.memoryHeadroomPercent = 0
    withoutHeadroom = Fleet(inventory, options: bare)
  }

  /// The clusters, by name.
  func clusters() -> [Review.ClusterCapacity] {
    let groups = Dictionary(grouping: fleet.hosts.indices) { fleet.hosts[$0].cluster ?? "" }
    var vms: [String: [VM]] = [:]
    for (index, vm) in fleet.vms.enumerated() {
      vms[fleet.hosts[fleet.start[index]].cluster ?? "", default: []].append(vm)
    }
    return groups.sorted { $0.key < $1.key }.map { name, hosts in
      cluster(name.isEmpty ? nil : name, hosts, vms[name, default: []])
    }
  }

  private func cluster(_ name: String?, _ hosts: [Int], _ vms: [VM]) -> Review.ClusterCapacity {
    let usable = hosts.filter { fleet.hosts[$0].isUsableAsTarget }
    let running = vms.filter { $0.powerState == .on }
    let reserves = fleet.failovers.filter { $0.isHard && !Set($0.hosts).isDisjoint(with: hosts) }
    return Review.ClusterCapacity(
      name: name, hosts: hosts.count, usableHosts: usable.count, runningVMs: running.count,
      otherVMs: vms.count - running.count, cores: usable.reduce(0) { $0 + fleet.hosts[$1].cores },
      vCPUs: running.reduce(0) { $0 + $1.vCPUs },
      hostMemoryMiB: usable.reduce(0) { $0 + fleet.hosts[$1].memoryMiB },
      vmMemoryMiB: running.reduce(0) { $0 + $1.memoryMiB },
      failuresCovered: reserves.map(\.failures).max() ?? 0,
      waterfalls: Resource.allCases.compactMap { waterfall($0, hosts, usable, reserves) })
  }

  private func waterfall(
    _ resource: Resource, _ hosts: [Int], _ usable: [Int], _ reserves: [FailoverDemand]
  ) -> Review.Waterfall? {
    guard !usable.isEmpty else { return nil }
    var total: Int64 = 0
    var kept: Int64 = 0
    for host in usable {
      guard let bare = withoutHeadroom.capacity[host][resource], let own = fleet.capacity[host][resource]
      else {
        return nil
      }
      total += bare
      kept += bare - own
    }
    let used = hosts.reduce(0) { $0 + fleet.startLoad[$1][resource] }
    guard total > 0 || used > 0 else { return nil }
    let reserve = reserves.map { self.reserve($0, resource, Set(usable)) }.max() ?? 0
    return Review.Waterfall(
      resource: resource, total: total, failoverReserve: reserve, headroom: kept, used: used)
  }

  /// The largest units that may fail at once.
  private func reserve(_ demand: FailoverDemand, _ resource: Resource, _ usable: Set<Int>) -> Int64 {
    let units = demand.units.map { unit in
      unit.filter(usable.contains).reduce(Int64(0)) { $0 + (fleet.capacity[$1][resource] ?? 0) }
    }
    return units.sorted(by: >).prefix(demand.failures).reduce(0, +)
  }
}
