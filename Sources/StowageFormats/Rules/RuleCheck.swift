public import StowageDiagnostics
public import StowageModel

/// Checks rules against an inventory as far as that needs no search: whom they select, and which
/// of them cannot hold together whatever the placement.
public enum RuleCheck {
  /// All that is wrong with the rules of an inventory. `places` says where each rule was written,
  /// by its id; a rule without a place is reported without one.
  public static func check(_ inventory: Inventory, places: [Rule.ID: SourcePlace] = [:]) -> DiagnosticLog {
    var log = DiagnosticLog()
    guard !inventory.rules.isEmpty || inventory.vms.contains(where: \.isConfined) else { return log }
    let resolution = RuleResolution(inventory)
    let rules = inventory.rules.map { resolution.resolve(PlacedRule(rule: $0, place: places[$0.id])) }
    let selections = SelectionCheck(resolution: resolution)
    for rule in rules { selections.check(rule, into: &log) }
    contradictions(rules, resolution, into: &log)
    return log
  }

  private static func contradictions(
    _ rules: [ResolvedRule], _ resolution: RuleResolution, into log: inout DiagnosticLog
  ) {
    // Rules that select nobody are reported as such; they confine nobody either.
    let meant = rules.filter {
      ($0.rule.requirement.vmSelection == nil || !$0.selectedVMs.isEmpty)
        && ($0.rule.requirement.hostSelection == nil || !$0.hosts.isEmpty)
    }
    let confinements = Confinements(meant, resolution)
    ConfinementCheck(resolution: resolution, confinements: confinements).check(into: &log)
    TogetherApartCheck(resolution).check(meant, into: &log)
    DedicatedCheck(resolution: resolution).check(meant, into: &log)
    InTurnCheck(meant, resolution).check(meant, into: &log)
    let room = RoomToSpreadCheck(resolution: resolution, confinements: confinements)
    let groups = GroupConfinementCheck(resolution: resolution, confinements: confinements)
    for rule in meant {
      room.check(rule, into: &log)
      groups.check(rule, into: &log)
    }
  }
}

extension VM {
  /// Whether its own columns confine it to some hosts.
  fileprivate var isConfined: Bool {
    !allowedHosts.isEmpty || !forbiddenHosts.isEmpty || isMovable == false
  }
}
