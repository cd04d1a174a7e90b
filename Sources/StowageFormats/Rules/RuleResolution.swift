import StowageDiagnostics
import StowageModel

/// An inventory prepared for finding what rules select in it.
///
/// Plain ids are looked up; only globs and labels walk over the whole inventory.
struct RuleResolution {
  /// The inventory.
  let inventory: Inventory
  /// Position of each host by its id.
  let hostPositions: [String: Int]
  private let vmPositions: [String: Int]

  /// Indexes an inventory.
  init(_ inventory: Inventory) {
    self.inventory = inventory
    hostPositions = Dictionary(
      inventory.hosts.indices.map { (inventory.hosts[$0].id.rawValue, $0) },
      uniquingKeysWith: { first, _ in first })
    vmPositions = Dictionary(
      inventory.vms.indices.map { (inventory.vms[$0].id.rawValue, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A rule with all that it selects.
  func resolve(_ placed: PlacedRule) -> ResolvedRule {
    let selected = placed.rule.requirement.vmSelection.map(vms) ?? []
    return ResolvedRule(
      rule: placed.rule, place: placed.place,
      vms: selected.filter { hostPosition(ofVM: $0) != nil },
      selectedVMs: selected,
      otherVMs: placed.rule.requirement.otherVMSelection.map(vms) ?? [],
      hosts: placed.rule.requirement.hostSelection.map(hosts) ?? [])
  }

  /// The position of the host on which a VM is; `nil` when it has none that the inventory knows.
  func hostPosition(ofVM position: Int) -> Int? {
    inventory.vms[position].host.flatMap { hostPositions[$0.rawValue] }
  }

  /// The VMs of a selection, as ascending positions.
  func vms(_ selection: Selection) -> [Int] {
    if let literal = literals(selection, in: vmPositions) {
      return literal.filter { selection.labels.isEmpty || selection.includes(inventory.vms[$0]) }
    }
    return inventory.vms.indices.filter { selection.includes(inventory.vms[$0]) }
  }

  /// The hosts of a selection, as ascending positions.
  func hosts(_ selection: Selection) -> [Int] {
    if let literal = literals(selection, in: hostPositions) {
      return literal.filter { selection.labels.isEmpty || selection.includes(inventory.hosts[$0]) }
    }
    return inventory.hosts.indices.filter { selection.includes(inventory.hosts[$0]) }
  }

  /// The host with this id or, for a glob, the hosts that match it.
  func hosts(matching pattern: String) -> [Int] {
    hosts(Selection([pattern]))
  }

  /// Whether a glob, taken alone, matches any VM.
  func matchesAnyVM(_ glob: Glob) -> Bool {
    glob.isLiteral
      ? vmPositions[glob.pattern] != nil : inventory.vms.contains { glob.matches($0.id.rawValue) }
  }

  /// Whether a glob, taken alone, matches any host.
  func matchesAnyHost(_ glob: Glob) -> Bool {
    glob.isLiteral
      ? hostPositions[glob.pattern] != nil : inventory.hosts.contains { glob.matches($0.id.rawValue) }
  }

  /// The positions of a selection that names plain ids only; `nil` when it has globs or takes all.
  private func literals(_ selection: Selection, in positions: [String: Int]) -> [Int]? {
    guard !selection.globs.isEmpty, selection.globs.allSatisfy(\.isLiteral) else { return nil }
    return Set(selection.globs.compactMap { positions[$0.pattern] }).sorted()
  }
}
