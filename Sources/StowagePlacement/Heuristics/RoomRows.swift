import StowageFleet
import StowageModel

/// What a set of open hosts must offer at least: one row for each resource and each set of hosts to
/// which some VMs are bound.
///
/// The VMs that may only be on certain hosts need room on these, whatever else is open. Where a
/// cluster must survive failures, the room of what fails is kept free.
struct RoomRows {
  struct Row {
    let resource: Resource
    /// The hosts that count.
    let hosts: HostSet
    /// What they must hold, with the reserve for failures.
    let demand: Double
  }

  /// Rows beyond this number are left out, those with the least demand first: they only guide.
  private static let setLimit = 40

  /// How many of some hosts must be open: VMs that are bound to them and belong apart need one each, and
  /// one more for each failure that they must survive.
  struct Number {
    let hosts: HostSet
    let least: Int
  }

  let rows: [Row]
  let numbers: [Number]
  /// What each host offers.
  let room: [LoadVector]

  init(_ problem: Problem) {
    let fleet = problem.fleet
    room = fleet.hosts.indices.map { host in
      LoadVector(fleet.targets.contains(host) ? problem.limits[host] : fleet.startLoad[host])
    }
    var rows: [Row] = []
    for (hosts, demand) in Self.demands(problem) {
      let reserve = Self.reserve(problem, hosts: hosts)
      for resource in Resource.allCases where demand[resource] > 0 {
        let isLimited = hosts.members.allSatisfy { problem.limits[$0][resource] < Fleet.noLimit }
        guard isLimited else { continue }
        rows.append(
          Row(resource: resource, hosts: hosts, demand: Double(demand[resource]) + reserve[resource]))
      }
    }
    self.rows = rows
    numbers = Self.numbers(problem)
  }

  private static func numbers(_ problem: Problem) -> [Number] {
    let candidates = problem.candidates
    var least: [HostSet: Int] = [:]
    for group in problem.fleet.antiAffinities where group.isHard && group.scope == .host {
      let blocks = Set(group.members.map { problem.blockOfVM[$0] })
      for set in Set(blocks.map { candidates.setOfBlock[$0] }).sorted() {
        let hosts = candidates.sets[set]
        guard !hosts.isEmpty, hosts.count < problem.fleet.hosts.count else { continue }
        let bound = blocks.filter { block in
          isSubset(candidates.sets[candidates.setOfBlock[block]], of: hosts)
            && candidates.remainsAt[block].map(hosts.contains) ?? true
        }
        guard bound.count > 1 else { continue }
        let needed = bound.count + failures(problem, hosts: hosts)
        least[hosts] = min(hosts.count, max(least[hosts] ?? 0, needed))
      }
    }
    return least.map { Number(hosts: $0.key, least: $0.value) }
      .sorted { $0.hosts.members.lexicographicallyPrecedes($1.hosts.members) }
  }

  /// How many hosts may fail in clusters that hold all of some hosts.
  private static func failures(_ problem: Problem, hosts: HostSet) -> Int {
    problem.fleet.failovers.filter { demand in
      demand.isHard && hosts.members.allSatisfy(demand.hosts.contains)
    }.map(\.failures).max() ?? 0
  }

  /// The demand bound to each different set of hosts, that of all hosts first.
  private static func demands(_ problem: Problem) -> [(hosts: HostSet, demand: Amounts)] {
    let candidates = problem.candidates
    let all = HostSet(universe: problem.fleet.hosts.count, full: true)
    let total = problem.demand.reduce(Amounts.zero, +)
    var ofSet = [Amounts](repeating: .zero, count: candidates.sets.count)
    for block in problem.blocks.indices {
      let set = candidates.setOfBlock[block]
      if let home = candidates.remainsAt[block], !candidates.sets[set].contains(home) { continue }
      ofSet[set] += problem.demand[block]
    }
    var demands = [(hosts: all, demand: total)]
    let order = ofSet.indices.filter { ofSet[$0] != .zero }
      .sorted { (ofSet[$1][.memory], $0) < (ofSet[$0][.memory], $1) }.prefix(setLimit)
    for index in order where candidates.sets[index].count < all.count {
      let set = candidates.sets[index]
      let inside = ofSet.indices.reduce(Amounts.zero) { sum, other in
        isSubset(candidates.sets[other], of: set) ? sum + ofSet[other] : sum
      }
      demands.append((set, inside))
    }
    return demands
  }

  private static func isSubset(_ small: HostSet, of large: HostSet) -> Bool {
    var rest = small
    rest.subtract(large)
    return rest.isEmpty
  }

  /// The capacity of what may fail together in the guarded clusters within a set of hosts.
  private static func reserve(_ problem: Problem, hosts: HostSet) -> LoadVector {
    var reserve = LoadVector.zero
    for demand in problem.fleet.failovers where demand.isHard && demand.hosts.contains(where: hosts.contains)
    {
      let units = demand.units.map { unit in
        unit.filter { problem.fleet.targets.contains($0) && hosts.contains($0) }
      }
      for resource in Resource.allCases {
        let sizes = units.map { unit in unit.reduce(0) { $0 + Double(problem.limits[$1][resource]) } }
          .filter { $0 < Double(Fleet.noLimit) }
        reserve[resource] += sizes.sorted(by: >).prefix(demand.failures).reduce(0, +)
      }
    }
    return reserve
  }
}
