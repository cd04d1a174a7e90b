import StowageModel

/// Members of an affinity run together in one host, rack, cluster or site.
///
/// Between the first start and the last end of the group's moves they may be apart; before that
/// they are as at the start. So what is left to judge is where they are after their last move.
struct AffinityCheck {
  let rule: Rule.ID
  let group: Rulebook.Group

  func atRest(_ state: RestState) -> [RuleFact] {
    let placed = group.members.filter { state.hostOf[$0] != nil }
    let places = Set(placed.compactMap { state.hostOf[$0] }.map { group.places.ofHost[$0] }).sorted()
    guard places.count > 1 else { return [] }
    return [
      .apart(
        rule, group.scope, places: places.map { group.places.names[$0] },
        members: placed.map { state.roster.vms[$0].id })
    ]
  }

  func findings(_ replay: Replay, _ end: RestState) -> [Finding] {
    let lastMove = group.members.flatMap { replay.movementsOfVM[$0] ?? [] }
      .map { replay.movements[$0].end }.max()
    return atRest(end).map { Finding(at: lastMove ?? replay.lastEnd, .rule(rule), .rule($0)) }
  }
}
