import StowageModel

/// Members of an `only_on` run on its hosts, and enter no others, not even on the way.
struct OnlyOnCheck {
  let rule: Rule.ID
  let binding: Rulebook.Binding

  func atRest(_ state: RestState) -> [RuleFact] {
    binding.members.compactMap { vm in
      guard let host = state.hostOf[vm], !binding.hosts.contains(host) else { return nil }
      return .outside(rule, state.roster.vms[vm].id, state.roster.hosts[host].id)
    }
  }

  func findings(_ replay: Replay) -> [Finding] {
    let roster = replay.roster
    return binding.members.flatMap { vm in
      replay.visits(of: vm).filter { !binding.hosts.contains($0.host) }.map { visit in
        let fact = RuleFact.outside(rule, roster.vms[vm].id, roster.hosts[visit.host].id)
        return Finding(at: visit.instant, .rule(rule), .rule(fact))
      }
    }
  }
}
