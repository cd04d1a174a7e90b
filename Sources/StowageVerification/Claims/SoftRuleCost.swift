import StowageModel

/// What soft rules cost that are broken at the end: the sum of weight times breaches.
///
/// Breaches are counted rule by rule, as the guide *Soft rules* says.
struct SoftRuleCost {
  /// The cost; `nil` when the inventory has no soft rule that counts.
  let value: Double?

  init(_ rulebook: Rulebook, end: RestState) {
    let soft = rulebook.entries.filter { !$0.isHard && Self.counts($0.meaning) }
    let residents = soft.isEmpty ? [] : end.residents
    value =
      soft.isEmpty
      ? nil : soft.reduce(0) { $0 + $1.weight * Double(Self.breaches(of: $1.meaning, end, residents)) }
  }

  /// Whether failures are covered is a question that may stay undecided; soft ones are reported only.
  private static func counts(_ meaning: Rulebook.Meaning) -> Bool {
    switch meaning {
    case .failover, .maxMoves, .moveBudget, .before, .serialize, .inStep, .concurrency, .technique,
      .deadline, .window, .blackout:
      false
    case .together, .apart, .onlyOn, .neverOn, .stay, .drain, .spread, .preferOn, .noNew, .keepOn, .dedicated,
      .groupCap:
      true
    }
  }

  private static func breaches(of meaning: Rulebook.Meaning, _ end: RestState, _ residents: [[Int]]) -> Int {
    switch meaning {
    case .together(let group):
      let counts = counts(group, end)
      return counts.reduce(0, +) - (counts.max() ?? 0)
    case .apart(let group): return excess(counts(group, end), over: 1)
    case .spread(let group, let least, let most):
      let counts = counts(group, end)
      let missing = counts.isEmpty ? 0 : max(0, (least ?? 0) - counts.count)
      return missing + (most.map { excess(counts, over: $0) } ?? 0)
    case .onlyOn(let binding), .preferOn(let binding):
      return binding.members.filter { !(end.hostOf[$0].map(binding.hosts.contains) ?? true) }.count
    case .neverOn(let binding):
      return binding.members.filter { end.hostOf[$0].map(binding.hosts.contains) ?? false }.count
    case .stay(let members): return members.filter { end.hostOf[$0] != end.roster.startHost[$0] }.count
    case .drain(let hosts): return hosts.reduce(0) { $0 + residents[$1].count }
    case .noNew(let hosts):
      return hosts.reduce(0) { sum, host in
        sum + residents[host].filter { end.roster.startHost[$0] != host }.count
      }
    case .keepOn(let hosts):
      return hosts.filter { end.roster.hosts[$0].state == .online && !end.isOn[$0] }.count
    case .dedicated(let members):
      let members = Set(members)
      return residents.reduce(0) { sum, vms in
        let own = vms.filter(members.contains).count
        return sum + min(own, vms.count - own)
      }
    case .groupCap(let cap): return GroupCapCheck(rule: "", cap: cap).atRest(end).count
    case .failover, .maxMoves, .moveBudget, .before, .serialize, .inStep, .concurrency, .technique,
      .deadline, .window, .blackout:
      return 0
    }
  }

  /// Members by place, for places that hold any.
  private static func counts(_ group: Rulebook.Group, _ end: RestState) -> [Int] {
    var counts: [Int: Int] = [:]
    for vm in group.members {
      if let host = end.hostOf[vm] { counts[group.places.ofHost[host], default: 0] += 1 }
    }
    return Array(counts.values)
  }

  private static func excess(_ counts: [Int], over most: Int) -> Int {
    counts.reduce(0) { $0 + max(0, $1 - most) }
  }
}
