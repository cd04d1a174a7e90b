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
      let atEnd = atRest(entry, end) + onMoves(entry, replay)
      if atEnd.contains(where: { $0.code != .undecided }) { broken += 1 }
      findings += self.findings(entry, replay, end, atEnd: atEnd)
    }
    return (findings, broken)
  }

  /// What a rule finds broken while nothing moves.
  func atRest(_ entry: Rulebook.Entry, _ state: RestState) -> [RuleFact] {
    switch entry.meaning {
    case .together(let group): AffinityCheck(rule: entry.id, group: group).atRest(state)
    case .apart(let group): CrowdCheck(antiAffinity: entry.id, group).atRest(state)
    case .onlyOn(let binding): OnlyOnCheck(rule: entry.id, binding: binding).atRest(state)
    case .neverOn(let binding): NeverOnCheck(rule: entry.id, binding: binding).atRest(state)
    case .stay(let members): StayCheck(rule: entry.id, members: members).atRest(state)
    case .drain(let hosts):
      DrainCheck.atRest(Dictionary(uniqueKeysWithValues: hosts.map { ($0, .rule(entry.id)) }), state)
    case .failover(let guarded): failover(entry.id, guarded).atRest(state)
    case .spread(let group, let least, let most):
      (least.map { SpreadCheck(rule: entry.id, group: group, least: $0).atRest(state) } ?? [])
        + (most.map { CrowdCheck(spread: entry.id, group, atMost: $0).atRest(state) } ?? [])
    case .preferOn(let binding): OnlyOnCheck(rule: entry.id, binding: binding).atRest(state)
    case .noNew(let hosts): NoNewCheck(rule: entry.id, hosts: hosts).atRest(state)
    case .keepOn(let hosts): KeepOnCheck(rule: entry.id, hosts: hosts).atRest(state)
    case .dedicated(let members): DedicatedCheck(rule: entry.id, members: members).atRest(state)
    case .groupCap(let cap): GroupCapCheck(rule: entry.id, cap: cap).atRest(state)
    // These speak of moves only.
    case .maxMoves, .moveBudget, .before, .serialize, .inStep, .concurrency, .technique, .deadline, .window,
      .blackout:
      []
    }
  }

  /// What a rule finds in the moves as a whole.
  private func onMoves(_ entry: Rulebook.Entry, _ replay: Replay) -> [RuleFact] {
    switch entry.meaning {
    case .maxMoves(let members, let limit):
      MoveLimitCheck(rule: entry.id, members: members).count(replay, atMost: limit)
    case .moveBudget(let members, let limit):
      MoveLimitCheck(rule: entry.id, members: members).memory(replay, atMostMiB: limit)
    default: []
    }
  }

  private func findings(
    _ entry: Rulebook.Entry, _ replay: Replay, _ end: RestState, atEnd: [RuleFact]
  ) -> [Finding] {
    switch entry.meaning {
    case .together(let group): return AffinityCheck(rule: entry.id, group: group).findings(replay, end)
    case .apart(let group):
      let check = CrowdCheck(antiAffinity: entry.id, group)
      return check.onTheWay(replay) + check.stillBroken(replay, end)
    case .onlyOn(let binding): return OnlyOnCheck(rule: entry.id, binding: binding).findings(replay)
    case .neverOn(let binding): return NeverOnCheck(rule: entry.id, binding: binding).findings(replay)
    case .stay(let members): return StayCheck(rule: entry.id, members: members).findings(replay)
    // Drained hosts are looked at together, whoever asked for it.
    case .drain: return []
    case .failover(let guarded):
      return failover(entry.id, guarded).onTheWay(replay)
        + atEnd.map { Finding(at: replay.lastEnd, .rule(entry.id), .rule($0)) }
    case .spread(let group, let least, let most):
      let crowds = most.map { CrowdCheck(spread: entry.id, group, atMost: $0) }
      let places = least.map { SpreadCheck(rule: entry.id, group: group, least: $0) }
      return (crowds.map { $0.onTheWay(replay) + $0.stillBroken(replay, end) } ?? [])
        + (places.map { $0.onTheWay(replay) + $0.stillBroken(replay, end) } ?? [])
    case .preferOn: return []
    case .noNew(let hosts): return NoNewCheck(rule: entry.id, hosts: hosts).findings(replay)
    case .keepOn(let hosts): return KeepOnCheck(rule: entry.id, hosts: hosts).findings(replay, end)
    case .dedicated(let members):
      let check = DedicatedCheck(rule: entry.id, members: members)
      return check.onTheWay(replay) + check.stillBroken(replay, end)
    case .groupCap(let cap):
      let check = GroupCapCheck(rule: entry.id, cap: cap)
      return check.onTheWay(replay) + check.stillBroken(replay, end)
    // Looked at by the checks of time.
    case .before, .serialize, .inStep, .concurrency, .technique, .deadline, .window, .blackout: return []
    case .maxMoves, .moveBudget: return atEnd.map { Finding(.rule(entry.id), .rule($0)) }
    }
  }

  private func failover(_ rule: Rule.ID, _ guarded: GuardedClusters) -> FailoverCheck {
    FailoverCheck(rule: rule, guarded: guarded, questions: questions, apart: apart)
  }
}
