import StowageFleet
import StowageModel

/// Finds contradictions that can be seen without a search, each a proof that no placement exists.
struct ConflictFinder {
  let fleet: Fleet
  let partition: BlockPartition
  let candidates: Candidates
  let obstacles: ObstacleFinder
  /// What blocks ask for by the hour, beside what hosts hold at the start.
  private let hours: HourlyBlocks?
  /// Hosts that hold nobody, by the hour.
  private let nobody: HourlyLoads?

  init(
    _ fleet: Fleet, _ partition: BlockPartition, _ candidates: Candidates,
    canTravel: ((_ vm: Int, _ host: Int) -> Bool)?
  ) {
    self.fleet = fleet
    self.partition = partition
    self.candidates = candidates
    obstacles = ObstacleFinder(fleet, canTravel: canTravel)
    hours = HourlyBlocks(fleet, blocks: partition.blocks, floor: fleet.startHours)
    nobody = fleet.hourly.map { HourlyLoads($0, hosts: fleet.hosts.count) }
  }

  var conflicts: [Conflict] {
    homeless + torn + crowdedPins + lackOfDomains + lackOfPlaces + strangers + overCaps + overMoved
  }

  /// Blocks that no host may hold or that are larger than every host that may.
  private var homeless: [Conflict] {
    partition.blocks.indices.flatMap { block -> [Conflict] in
      // Most blocks may remain where they are; looking at all hosts for each would take N·K steps.
      guard candidates.remainsAt[block] == nil else { return [] }
      let members = partition.blocks[block]
      let hosts = candidates.hosts(of: block)
      let demand = members.reduce(Amounts.zero) { $0 + fleet.demand[$1] }
      if hosts.contains(where: { host in
        fits(demand, on: host) && (hours?.fitsAlone(block, fleet.ceilings[host], host) ?? true)
      }) {
        return []
      }
      let alone = members.compactMap { conflict(ofVM: $0) }
      return alone.isEmpty ? [.nowhereTogether(affinities: affinities(of: members), ids(members))] : alone
    }
  }

  private func fits(_ demand: Amounts, on host: Int) -> Bool {
    Resource.allCases.allSatisfy { demand[$0] <= fleet.ceilings[host][$0] }
  }

  private func conflict(ofVM vm: Int) -> Conflict? {
    let mayRemain = !fleet.mustLeave(vm)
    if let pin = fleet.pins[vm] {
      guard !mayRemain, let cause = obstacles.first(vm, on: fleet.start[vm], ignoringPin: true) else {
        return nil
      }
      return .cannotLeave(
        fleet.vms[vm].id, host: fleet.hosts[fleet.start[vm]].id, pin: pin, because: cause)
    }
    guard !mayRemain else { return nil }
    var found: [Obstacle] = []
    for host in fleet.hosts.indices {
      guard let obstacle = obstacles.first(vm, on: host) ?? tooSmall(vm, host) else { return nil }
      found.append(obstacle)
    }
    return .nowhere(fleet.vms[vm].id, Obstacle.counted(found))
  }

  private func tooSmall(_ vm: Int, _ host: Int) -> Obstacle? {
    if let resource = Resource.allCases.first(where: {
      fleet.demand[vm][$0] > fleet.ceilings[host][$0]
    }) {
      return .resource(resource)
    }
    guard let nobody else { return nil }
    let column = nobody.obstacle(to: vm, on: host, limit: fleet.limits[host], floor: fleet.startHours)
    return column.map { .resource(nobody.demand.resource(of: $0)) }
  }

  func affinities(of members: [Int]) -> [Rule.ID] {
    let members = Set(members)
    return fleet.affinities
      .filter { $0.isHard && $0.scope == .host && $0.members.contains(where: members.contains) }
      .map(\.rule)
  }

  /// VMs of one block that belong apart, over whatever scope.
  private var torn: [Conflict] {
    fleet.antiAffinities.filter(\.isHard).compactMap { group in
      var first: [Int: Int] = [:]
      for member in group.members {
        let block = partition.blockOfVM[member]
        if let other = first[block] {
          return .togetherAndApart(
            affinities: affinities(of: [other, member]), antiAffinity: group.rule, ids([other, member]))
        }
        first[block] = member
      }
      return nil
    }
  }

  /// VMs that belong apart, share a domain, and do not move.
  private var crowdedPins: [Conflict] {
    fleet.antiAffinities.filter(\.isHard).compactMap { group in
      let map = fleet.domains(group.scope)
      var first: [Int: Int] = [:]
      for member in group.members where fleet.pins[member] != nil {
        let domain = map.domainOfHost[fleet.start[member]]
        if let other = first[domain] {
          return .pinnedTogether(antiAffinity: group.rule, ids([other, member]))
        }
        first[domain] = member
      }
      return nil
    }
  }

  private var lackOfDomains: [Conflict] {
    fleet.antiAffinities.filter(\.isHard).compactMap { group in
      let blocks = group.members.map { partition.blockOfVM[$0] }
      let isRoomy = blocks.contains { candidates.sets[candidates.setOfBlock[$0]].count >= blocks.count }
      if group.scope == .host, isRoomy { return nil }
      let map = fleet.domains(group.scope)
      var hosts = HostSet(universe: fleet.hosts.count)
      for member in group.members {
        for host in candidates.hosts(of: partition.blockOfVM[member]) { hosts.insert(host) }
      }
      let domains = Set(hosts.members.map { map.domainOfHost[$0] }).count
      guard domains < group.members.count else { return nil }
      return .tooFewDomains(
        antiAffinity: group.rule, scope: group.scope, vms: group.members.count, domains: domains)
    }
  }

  func ids(_ vms: [Int]) -> [VM.ID] { vms.map { fleet.vms[$0].id } }
}
