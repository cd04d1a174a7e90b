import StowageDiagnostics
import StowageModel

/// Reports hard anti-affinity rules with more VMs than there are places for them.
struct RoomToSpreadCheck {
  let resolution: RuleResolution
  let confinements: Confinements

  /// Checks one rule.
  func check(_ rule: ResolvedRule, into log: inout DiagnosticLog) {
    guard rule.rule.isHard, case .antiAffinity(let antiAffinity) = rule.rule.requirement, rule.vms.count > 1
    else { return }
    let reachable = rule.vms.reduce(HostBits(none: confinements.hostCount)) {
      $0.union(confinements.allowed($1))
    }
    let places = places(of: reachable, antiAffinity.scope, atMost: rule.vms.count)
    guard places < rule.vms.count else { return }
    let others = confining(rule.vms)
    let because = others.isEmpty ? "" : " to which \(others.joined(separator: ", ")) confines them"
    log.report(
      .ruleContradiction, .error, at: rule.place,
      "\(rule.name) wants \(rule.vms.count) VMs, among them "
        + "\(Diagnostic.quoted(resolution.inventory.vms[rule.vms[0]].id.rawValue)), on different "
        + "\(antiAffinity.scope.rawValue)s, and there are only \(places)\(because)",
      remedy: "take \(rule.vms.count - places) VMs out of the rule, allow more hosts, or make the rule soft")
  }

  /// How many members an anti-affinity over `scope` can have on these hosts: one for each place,
  /// and one for each host that is in no such place. Counting ends at `limit`, which nearly every rule
  /// reaches after a few hosts, however large the fleet is.
  private func places(of hosts: HostBits, _ scope: Scope, atMost limit: Int) -> Int {
    var named: Set<String> = []
    var alone = 0
    for position in resolution.inventory.hosts.indices where hosts.contains(position) {
      if let place = resolution.inventory.hosts[position].domain(scope) {
        named.insert(place)
      } else {
        alone += 1
      }
      if named.count + alone >= limit { return limit }
    }
    return named.count + alone
  }

  /// The names of all that confines any of the VMs.
  private func confining(_ vms: [Int]) -> [String] {
    Set(vms.flatMap { confinements.all(of: $0).map(\.name) }).sorted()
  }
}
