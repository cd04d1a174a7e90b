import StowageModel

/// Members of a `never_on` do not run on its hosts, and do not enter them, not even on the way.
struct NeverOnCheck {
  let rule: Rule.ID
  let binding: Rulebook.Binding

  func atRest(_ state: RestState) -> [RuleFact] {
    binding.members.compactMap { vm in
      guard let host = state.hostOf[vm], binding.hosts.contains(host) else { return nil }
      return .forbidden(rule, state.roster.vms[vm].id, state.roster.hosts[host].id)
    }
  }

  func findings(_ replay: Replay) -> [Finding] {
    let roster = replay.roster
    return binding.members.flatMap { vm in
      replay.visits(of: vm).filter { binding.hosts.contains($0.host) }.map { visit in
        let fact = RuleFact.forbidden(rule, roster.vms[vm].id, roster.hosts[visit.host].id)
        return Finding(at: visit.instant, .rule(rule), .rule(fact))
      }
    }
  }
}
