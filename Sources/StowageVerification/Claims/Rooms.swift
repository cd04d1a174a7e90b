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
  /// Hosts that hold a VM which cannot move, ascending.
  let kept: [Int]
  /// VMs that must leave their host, ascending.
  let mustLeave: [Int]
  /// What all VMs that have a host ask together.
  let totalDemand: Amounts

  init(roster: Roster, rulebook: Rulebook, engine: MigrationEngine) {
    self.roster = roster
    let drained = Set(rulebook.drained.keys)
    rooms = roster.hosts.indices.filter { !drained.contains($0) }.compactMap { Self.room($0, roster) }
    kept = Self.kept(roster, rulebook, engine)
    mustLeave = Self.mustLeave(roster, rulebook, drained)
    totalDemand = roster.startLoad.reduce(.zero, +)
  }

  /// Its capacity or its load at the start if that is more; of a host that takes nobody in, its
  /// load at the start.
  private static func room(_ host: Int, _ roster: Roster) -> Room? {
    let load = roster.startLoad[host]
    if roster.hosts[host].isUsableAsTarget {
      return Room(host: host, limits: Resource.allCases.map { roster.ceiling(host, $0) })
    }
    guard !roster.startResidents[host].isEmpty else { return nil }
    return Room(host: host, limits: Resource.allCases.map { load[$0] })
  }

  private static func kept(_ roster: Roster, _ rulebook: Rulebook, _ engine: MigrationEngine) -> [Int] {
    var stays: Set<Int> = []
    for entry in rulebook.hard {
      if case .stay(let members) = entry.meaning { stays.formUnion(members) }
    }
    return roster.hosts.indices.filter { host in
      roster.startResidents[host].contains { vm in
        if stays.contains(vm) || roster.vms[vm].isMovable == false { return true }
        if case .pinned = Feasibility.mobility(of: roster.vms[vm], engine: engine) { return true }
        return false
      }
    }
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
      case .together, .apart, .stay, .drain, .failover: break
      }
    }
    return leaving.sorted()
  }
}
