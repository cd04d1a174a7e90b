import StowageDiagnostics
import StowageModel

/// Reports hard affinities between hosts that bind a member of a hard `dedicated` rule to a VM outside
/// of it.
struct DedicatedCheck {
  let resolution: RuleResolution

  /// Checks every dedicated rule against every affinity.
  func check(_ rules: [ResolvedRule], into log: inout DiagnosticLog) {
    let hard = rules.filter(\.rule.isHard)
    for alone in hard {
      guard case .dedicated = alone.rule.requirement else { continue }
      let members = Set(alone.vms)
      for together in hard {
        guard case .affinity(let affinity) = together.rule.requirement, affinity.scope == .host,
          let member = together.vms.first(where: members.contains),
          let stranger = together.vms.first(where: { !members.contains($0) })
        else { continue }
        let names = [member, stranger].map { Diagnostic.quoted(resolution.inventory.vms[$0].id.rawValue) }
        log.report(
          .ruleContradiction, .error, at: alone.place ?? together.place,
          "VMs \(names[0]) and \(names[1]) are to share a host by \(together.name), and \(alone.name) lets "
            + "\(names[0]) share with its own members only",
          remedy:
            "add \(names[1]) to \(alone.name), take one of the two out of the other rule, or make one soft")
      }
    }
  }
}
