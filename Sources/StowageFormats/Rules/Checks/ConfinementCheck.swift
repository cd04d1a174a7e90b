import StowageDiagnostics
import StowageModel

/// Reports VMs to which the rules, taken together, leave no host.
struct ConfinementCheck {
  let resolution: RuleResolution
  let confinements: Confinements

  /// Checks every confined VM.
  func check(into log: inout DiagnosticLog) {
    for vm in confinements.ofVM.keys.sorted() where confinements.allowed(vm).isEmpty {
      report(vm, into: &log)
    }
    if confinements.notDrained.isEmpty, confinements.hostCount > 0, let drain = confinements.ofAll.last {
      let names = confinements.ofAll.map(\.name).joined(separator: ", ")
      log.report(
        .ruleContradiction, .error, at: drain.place,
        "\(names): all \(confinements.hostCount) hosts are to end empty",
        remedy: "leave at least one host out of the drains")
    }
  }

  private func report(_ position: Int, into log: inout DiagnosticLog) {
    let all = confinements.all(of: position)
    let vm = "VM \(Diagnostic.quoted(resolution.inventory.vms[position].id.rawValue))"
    let guilty = Self.fewest(all)
    let words = guilty.map { "\($0.name) leaves \(leftWords($0.hosts))" }.joined(separator: "; ")
    let together = guilty.count == 1 ? "" : "; together they leave no host"
    log.report(
      .ruleContradiction, .error, at: guilty.lazy.compactMap(\.place).last,
      "\(vm) can be nowhere: \(words)\(together)",
      remedy: guilty.count == 1
        ? "name at least one host of the inventory there"
        : "drop one of them, take the VM out of one, or make one soft")
  }

  /// A part of the confinements that leaves no host by itself: one or two of them if any do, else
  /// as few as dropping one after the other finds.
  static func fewest(_ all: [Confinement]) -> [Confinement] {
    if let one = all.first(where: { $0.hosts.isEmpty }) { return [one] }
    for (i, first) in all.enumerated() {
      for second in all[(i + 1)...] where first.hosts.intersection(second.hosts).isEmpty {
        return [first, second]
      }
    }
    var kept = all
    for candidate in all.indices.reversed() {
      var rest = kept
      rest.remove(at: candidate)
      guard let start = rest.first?.hosts else { continue }
      if rest.reduce(start, { $0.intersection($1.hosts) }).isEmpty { kept = rest }
    }
    return kept
  }

  /// The hosts left, by name while they are few.
  private func leftWords(_ hosts: HostBits) -> String {
    let positions = hosts.positions
    guard positions.count <= 3 else { return "\(positions.count) of \(confinements.hostCount) hosts" }
    if positions.isEmpty { return "no host" }
    return "only "
      + positions.map { Diagnostic.quoted(resolution.inventory.hosts[$0].id.rawValue) }
      .joined(separator: ", ")
  }
}
