import StowageModel

/// Hosts of a `keep_on` stay powered.
struct KeepOnCheck {
  let rule: Rule.ID
  let hosts: [Int]

  /// Hosts that are on at the start and are not any more.
  func atRest(_ state: RestState) -> [RuleFact] {
    let roster = state.roster
    return hosts.filter { roster.hosts[$0].state == .online && !state.isOn[$0] }
      .map { .switchedOff(rule, roster.hosts[$0].id) }
  }

  func findings(_ replay: Replay, _ end: RestState) -> [Finding] {
    atRest(end).map { Finding(at: replay.lastEnd, .rule(rule), .rule($0)) }
  }
}
