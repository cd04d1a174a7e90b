import StowageFleet
import StowageModel

/// A fleet as searches and programs see it: blocks that end on one host each, where they may end,
/// what hosts may hold at rest, and who must be apart or near.
struct Problem: Sendable {
  private(set) var fleet: Fleet
  /// The VMs of each block.
  let blocks: [[Int]]
  /// The block of each VM.
  let blockOfVM: [Int]
  /// What each block asks of its host.
  let demand: [Amounts]
  /// Where all members of each block start; `nil` when they start apart.
  let home: [Int?]
  /// Where each block may end.
  var candidates: Candidates
  /// What each host may hold at the end.
  private(set) var limits: [Amounts]
  /// Hard anti-affinities with two blocks or more.
  let apart: [ApartGroup]
  /// Hard affinities over racks, clusters and sites with two blocks or more.
  let together: [TogetherGroup]
  /// The hard rules that no single host decides, with nobody anywhere.
  let ledger: RuleLedger
  /// What blocks ask for by the hour; `nil` when nothing depends on the hour.
  let hours: HourlyBlocks?
  /// Contradictions that were seen while the problem was put together.
  let conflicts: [Conflict]

  /// Whether overloads of the start may remain.
  enum Overloads: Sendable {
    /// Every host ends within its limits, save for what cannot move off it.
    case mended
    /// No host ends worse than it starts.
    case tolerated
    /// Every host ends within its limits, save for what no rule lets be elsewhere: what a repair must
    /// reach.
    case repaired
  }

  init(
    _ fleet: Fleet, overloads: Overloads = .mended, excluded: [PlacementOptions.Exclusion] = [],
    canTravel: ((_ vm: Int, _ host: Int) -> Bool)? = nil
  ) {
    self.fleet = fleet
    let partition = BlockPartition(fleet)
    blocks = partition.blocks
    blockOfVM = partition.blockOfVM
    demand = blocks.map { $0.reduce(Amounts.zero) { $0 + fleet.demand[$1] } }
    home = blocks.map { members in
      members.allSatisfy { fleet.start[$0] == fleet.start[members[0]] } ? fleet.start[members[0]] : nil
    }
    candidates = Candidates(fleet, blocks: blocks, excluded: excluded, canTravel: canTravel)
    let floor: HourlyLoads?
    switch overloads {
    case .tolerated:
      limits = fleet.ceilings
      floor = fleet.startHours
    case .repaired:
      limits = fleet.repairedLimits
      floor = fleet.tiedHours
    case .mended:
      limits = Self.limitsAtRest(fleet, demand: demand, candidates: candidates)
      floor = Self.immovableHours(fleet, blocks: blocks, candidates: candidates)
    }
    hours = HourlyBlocks(fleet, blocks: blocks, floor: floor)
    ledger = RuleLedger.hard(fleet)
    let groups = GroupReader(fleet, partition)
    apart = groups.apart
    together = groups.together
    conflicts = ConflictFinder(fleet, partition, candidates, canTravel: canTravel).conflicts
  }

  /// The limits proper, raised where more cannot move off the host.
  private static func limitsAtRest(_ fleet: Fleet, demand: [Amounts], candidates: Candidates) -> [Amounts] {
    var immovable = [Amounts](repeating: .zero, count: fleet.hosts.count)
    for block in demand.indices {
      guard let host = candidates.remainsAt[block], candidates.onlyHost(of: block) == host else { continue }
      immovable[host] += demand[block]
    }
    return fleet.limits.indices.map { host in
      var limit = fleet.limits[host]
      for resource in Resource.allCases {
        limit[resource] = max(limit[resource], immovable[host][resource])
      }
      return limit
    }
  }

  /// What cannot move off each host asks by the hour.
  private static func immovableHours(
    _ fleet: Fleet, blocks: [[Int]], candidates: Candidates
  ) -> HourlyLoads? {
    var hours = fleet.hourly.map { HourlyLoads($0, hosts: fleet.hosts.count) }
    for (block, members) in blocks.enumerated() {
      guard let host = candidates.remainsAt[block], candidates.onlyHost(of: block) == host else { continue }
      for vm in members { hours?.enter(vm, host) }
    }
    return hours
  }

  /// The same with what each host may hold cut to other limits where these are lower.
  func limited(to other: [Amounts]) -> Problem {
    var limited = self
    for host in limits.indices {
      for resource in Resource.allCases {
        limited.limits[host][resource] = min(limits[host][resource], other[host][resource])
      }
    }
    return limited
  }

  /// The same with some loads left out of the highest utilisation, which their hosts may not exceed.
  func settingAside(_ loads: [Fleet.HostLoad], holding amounts: [Amounts]) -> Problem {
    var problem = self
    problem.fleet = fleet.settingAside(loads)
    for load in loads {
      let (host, resource) = (load.host, load.resource)
      problem.limits[host][resource] = min(limits[host][resource], amounts[host][resource])
    }
    return problem
  }

  /// Whether flat tables of limits, hosts and anti-affinities hold all that there is to keep.
  var isFlat: Bool { ledger.isIdle && hours == nil }

  /// Configured memory of the members that do not start on a host, in MiB.
  func awayMiB(_ block: Int, on host: Int) -> Double {
    blocks[block].reduce(0) { $0 + (fleet.start[$1] == host ? 0 : fleet.vms[$1].memoryMiB) }
  }

  /// Members that do not start on a host.
  func awayCount(_ block: Int, on host: Int) -> Int {
    blocks[block].reduce(0) { $0 + (fleet.start[$1] == host ? 0 : 1) }
  }

  /// Which hosts of the fleet are among some.
  func isOpen(_ hosts: some Sequence<Int>) -> [Bool] {
    var isOpen = [Bool](repeating: false, count: fleet.hosts.count)
    for host in hosts { isOpen[host] = true }
    return isOpen
  }

  /// The host of each VM, from that of each block.
  func placement(ofBlocks hostOfBlock: [Int]) -> [Int] {
    blockOfVM.map { hostOfBlock[$0] }
  }

  /// Whether any host holds more at the start than it should.
  var startsOverloaded: Bool {
    fleet.ceilings != fleet.limits
      || fleet.startHours.map { hours in
        fleet.hosts.indices.contains { hours.overload(of: $0, limit: fleet.limits[$0]) != nil }
      } ?? false
  }
}
