import StowageCosts
import StowageModel

/// Who can move at all, and what every host may hold when a plan has ended.
struct RestLimits {
  /// Whether each VM can move: no hard `stay`, movable, and some technique can move it.
  let canMove: [Bool]
  /// What each host may hold of every resource; `nil` where nothing limits it.
  let limits: [[Int64?]]
  /// What each host may hold by the hour at least, as in ``WeekHours``: what has no other host, or, where a
  /// plan need not mend overloads, what it holds at the start.
  let hourFloors: [[Int64]]

  /// Limits that were found elsewhere.
  init(canMove: [Bool], limits: [[Int64?]], hourFloors: [[Int64]]) {
    self.canMove = canMove
    self.limits = limits
    self.hourFloors = hourFloors
  }

  /// For a repair, capacities, raised where residents that have no other host ask more; for other
  /// goals capacities, or the load at the start if that is more.
  init(
    roster: Roster, rulebook: Rulebook, eligibility: Eligibility, engine: MigrationEngine,
    options: PlanOptions,
    goal: Goal
  ) {
    var stays: Set<Int> = []
    for entry in rulebook.hard {
      if case .stay(let members) = entry.meaning { stays.formUnion(members) }
    }
    let canMove = roster.vms.indices.map { vm in
      if stays.contains(vm) || roster.vms[vm].isMovable == false { return false }
      return Admission.pinned(roster.vms[vm], on: engine.platform) == nil
    }
    self.canMove = canMove
    guard goal == .repair else {
      limits = roster.hosts.indices.map { host in Resource.allCases.map { roster.ceiling(host, $0) } }
      hourFloors = roster.startHours
      return
    }
    let homes = OtherHosts(
      roster: roster, rulebook: rulebook, eligibility: eligibility,
      staysWithinClusters: options.staysWithinClusters)
    let tied = roster.hosts.indices.map { host in
      Self.isOver(roster, host)
        ? roster.startResidents[host].filter {
          homes.mayRemain($0) && (!canMove[$0] || !homes.exist(for: $0))
        } : []
    }
    limits = roster.hosts.indices.map { host in
      let load = tied[host].reduce(Amounts.zero) { $0 + roster.demand[$1] }
      return Resource.allCases.map { resource in
        roster.capacity[host][resource].map { max($0, load[resource]) }
      }
    }
    hourFloors = tied.map { vms in
      vms.reduce(into: HourlyAmounts.nothing(roster)) { $0 += roster.taken(by: $1) }.hours
    }
  }

  /// Whether a host holds more at the start than it offers, in any hour.
  private static func isOver(_ roster: Roster, _ host: Int) -> Bool {
    Resource.allCases.contains { resource in
      roster.capacity[host][resource].map { roster.startLoad[host][resource] > $0 } ?? false
    } || !roster.worstHours(roster.startHours[host]) { roster.capacity(of: host, column: $0) }.isEmpty
  }
}

/// Whether a VM may remain on its host, and whether there is any other, by rules, columns and state.
private struct OtherHosts {
  let roster: Roster
  let rulebook: Rulebook
  let eligibility: Eligibility
  let staysWithinClusters: Bool
  private let bindings: [[Int]]

  init(roster: Roster, rulebook: Rulebook, eligibility: Eligibility, staysWithinClusters: Bool) {
    self.roster = roster
    self.rulebook = rulebook
    self.eligibility = eligibility
    self.staysWithinClusters = staysWithinClusters
    bindings = rulebook.bindingsByVM(count: roster.vms.count)
  }

  func mayRemain(_ vm: Int) -> Bool {
    guard let home = roster.startHost[vm], rulebook.drained[home] == nil, isAllowed(vm, home) else {
      return false
    }
    return !eligibility.objections(to: home, for: vm).contains { $0 == .notAllowed || $0 == .forbidden }
  }

  func exist(for vm: Int) -> Bool {
    guard let home = roster.startHost[vm] else { return false }
    return roster.hosts.indices.contains { host in
      host != home && roster.hosts[host].isUsableAsTarget && rulebook.drained[host] == nil
        && !rulebook.closed.contains(host)
        && isAllowed(vm, host) && eligibility.suits(host, for: vm)
        && (!staysWithinClusters || roster.hosts[host].cluster == roster.hosts[home].cluster)
    }
  }

  private func isAllowed(_ vm: Int, _ host: Int) -> Bool {
    rulebook.bindings(bindings[vm], permit: host)
  }
}
