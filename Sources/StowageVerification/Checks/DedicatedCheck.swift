import StowageModel

/// Members of a `dedicated` share hosts with nobody else.
struct DedicatedCheck {
  let rule: Rule.ID
  let members: Set<Int>

  init(rule: Rule.ID, members: [Int]) {
    self.rule = rule
    self.members = Set(members)
  }

  /// Hosts that hold both.
  func atRest(_ state: RestState) -> [RuleFact] {
    state.residents.enumerated().compactMap { host, vms in
      isMixed(vms) ? fact(host, vms, state.roster) : nil
    }
  }

  private func isMixed(_ vms: some Collection<Int>) -> Bool {
    let count = vms.filter(members.contains).count
    return count > 0 && count < vms.count
  }

  private func fact(_ host: Int, _ vms: some Collection<Int>, _ roster: Roster) -> RuleFact {
    let sorted = vms.sorted()
    return .mixed(
      rule, roster.hosts[host].id, members: sorted.filter(members.contains).map { roster.vms[$0].id },
      others: sorted.filter { !members.contains($0) }.map { roster.vms[$0].id })
  }

  /// While a host holds both, it holds no more of either than at the start.
  func onTheWay(_ replay: Replay) -> [Finding] {
    replay.chargesOnHost.indices.flatMap { host -> [Finding] in
      let charges = replay.chargesOnHost[host]
      return charges.isEmpty ? [] : sweep(host, charges, replay.roster)
    }
  }

  private func sweep(_ host: Int, _ charges: [Charge], _ roster: Roster) -> [Finding] {
    var steps: [(instant: Double, vm: Int, change: Int)] = []
    for charge in charges {
      if charge.from.isFinite { steps.append((charge.from, charge.vm, 1)) }
      if charge.until.isFinite { steps.append((charge.until, charge.vm, -1)) }
    }
    steps.sort { $0.instant < $1.instant }
    let start = roster.startResidents[host]
    var present = Dictionary(uniqueKeysWithValues: start.map { ($0, 1) })
    var isBroken = false
    var findings: [Finding] = []
    for (index, step) in steps.enumerated() {
      let count = present[step.vm, default: 0] + step.change
      present[step.vm] = count == 0 ? nil : count
      if index + 1 < steps.count, steps[index + 1].instant == step.instant { continue }
      let isWorse = isWorse(present.keys, than: start)
      if isWorse, !isBroken {
        findings.append(Finding(at: step.instant, .rule(rule), .rule(fact(host, present.keys, roster))))
      }
      isBroken = isWorse
    }
    return findings
  }

  private func isWorse(_ vms: some Collection<Int>, than start: [Int]) -> Bool {
    guard isMixed(vms) else { return false }
    let (now, then) = (vms.filter(members.contains).count, start.filter(members.contains).count)
    return now > then || vms.count - now > start.count - then
  }

  /// Hosts that still hold both at the end, no worse than at the start; worse ones are found on the way.
  func stillBroken(_ replay: Replay, _ end: RestState) -> [Finding] {
    end.residents.enumerated().compactMap { host, vms in
      guard isMixed(vms), !isWorse(vms, than: replay.roster.startResidents[host]) else { return nil }
      return Finding(at: replay.lastEnd, .rule(rule), .rule(fact(host, vms, replay.roster)))
    }
  }
}
