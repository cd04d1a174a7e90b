import StowageModel

/// What a request for other sites asks, as rules: whom it takes is on the sites' hosts at the end, and nobody
/// else moves.
struct RequestedSites {
  let options: PlanOptions

  init(_ options: PlanOptions) {
    self.options = options
  }

  func entries(_ roster: Roster, rules: [Rulebook.Entry], _ dependents: Dependents) -> [Rulebook.Entry] {
    guard !options.sites.isEmpty else { return [] }
    let taken = taken(roster, rules, dependents)
    let hosts = roster.hosts.indices.filter {
      roster.hosts[$0].domain(.site).map(options.sites.contains) ?? false
    }
    let placed = roster.vms.indices.filter { roster.startHost[$0] != nil }
    return [
      Rulebook.Entry(
        id: Rule.ID("--to"), isHard: true, weight: 1,
        meaning: .onlyOn(Rulebook.Binding(members: placed.filter(taken.contains), hosts: Set(hosts)))),
      Rulebook.Entry(
        id: Rule.ID("--vms"), isHard: true, weight: 1, meaning: .stay(placed.filter { !taken.contains($0) })),
    ]
  }

  /// Whom the request names, and everybody in one application, hard affinity or hard dependency with them, and so on.
  private func taken(_ roster: Roster, _ rules: [Rulebook.Entry], _ dependents: Dependents) -> Set<Int> {
    let globs = options.vms.map(Glob.init)
    var taken = Set(
      roster.vms.indices.filter { vm in
        roster.startHost[vm] != nil
          && (globs.isEmpty || globs.contains { $0.matches(roster.vms[vm].id.rawValue) })
      })
    var groups: [Set<Int>] = rules.compactMap { entry in
      if entry.isHard, case .together(let group) = entry.meaning { Set(group.members) } else { nil }
    }
    var apps: [String: Set<Int>] = [:]
    for vm in roster.vms.indices where roster.startHost[vm] != nil {
      if let app = roster.vms[vm].app { apps[app, default: []].insert(vm) }
    }
    groups += apps.values
    groups += dependents.tied.map(Set.init)
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for group in groups where !group.isDisjoint(with: taken) && !group.isSubset(of: taken) {
        taken.formUnion(group)
        isGrowing = true
      }
    }
    return taken
  }
}
