import StowageDiagnostics
import StowageModel

/// Reports groups that a hard affinity wants on one host although other rules leave them none in
/// common.
struct GroupConfinementCheck {
  let resolution: RuleResolution
  let confinements: Confinements

  /// Checks one rule.
  func check(_ rule: ResolvedRule, into log: inout DiagnosticLog) {
    guard rule.rule.isHard, case .affinity(let affinity) = rule.rule.requirement, affinity.scope == .host
    else {
      return
    }
    // A VM to which nothing is left by itself is already reported.
    let members = rule.vms.filter { confinements.ofVM[$0] != nil && !confinements.allowed($0).isEmpty }
    guard let clash = firstClash(members) else { return }
    let names = [clash.0, clash.1].map { member in
      let vm = Diagnostic.quoted(resolution.inventory.vms[member].id.rawValue)
      let confining = confinements.all(of: member).map(\.name).joined(separator: " and ")
      return "\(vm) is confined by \(confining)"
    }
    log.report(
      .ruleContradiction, .error, at: rule.place,
      "\(rule.name) wants VMs on one host that cannot share one: \(names[0]), \(names[1])",
      remedy: "take one of the VMs out of one of the rules, or make one rule soft")
  }

  /// Two members to which no common host is left.
  private func firstClash(_ members: [Int]) -> (Int, Int)? {
    // Members confined alike need to be looked at once; there are few kinds.
    var kinds: [(hosts: HostBits, member: Int)] = []
    var seen: Set<HostBits> = []
    for member in members {
      let hosts = confinements.allowed(member)
      guard seen.insert(hosts).inserted else { continue }
      if let other = kinds.first(where: { $0.hosts.intersection(hosts).isEmpty }) {
        return (other.member, member)
      }
      kinds.append((hosts, member))
    }
    return nil
  }
}
