import StowageModel

/// Members of a `stay` have no moves.
struct StayCheck {
  let rule: Rule.ID
  let members: [Int]

  func findings(_ replay: Replay) -> [Finding] {
    members.flatMap { vm in
      (replay.movementsOfVM[vm] ?? []).map { replay.movements[$0] }.map { movement in
        let fact = RuleFact.moved(rule, replay.roster.vms[vm].id, movement.id)
        return Finding(at: movement.start, .rule(rule), .rule(fact))
      }
    }
  }

  /// Members that are elsewhere than at the start.
  func atRest(_ state: RestState) -> [RuleFact] {
    let roster = state.roster
    return members.compactMap { vm in
      guard let host = state.hostOf[vm], host != roster.startHost[vm] else { return nil }
      return .elsewhere(rule, roster.vms[vm].id, roster.hosts[host].id)
    }
  }
}
