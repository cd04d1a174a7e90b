public import StowageModel

/// The rules of an inventory with their members by index.
struct Rulebook: Sendable {
  /// VMs that a rule keeps together or apart over places.
  struct Group: Sendable {
    let members: [Int]
    let scope: Scope
    let places: Places
  }

  /// VMs that a rule binds to hosts or bars from them.
  struct Binding: Sendable {
    let members: [Int]
    let hosts: Set<Int>
  }

  /// A limit on a total over hosts.
  struct Cap: Sendable {
    /// Whose demands count.
    let members: [Int]
    let hosts: Set<Int>
    let resource: Resource
    /// In the unit of the resource.
    let limit: Int64
  }

  /// A limit on moves at once.
  struct Crowd: Sendable {
    /// Whose moves count.
    let members: Set<Int>
    let place: MovesAtOnce.Place
    /// At which hosts, where hosts are counted.
    let hosts: Set<Int>
    /// On which links, by position, with their names, where links are counted.
    let links: [Int: String]
    let most: Int
  }

  /// One rule.
  struct Entry: Sendable {
    let id: Rule.ID
    let isHard: Bool
    /// What a breach costs when it is soft.
    let weight: Double
    let meaning: Meaning
  }

  /// What a rule asks, resolved.
  enum Meaning: Sendable {
    case together(Group)
    case apart(Group)
    case onlyOn(Binding)
    case neverOn(Binding)
    case stay([Int])
    case drain([Int])
    case failover(GuardedClusters)
    case spread(Group, atLeast: Int?, atMost: Int?)
    case preferOn(Binding)
    case noNew([Int])
    case keepOn([Int])
    case dedicated([Int])
    case groupCap(Cap)
    /// Of the members, or of all.
    case maxMoves([Int]?, Int)
    case moveBudget([Int]?, mib: Double)
    case before(first: Set<Int>, then: Set<Int>)
    case serialize(Set<Int>)
    case inStep(Set<Int>)
    case concurrency(Crowd)
    case technique(Set<Int>, TechniqueLimit)
    case deadline(Set<Int>, Deadline.Due)
    case window(Set<Int>, Hours)
    case blackout(Set<Int>, Hours)
  }

  /// All rules in the order of the inventory.
  let entries: [Entry]
  /// Why a host must end empty, for those that must.
  let drained: [Int: DrainCause]
  /// Hosts that hard rules let take nobody in.
  let closed: Set<Int>
  /// Hosts that hard rules keep powered and that are on at the start.
  let keptOn: Set<Int>
  /// What talks to what.
  let dependents: Dependents

  init(_ inventory: Inventory, roster: Roster, request: PlanOptions? = nil) {
    let reader = RuleReader(roster: roster, links: inventory.links)
    let drainedByRequest = request?.hosts ?? []
    let written = inventory.rules.map(reader.entry)
    let dependents = Dependents(inventory, roster)
    self.dependents = dependents
    entries = written + (request.map { RequestedSites($0).entries(roster, rules: written, dependents) } ?? [])
    var drained: [Int: DrainCause] = [:]
    for host in drainedByRequest.compactMap({ roster.hostIndex[$0] }) { drained[host] = .request }
    for entry in entries where entry.isHard {
      guard case .drain(let hosts) = entry.meaning else { continue }
      for host in hosts { drained[host] = .rule(entry.id) }
    }
    self.drained = drained
    var closed: Set<Int> = []
    var keptOn: Set<Int> = []
    for entry in entries where entry.isHard {
      if case .noNew(let hosts) = entry.meaning { closed.formUnion(hosts) }
      if case .keepOn(let hosts) = entry.meaning { keptOn.formUnion(hosts) }
    }
    self.closed = closed
    self.keptOn = keptOn.filter { roster.hosts[$0].state == .online }
  }

  /// The rules that must hold.
  var hard: [Entry] { entries.filter(\.isHard) }

  /// Hard rules that bind a VM to hosts or bar it, by VM: position in ``entries``.
  func bindingsByVM(count: Int) -> [[Int]] {
    var bindings = [[Int]](repeating: [], count: count)
    for (position, entry) in entries.enumerated() where entry.isHard {
      switch entry.meaning {
      case .onlyOn(let binding), .neverOn(let binding):
        for vm in binding.members { bindings[vm].append(position) }
      case .together, .apart, .stay, .drain, .failover, .spread, .preferOn, .noNew, .keepOn, .dedicated,
        .groupCap, .maxMoves, .moveBudget, .before, .serialize, .inStep, .concurrency,
        .technique, .deadline, .window, .blackout:
        break
      }
    }
    return bindings
  }

