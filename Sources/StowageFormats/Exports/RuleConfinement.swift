import StowageModel

/// Keeps the rules of one part of a joined inventory to the VMs, hosts and links of that part.
///
/// What a rule names is renamed with it. A pattern, a label or "all" would select things of other parts too,
/// of which whoever wrote the rule knew nothing: it is replaced by the names that it selects in its own part.
struct RuleConfinement {
  private let vms: [(id: String, new: String, labels: [String: String])]
  private let hosts: [(id: String, new: String, labels: [String: String])]
  private let links: [(id: String, new: String)]
  private let renaming: InventoryRenaming

  /// For the rules of a part as it is before it is renamed.
  init(_ part: Inventory, _ renaming: InventoryRenaming) {
    self.renaming = renaming
    let repeated = renaming.repeated
    vms = part.vms.map { ($0.id.rawValue, renaming.new($0.id.rawValue, repeated.vms), $0.labels) }
    hosts = part.hosts.map { ($0.id.rawValue, renaming.new($0.id.rawValue, repeated.hosts), $0.labels) }
    links = part.links.map { ($0.id.rawValue, renaming.new($0.id.rawValue, repeated.links)) }
  }

  func confined(_ requirement: Requirement) -> Requirement {
    switch requirement {
    case .affinity(let rule): .affinity(with(rule, \.vms))
    case .antiAffinity(let rule): .antiAffinity(with(rule, \.vms))
    case .onlyOn(let rule): .onlyOn(with(with(rule, \.vms), hosts: \.hosts))
    case .neverOn(let rule): .neverOn(with(with(rule, \.vms), hosts: \.hosts))
    case .preferOn(let rule): .preferOn(with(with(rule, \.vms), hosts: \.hosts))
    case .stay(let rule): .stay(with(rule, \.vms))
    case .drain(let rule): .drain(with(rule, hosts: \.hosts))
    case .failover(let rule): .failover(with(rule, hosts: \.hosts))
    case .spread(let rule): .spread(with(rule, \.vms))
    case .noNew(let rule): .noNew(with(rule, hosts: \.hosts))
    case .keepOn(let rule): .keepOn(with(rule, hosts: \.hosts))
    case .dedicated(let rule): .dedicated(with(rule, \.vms))
    case .groupCap(let rule): .groupCap(with(with(rule, \.vms), hosts: \.hosts))
    case .maxMoves(let rule): .maxMoves(with(rule, \.vms))
    case .moveBudget(let rule): .moveBudget(with(rule, \.vms))
    case .before(let rule): .before(with(with(rule, \.vms), \.then))
    case .serialize(let rule): .serialize(with(rule, \.vms))
    case .together(let rule): .together(with(rule, \.vms))
    case .concurrency(let rule): .concurrency(atOnce(rule))
    case .technique(let rule): .technique(with(rule, \.vms))
    case .deadline(let rule): .deadline(with(rule, \.vms))
    case .window(let rule): .window(with(rule, \.vms))
    case .blackout(let rule): .blackout(with(rule, \.vms))
    }
  }

  private func with<Rule>(_ rule: Rule, _ vms: WritableKeyPath<Rule, Selection>) -> Rule {
    var rule = rule
    rule[keyPath: vms] = confined(rule[keyPath: vms], self.vms, renaming.repeated.vms)
    return rule
  }

  private func with<Rule>(_ rule: Rule, hosts: WritableKeyPath<Rule, Selection>) -> Rule {
    var rule = rule
    rule[keyPath: hosts] = confined(rule[keyPath: hosts], self.hosts, renaming.repeated.hosts)
    return rule
  }

  private func atOnce(_ rule: MovesAtOnce) -> MovesAtOnce {
    var rule = with(rule, \.vms)
    if rule.place.isOfHosts { rule = with(rule, hosts: \.hosts) }
    guard rule.place == .link else { return rule }
    if rule.links.allSatisfy(\.isLiteral), !rule.links.isEmpty {
      rule.links = rule.links.map { Glob(renaming.new($0.pattern, renaming.repeated.links)) }
    } else {
      let own = links.filter { link in rule.links.isEmpty || rule.links.contains { $0.matches(link.id) } }
      if !own.isEmpty { rule.links = own.map { Glob($0.new) } }
    }
    return rule
  }

  private func confined(
    _ selection: Selection, _ own: [(id: String, new: String, labels: [String: String])],
    _ repeated: Set<String>
  ) -> Selection {
    if !selection.globs.isEmpty, selection.globs.allSatisfy(\.isLiteral) {
      return Selection(
        globs: selection.globs.map { Glob(renaming.new($0.pattern, repeated)) }, labels: selection.labels)
    }
    let selected = own.filter { selection.includes(id: $0.id, labels: $0.labels) }
    // One that selects nobody here is left for the check of rules to say so.
    guard !selected.isEmpty else { return selection }
    return Selection(globs: selected.map { Glob($0.new) }, labels: selection.labels)
  }
}
