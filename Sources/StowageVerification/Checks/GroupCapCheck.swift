import StowageModel

/// VMs on a set of hosts take no more of a resource in total than a limit.
struct GroupCapCheck {
  let rule: Rule.ID
  let cap: Rulebook.Cap

  func atRest(_ state: RestState) -> [RuleFact] {
    let total = total(state.hostOf, state.roster)
    return total > cap.limit ? [fact(total, cap.limit, state.roster)] : []
  }

  private func total(_ hostOf: [Int?], _ roster: Roster) -> Int64 {
    cap.members.reduce(0) { sum, vm in
      guard let host = hostOf[vm], cap.hosts.contains(host) else { return sum }
      return sum + roster.demand[vm][cap.resource]
    }
  }

  private func fact(_ total: Int64, _ limit: Int64, _ roster: Roster) -> RuleFact {
    .overCap(
      rule, cap.resource, roster.cpu, total: total, limit: limit, isLimitedByStart: limit > cap.limit)
  }

  /// The total is never above the limit, or above what it was at the start. A VM counts once while any
  /// of its ends is in the set.
  func onTheWay(_ replay: Replay) -> [Finding] {
    let roster = replay.roster
    var total = total(roster.startHost, roster)
    let limit = max(cap.limit, total)
    var steps: [(instant: Double, vm: Int, change: Int)] = []
    var counts: [Int: Int] = [:]
    for vm in cap.members {
      guard let charges = replay.chargesOfVM[vm] else { continue }
      for charge in charges where cap.hosts.contains(charge.host) {
        if charge.from.isFinite { steps.append((charge.from, vm, 1)) } else { counts[vm, default: 0] += 1 }
        if charge.until.isFinite { steps.append((charge.until, vm, -1)) }
      }
    }
    steps.sort { $0.instant < $1.instant }
    var isBroken = false
    var findings: [Finding] = []
    for (index, step) in steps.enumerated() {
      let before = counts[step.vm, default: 0]
      counts[step.vm] = before + step.change
      if (before > 0) != (before + step.change > 0) {
        total += (before > 0 ? -1 : 1) * roster.demand[step.vm][cap.resource]
      }
      if index + 1 < steps.count, steps[index + 1].instant == step.instant { continue }
      if total > limit, !isBroken {
        findings.append(Finding(at: step.instant, .rule(rule), .rule(fact(total, limit, roster))))
      }
      isBroken = total > limit
    }
    return findings
  }

  /// Above the limit at the end, though not above the start; more is found on the way.
  func stillBroken(_ replay: Replay, _ end: RestState) -> [Finding] {
    let atStart = total(replay.roster.startHost, replay.roster)
    guard total(end.hostOf, end.roster) <= max(cap.limit, atStart) else { return [] }
    return atRest(end).map { Finding(at: replay.lastEnd, .rule(rule), .rule($0)) }
  }
}