  /// Whether hard rules that bind VMs to hosts or bar them, by position in ``entries``, leave a host open.
  func bindings(_ positions: [Int], permit host: Int) -> Bool {
    positions.allSatisfy { position in
      switch entries[position].meaning {
      case .onlyOn(let binding): binding.hosts.contains(host)
      case .neverOn(let binding): !binding.hosts.contains(host)
      case .together, .apart, .stay, .drain, .failover, .spread, .preferOn, .noNew, .keepOn, .dedicated,
        .groupCap, .maxMoves, .moveBudget, .before, .serialize, .inStep, .concurrency,
        .technique, .deadline, .window, .blackout:
        true
      }
    }
  }
}

/// Who asked for a host to end empty.
public enum DrainCause: Hashable, Sendable {
  /// A rule of the inventory.
  case rule(Rule.ID)
  /// The request that the plan answers.
  case request
}

/// Resolves selections of rules.
private struct RuleReader {
  let roster: Roster
  private let vms: Members
  private let hosts: Members
  private let places: [Scope: Places]
  private let links: [Link]

  init(roster: Roster, links: [Link]) {
    self.roster = roster
    self.links = links
    vms = Members(vms: roster.vms)
    hosts = Members(hosts: roster.hosts)
    let all = roster.hosts
    places = Dictionary(uniqueKeysWithValues: Scope.allCases.map { ($0, Places($0, hosts: all)) })
  }

  func entry(_ rule: Rule) -> Rulebook.Entry {
    Rulebook.Entry(
      id: rule.id, isHard: rule.isHard, weight: rule.weight, meaning: meaning(rule.requirement))
  }

  private func meaning(_ requirement: Requirement) -> Rulebook.Meaning {
    switch requirement {
    case .affinity(let rule): .together(group(rule.vms, rule.scope))
    case .antiAffinity(let rule): .apart(group(rule.vms, rule.scope))
    case .onlyOn(let rule): .onlyOn(binding(rule.vms, rule.hosts))
    case .neverOn(let rule): .neverOn(binding(rule.vms, rule.hosts))
    case .stay(let rule): .stay(placed(rule.vms))
    case .drain(let rule): .drain(hosts.of(rule.hosts))
    case .failover(let rule): .failover(GuardedClusters(rule, selected: hosts.of(rule.hosts), roster: roster))
    case .spread(let rule):
      .spread(group(rule.vms, rule.scope), atLeast: rule.minDomains, atMost: rule.maxPerDomain)
    case .preferOn(let rule): .preferOn(binding(rule.vms, rule.hosts))
    case .noNew(let rule): .noNew(hosts.of(rule.hosts))
    case .keepOn(let rule): .keepOn(hosts.of(rule.hosts))
    case .dedicated(let rule): .dedicated(placed(rule.vms))
    case .groupCap(let rule):
      .groupCap(
        Rulebook.Cap(
          members: placed(rule.vms), hosts: Set(hosts.of(rule.hosts)), resource: rule.resource,
          limit: rule.limitInUnits))
    case .maxMoves(let rule): .maxMoves(movers(rule.vms), rule.limit)
    case .moveBudget(let rule): .moveBudget(movers(rule.vms), mib: rule.limitMiB)
    case .before(let rule): .before(first: Set(placed(rule.vms)), then: Set(placed(rule.then)))
    case .serialize(let rule): .serialize(Set(placed(rule.vms)))
    case .together(let rule): .inStep(Set(placed(rule.vms)))
    case .concurrency(let rule): .concurrency(crowd(rule))
    case .technique(let rule): .technique(Set(placed(rule.vms)), rule)
    case .deadline(let rule): .deadline(Set(placed(rule.vms)), rule.due)
    case .window(let rule): .window(Set(placed(rule.vms)), rule.hours)
    case .blackout(let rule): .blackout(Set(placed(rule.vms)), rule.hours)
    }
  }

  private func crowd(_ rule: MovesAtOnce) -> Rulebook.Crowd {
    var counted: [Int: String] = [:]
    for (index, link) in links.enumerated() {
      let id = link.id.rawValue
      if rule.links.isEmpty || rule.links.contains(where: { $0.matches(id) }) { counted[index] = id }
    }
    return Rulebook.Crowd(
      members: Set(placed(rule.vms)), place: rule.place, hosts: Set(hosts.of(rule.hosts)), links: counted,
      most: rule.limit)
  }

  private func movers(_ selection: Selection) -> [Int]? {
    selection.isUnspecified ? nil : placed(selection)
  }

  private func group(_ selection: Selection, _ scope: Scope) -> Rulebook.Group {
    Rulebook.Group(
      members: placed(selection), scope: scope,
      places: places[scope] ?? Places(scope, hosts: roster.hosts))
  }

  private func binding(_ members: Selection, _ selection: Selection) -> Rulebook.Binding {
    Rulebook.Binding(members: placed(members), hosts: Set(hosts.of(selection)))
  }

  /// VMs without a host take no part in any rule.
  private func placed(_ selection: Selection) -> [Int] {
    vms.of(selection).filter { roster.startHost[$0] != nil }
  }
}
