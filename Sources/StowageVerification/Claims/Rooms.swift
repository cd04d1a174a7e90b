import StowageCosts
import StowageModel

/// What every host may hold when a plan has ended, and who must leave or cannot: the words in which
/// the guide *Proofs* states its bounds.
struct Rooms {
  /// One host.
  struct Room {
    let host: Int
    /// What it may hold of every resource; `nil` where nothing limits it.
    let limits: [Int64?]
  }

  let roster: Roster
  /// Hosts that may hold a VM at the end.
  let rooms: [Room]
  /// Whether each host takes VMs in: it is usable, not drained, and no hard rule closes it.
  let takesIn: [Bool]
  /// Hosts that hold a VM which cannot move or that a hard `keep_on` keeps on, ascending.
  let kept: [Int]
  /// Whether each VM cannot move.
  let cannotMove: [Bool]
  /// For each VM the first of those with which hard affinities over hosts tie it.
  let tied: [Int]
  /// VMs that must leave their host, ascending.
  let mustLeave: [Int]
  /// What all VMs that have a host ask together.
  let totalDemand: Amounts

  init(roster: Roster, rulebook: Rulebook, engine: MigrationEngine) {
    self.roster = roster
    let drained = Set(rulebook.drained.keys)
    let takesIn = roster.hosts.indices.map { host in
      roster.hosts[host].isUsableAsTarget && !drained.contains(host) && !rulebook.closed.contains(host)
    }
    self.takesIn = takesIn
    rooms = roster.hosts.indices.filter { !drained.contains($0) }.compactMap { host in
      Self.room(host, takesIn: takesIn[host], roster)
    }
    let cannotMove = Self.cannotMove(roster, rulebook, engine)
    kept = roster.hosts.indices.filter { host in
      rulebook.keptOn.contains(host) || roster.startResidents[host].contains { cannotMove[$0] }
    }
    self.cannotMove = cannotMove
    tied = Self.tied(roster, rulebook)
    mustLeave = Self.mustLeave(roster, rulebook, drained)
    totalDemand = roster.startLoad.reduce(.zero, +)
  }

  /// What concerns some hosts and some VMs only; who must leave stays with the whole.
  init(_ whole: Rooms, hosts: Set<Int>, vms: [Int]) {
    roster = whole.roster
    takesIn = whole.takesIn
    cannotMove = whole.cannotMove
    tied = whole.tied
    mustLeave = []
    rooms = whole.rooms.filter { hosts.contains($0.host) }
    kept = whole.kept.filter(hosts.contains)
    totalDemand = vms.reduce(.zero) { $0 + whole.roster.demand[$1] }
  }

  /// Its capacity or its load at the start if that is more; of a host that takes nobody in, its
  /// load at the start.
  private static func room(_ host: Int, takesIn: Bool, _ roster: Roster) -> Room? {
    let load = roster.startLoad[host]
    if takesIn {
      return Room(host: host, limits: Resource.allCases.map { roster.ceiling(host, $0) })
    }
    guard !roster.startResidents[host].isEmpty else { return nil }
    return Room(host: host, limits: Resource.allCases.map { load[$0] })
  }

  private static func cannotMove(_ roster: Roster, _ rulebook: Rulebook, _ engine: MigrationEngine) -> [Bool]
  {
    var stays: Set<Int> = []
    for entry in rulebook.hard {
      if case .stay(let members) = entry.meaning { stays.formUnion(members) }
    }
    return roster.vms.indices.map { vm in
      if stays.contains(vm) || roster.vms[vm].isMovable == false { return true }
      return Admission.pinned(roster.vms[vm], on: engine.platform) != nil
    }
  }

  /// Ties run along any number of affinities: every round hands the least number of a group to all of it.
  private static func tied(_ roster: Roster, _ rulebook: Rulebook) -> [Int] {
    let groups = rulebook.hard.compactMap { entry -> [Int]? in
      guard case .together(let group) = entry.meaning, group.scope == .host else { return nil }
      return group.members
    }
    var first = Array(roster.vms.indices)
    var changes = true
    while changes {
      changes = false
      for members in groups {
        guard let least = members.map({ first[$0] }).min() else { continue }
        for member in members where first[member] > least {
          first[member] = least
          changes = true
        }
      }
    }
    return first
  }

  private static func mustLeave(_ roster: Roster, _ rulebook: Rulebook, _ drained: Set<Int>) -> [Int] {
    var leaving = Set(drained.flatMap { roster.startResidents[$0] })
    for entry in rulebook.hard {
      switch entry.meaning {
      case .onlyOn(let binding):
        leaving.formUnion(
          binding.members.filter { roster.startHost[$0].map { !binding.hosts.contains($0) } ?? false })
      case .neverOn(let binding):
        leaving.formUnion(
          binding.members.filter { roster.startHost[$0].map(binding.hosts.contains) ?? false })
      case .together, .apart, .stay, .drain, .failover, .spread, .preferOn, .noNew, .keepOn, .dedicated,
        .groupCap, .maxMoves, .moveBudget, .before, .serialize, .inStep, .concurrency,
        .technique, .deadline, .window, .blackout:
        break
      }
    }
    return leaving.sorted()
  }
}
