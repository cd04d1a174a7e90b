import StowageFleet
import StowageModel

extension ChangeModel {
  /// The model of a problem for plans: blocks, the hosts that they may enter, all limits.
  ///
  /// - Parameters:
  ///   - problem: who may be where.
  ///   - eligible: hosts that may hold VMs at the end, ascending.
  ///   - classLimit: sizes beyond this are rounded up to fewer.
  ///   - resources: how many resources tables tell apart.
  init(_ problem: Problem, eligible: [Int], classLimit: Int, resources: Dimensions = .two) {
    let fleet = problem.fleet
    let candidates = problem.candidates
    var isEligible = [Bool](repeating: false, count: fleet.hosts.count)
    for host in eligible { isEligible[host] = true }
    let homes = problem.blocks.indices.map { block in
      candidates.remainsAt[block].flatMap { isEligible[$0] ? $0 : nil }
    }
    let mayMove = problem.blocks.indices.map {
      homes[$0] == nil || candidates.onlyHost(of: $0) != homes[$0]
    }
    let units = problem.blocks.indices.filter { mayMove[$0] }.map { block in
      SizeClusters.Unit(
        block: block, demand: problem.demand[block],
        kind: [
          candidates.setOfBlock[block], problem.blocks[block].count,
          problem.blocks[block].count > 1 && homes[block] == nil ? block : -1,
        ])
    }
    let clusters = SizeClusters(units, limit: classLimit, rounding: .up)
    self.init(
      fleet: fleet, eligible: eligible, limits: problem.limits, clusters: clusters, homes: homes,
      demand: problem.demand, cost: problem.blocks.map(\.count), candidates: candidates, problem: problem,
      resources: resources)
  }

  private init(
    fleet: Fleet, eligible: [Int], limits: [Amounts], clusters: SizeClusters, homes: [Int?],
    demand: [Amounts], cost: [Int], candidates: Candidates, problem: Problem, resources: Dimensions
  ) {
    var groupsOfBlock = [[Int]](repeating: [], count: problem.blocks.count)
    for (index, group) in problem.apart.enumerated() where group.scope == .host {
      for block in group.blocks { groupsOfBlock[block].append(index) }
    }
    var classOfBlock = [Int](repeating: -1, count: problem.blocks.count)
    for (index, cluster) in clusters.clusters.enumerated() {
      for block in cluster.blocks { classOfBlock[block] = index }
    }
    classes = clusters.clusters.map { cluster in
      SizeClass(
        demand: cluster.demand, cost: cost[cluster.blocks[0]], set: candidates.setOfBlock[cluster.blocks[0]],
        blocks: cluster.blocks, homeless: cluster.blocks.filter { homes[$0] == nil })
    }
    sets = candidates.sets
    rounding = .up
    var residents = [[Int]](repeating: [], count: fleet.hosts.count)
    for (block, home) in homes.enumerated() { if let home { residents[home].append(block) } }
    var discounts = [[Discount]](repeating: [], count: fleet.hosts.count)
    for block in problem.blocks.indices where homes[block] == nil && problem.blocks[block].count > 1 {
      for host in Set(problem.blocks[block].map { fleet.start[$0] }).sorted() {
        discounts[host].append(
          Discount(sizeClass: classOfBlock[block], cost: problem.awayCount(block, on: host)))
      }
    }
    hosts = eligible.map { host in
      let load = residents[host].reduce(Amounts.zero) { $0 + demand[$1] }
      let movable = residents[host].filter { classOfBlock[$0] >= 0 }
      let fixed = residents[host].filter { classOfBlock[$0] < 0 }.flatMap { groupsOfBlock[$0] }
      let groups = residents[host].flatMap { groupsOfBlock[$0] }
      let free = limits[host] - load
      return HostRoom(
        host: host, free: free,
        residents: movable.map {
          Resident(block: $0, sizeClass: classOfBlock[$0], demand: demand[$0], groups: groupsOfBlock[$0])
        },
        fixedGroups: fixed, takesIn: fleet.targets.contains(host),
        mustChange: Resource.allCases.contains { free[$0] < 0 } || Set(groups).count < groups.count,
        discounts: discounts[host])
    }
    let binding = BindingResources(limits: eligible.map { limits[$0] }, load: demand.reduce(.zero, +))
    grid = binding.grid(
      resources, demands: classes.map(\.demand), rooms: Self.roomsInReach(hosts, leavers: 4))
    isExact = grid.isExact && !clusters.isRounded
  }

  /// What a host has free at most when so many of its residents leave. Larger rooms count as this: a plan hardly
  /// ever empties a host further to fill it anew.
  private static func roomsInReach(_ hosts: [HostRoom], leavers: Int) -> Amounts {
    hosts.reduce(into: .zero) { most, room in
      for resource in Resource.allCases {
        let leaving = room.residents.map { $0.demand[resource] }.sorted(by: >).prefix(leavers).reduce(0, +)
        most[resource] = max(most[resource], room.free[resource] + leaving)
      }
    }
  }
}
