import StowageFleet
import StowageModel

/// What stood in the way when the search came to nothing: the VMs that a best fit from the start
/// leaves over, and why no host takes each.
struct Shortfall {
  let undecided: Undecided

  init(_ task: PlacementTask) {
    let problem = task.problem
    let fleet = task.fleet
    let isOpen = problem.isOpen(task.eligibleHosts)
    let space = SearchSpace(
      problem, isOpen: isOpen, limits: task.failover.limits(isOpen: isOpen, extra: 0),
      price: [Double](repeating: 0, count: problem.blocks.count))
    var arrangement = Arrangement(space)
    var left: [Int] = []
    for block in BestFit.largestFirst(space) {
      let home = problem.candidates.remainsAt[block]
      let hosts = (home.map { [$0] } ?? []) + space.openHosts.map(Int.init)
      if let host = hosts.first(where: { arrangement.hasRoom(for: block, on: $0) }) {
        arrangement.place(block, on: host)
      } else {
        left.append(block)
      }
    }
    let finder = ObstacleFinder(fleet, canTravel: nil)
    var obstacles: [Obstacle] = []
    for block in left {
      for host in fleet.hosts.indices {
        let vm = problem.blocks[block][0]
        if let obstacle = finder.first(vm, on: host) {
          obstacles.append(obstacle)
        } else if !problem.candidates.allows(block, on: host) {
          obstacles.append(.excluded)
        } else {
          obstacles += Self.lacks(block, host, arrangement)
        }
      }
    }
    let vms = left.flatMap { problem.blocks[$0] }.sorted().map { fleet.vms[$0].id }
    undecided = Undecided(obstacles: Obstacle.counted(obstacles), vms: vms)
  }

  /// Resources of which a host has too little left, and rules whose other members are there.
  private static func lacks(_ block: Int, _ host: Int, _ arrangement: Arrangement) -> [Obstacle] {
    let space = arrangement.space
    let after = arrangement.load[host] + space.demand[block]
    var lacks = Resource.allCases.filter { after[$0] > space.limit[host][$0] }.map { Obstacle.resource($0) }
    if lacks.isEmpty, !arrangement.hoursPermit(block, on: host), let hours = space.hours {
      lacks += hours.blocks.demand.resources.map { Obstacle.resource($0) }
    }
    for group in space.problem.apart where group.blocks.contains(block) {
      let domain = group.domainOfHost[host]
      let isTaken = group.blocks.contains { other in
        other != block && arrangement.hostOf[other] >= 0
          && group.domainOfHost[Int(arrangement.hostOf[other])] == domain
      }
      if isTaken { lacks.append(.rule(group.rule)) }
    }
    return lacks + arrangement.rulesAgainst(block, on: host).map { .rule($0) }
  }
}
