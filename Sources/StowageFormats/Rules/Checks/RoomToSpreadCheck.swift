import StowageDiagnostics
import StowageModel

/// Reports hard anti-affinity and spread rules with more VMs than there are places for them, or that
/// ask for more places than there are.
struct RoomToSpreadCheck {
  let resolution: RuleResolution
  let confinements: Confinements

  /// Checks one rule.
  func check(_ rule: ResolvedRule, into log: inout DiagnosticLog) {
    guard rule.rule.isHard else { return }
    if case .spread(let spread) = rule.rule.requirement { check(rule, spread, into: &log) }
    guard case .antiAffinity(let antiAffinity) = rule.rule.requirement, rule.vms.count > 1 else { return }
    let reachable = reachable(rule.vms)
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

  private func check(_ rule: ResolvedRule, _ spread: Spread, into log: inout DiagnosticLog) {
    guard !rule.vms.isEmpty else { return }
    let scope = spread.scope.rawValue
    if let least = spread.minDomains, least > rule.vms.count {
      log.report(
        .ruleContradiction, .error, at: rule.place,
        "\(rule.name) wants VMs in at least \(least) \(scope)s and selects only \(rule.vms.count) that have a host",
        remedy: "lower 'min_domains', or select more VMs")
      return
    }
    let each = spread.maxPerDomain ?? rule.vms.count
    let needed = max(spread.minDomains ?? 1, (rule.vms.count + each - 1) / each)
    let places = places(of: reachable(rule.vms), spread.scope, atMost: needed)
    guard places < needed else { return }
    let others = confining(rule.vms)
    let because = others.isEmpty ? "" : " to which \(others.joined(separator: ", ")) confines them"
    log.report(
      .ruleContradiction, .error, at: rule.place,
      "\(rule.name) needs at least \(needed) \(scope)s for its \(rule.vms.count) VMs, and there are only "
        + "\(places)\(because)",
      remedy: "lower 'min_domains', raise 'max_per_domain', allow more hosts, or make the rule soft")
  }

  /// The hosts that any of the VMs may be on.
  private func reachable(_ vms: [Int]) -> HostBits {
    vms.reduce(HostBits(none: confinements.hostCount)) { $0.union(confinements.allowed($1)) }
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
