import StowageModel

/// Holds every hard rule against a plan, on the way and at its end.
struct RuleChecks {
  let rulebook: Rulebook
  let questions: FailoverQuestions
  let apart: ApartHosts

  init(roster: Roster, rulebook: Rulebook, eligibility: Eligibility) {
    self.rulebook = rulebook
    apart = ApartHosts(rulebook)
    questions = FailoverQuestions(roster: roster, rulebook: rulebook, eligibility: eligibility, apart: apart)
  }

  /// Findings, and how many hard rules are not kept at the end.
  func run(_ replay: Replay, _ end: RestState) -> (findings: [Finding], brokenAtEnd: Int) {
    var findings = DrainCheck(drained: rulebook.drained).findings(replay, end)
    var broken = 0
    for entry in rulebook.hard {
      let atEnd = atRest(entry, end)
      if atEnd.contains(where: { $0.code != .undecided }) { broken += 1 }
      findings += self.findings(entry, replay, end, atEnd: atEnd)
    }
    return (findings, broken)
  }

  /// What a rule finds broken while nothing moves.
  func atRest(_ entry: Rulebook.Entry, _ state: RestState) -> [RuleFact] {
    switch entry.meaning {
    case .together(let group): AffinityCheck(rule: entry.id, group: group).atRest(state)
    case .apart(let group): AntiAffinityCheck(rule: entry.id, group: group).atRest(state)
    case .onlyOn(let binding): OnlyOnCheck(rule: entry.id, binding: binding).atRest(state)
    case .neverOn(let binding): NeverOnCheck(rule: entry.id, binding: binding).atRest(state)
    case .stay(let members): StayCheck(rule: entry.id, members: members).atRest(state)
    case .drain(let hosts):
      DrainCheck.atRest(Dictionary(uniqueKeysWithValues: hosts.map { ($0, .rule(entry.id)) }), state)
    case .failover(let guarded): failover(entry.id, guarded).atRest(state)
    }
  }

  private func findings(
    _ entry: Rulebook.Entry, _ replay: Replay, _ end: RestState, atEnd: [RuleFact]
  ) -> [Finding] {
    switch entry.meaning {
    case .together(let group): return AffinityCheck(rule: entry.id, group: group).findings(replay, end)
    case .apart(let group):
      let check = AntiAffinityCheck(rule: entry.id, group: group)
      return check.onTheWay(replay) + check.stillBroken(replay, end)
    case .onlyOn(let binding): return OnlyOnCheck(rule: entry.id, binding: binding).findings(replay)
    case .neverOn(let binding): return NeverOnCheck(rule: entry.id, binding: binding).findings(replay)
    case .stay(let members): return StayCheck(rule: entry.id, members: members).findings(replay)
    // Drained hosts are looked at together, whoever asked for it.
    case .drain: return []
    case .failover(let guarded):
      return failover(entry.id, guarded).onTheWay(replay)
        + atEnd.map { Finding(at: replay.lastEnd, .rule(entry.id), .rule($0)) }
    }
  }

  private func failover(_ rule: Rule.ID, _ guarded: GuardedClusters) -> FailoverCheck {
    FailoverCheck(rule: rule, guarded: guarded, questions: questions, apart: apart)
  }
}
