import StowageModel

/// What soft rules cost in a placement, counted from the inventory with none of the planner's tables.
///
/// Knows the kinds of soft rules that ``SmallFleets`` makes.
struct SoftCost {
  let inventory: Inventory

  /// The sum of weight times breaches.
  func total(_ placement: [VM.ID: Host.ID]) -> Double {
    inventory.rules.reduce(0) { $0 + $1.weight * Double(breaches($1, placement)) }
  }

  private func breaches(_ rule: Rule, _ placement: [VM.ID: Host.ID]) -> Int {
    if case .preferOn(let wish) = rule.requirement {
      return hosts(of: wish.vms, placement).count { !wish.hosts.includes($0) }
    }
    guard !rule.isHard else { return 0 }
    switch rule.requirement {
    case .affinity(let group):
      let counts = counts(group.vms, group.scope, placement)
      return counts.reduce(0, +) - (counts.max() ?? 0)
    case .antiAffinity(let group):
      return counts(group.vms, group.scope, placement).reduce(0) { $0 + $1 - 1 }
    case .spread(let spread):
      let counts = counts(spread.vms, spread.scope, placement)
      let excess = counts.reduce(0) { $0 + max(0, $1 - (spread.maxPerDomain ?? .max)) }
      return excess + max(0, (spread.minDomains ?? 0) - counts.count)
    case .dedicated(let own):
      return inventory.hosts.reduce(0) { sum, host in
        let there = inventory.vms.filter { placement[$0.id] == host.id }
        let theirs = there.count { own.vms.includes($0) }
        return sum + min(theirs, there.count - theirs)
      }
    default: preconditionFailure("a kind of soft rule that is not counted here")
    }
  }

  private func hosts(of selection: Selection, _ placement: [VM.ID: Host.ID]) -> [Host] {
    inventory.vms.filter { selection.includes($0) }.compactMap { vm in
      inventory.hosts.first { $0.id == placement[vm.id] }
    }
  }

  /// Members in each domain that holds any.
  private func counts(_ selection: Selection, _ scope: Scope, _ placement: [VM.ID: Host.ID]) -> [Int] {
    let names = hosts(of: selection, placement).map { $0.domain(scope) ?? "host \($0.id)" }
    return Dictionary(grouping: names) { $0 }.values.map(\.count)
  }
}
