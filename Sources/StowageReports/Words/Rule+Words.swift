import StowageModel

extension Rule {
  /// What the rule asks, as a sentence without a full stop.
  var meaning: String {
    switch requirement {
    case .affinity(let rule): "\(rule.vms.words(of: "VMs")) run together in one \(rule.scope.rawValue)"
    case .antiAffinity(let rule): "\(rule.vms.words(of: "VMs")) run in different \(rule.scope.rawValue)s"
    case .onlyOn(let rule): "\(rule.vms.words(of: "VMs")) run only on \(rule.hosts.words(of: "hosts"))"
    case .neverOn(let rule): "\(rule.vms.words(of: "VMs")) never run on \(rule.hosts.words(of: "hosts"))"
    case .stay(let rule): "\(rule.vms.words(of: "VMs")) do not move"
    case .drain(let rule): "\(rule.hosts.words(of: "hosts")) end empty"
    case .failover(let rule):
      "whatever \(rule.failures == 1 ? rule.scope.rawValue : "\(rule.failures) \(rule.scope.rawValue)s") fail"
        + "\(rule.failures == 1 ? "s" : ""), the VMs fit on the rest of the cluster"
    }
  }
}

extension Selection {
  /// The selection in words, at most three patterns long: `VMs db-1, db-2 and 4 more`.
  func words(of things: String) -> String {
    if isUnspecified { return "all \(things)" }
    let patterns = globs.map(\.pattern) + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let shown = patterns.prefix(3).map { VisibleText.name($0) }.joined(separator: ", ")
    let rest = patterns.count - 3
    return "\(things) \(shown)" + (rest > 0 ? " and \(Units.count(rest)) more" : "")
  }
}
