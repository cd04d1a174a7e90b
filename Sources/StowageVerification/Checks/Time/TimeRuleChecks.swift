import StowageModel

/// Holds the rules about order, time and manner of moves against the moves of a plan.
struct TimeRuleChecks {
  let rulebook: Rulebook
  let journeys: [Journey]
  /// When the plan starts, if it says.
  let start: Instant?

  /// Findings, and how many rules are not kept.
  func run() -> (findings: [Finding], broken: Int) {
    var findings: [Finding] = []
    var broken = 0
    for entry in rulebook.hard {
      let own = self.findings(entry)
      if !own.isEmpty { broken += 1 }
      findings += own
    }
    return (findings, broken)
  }

  private func findings(_ entry: Rulebook.Entry) -> [Finding] {
    switch entry.meaning {
    case .before(let first, let then): BeforeCheck(rule: entry.id, first: first, then: then).run(journeys)
    case .serialize(let members): MovesAtOnceCheck(serialize: entry.id, members).run(journeys)
    case .inStep(let members): TogetherCheck(rule: entry.id, members: members).run(journeys)
    case .concurrency(let crowd): MovesAtOnceCheck(concurrency: entry.id, crowd).run(journeys)
    case .technique(let members, let limit):
      TechniqueLimitCheck(rule: entry.id, members: members, limit: limit).run(journeys)
    case .deadline(let members, let due): calendar(entry, members).due(due, journeys)
    case .window(let members, let hours): calendar(entry, members).within(hours, journeys)
    case .blackout(let members, let hours): calendar(entry, members).clear(of: hours, journeys)
    // What these ask shows in places, not in times.
    case .together, .apart, .onlyOn, .neverOn, .stay, .drain, .failover, .spread, .preferOn, .noNew, .keepOn,
      .dedicated, .groupCap, .maxMoves, .moveBudget:
      []
    }
  }

  private func calendar(_ entry: Rulebook.Entry, _ members: Set<Int>) -> CalendarCheck {
    CalendarCheck(rule: entry.id, members: members, start: start)
  }
}
