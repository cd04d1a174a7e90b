import StowageModel

/// Hosts of a `no_new` take nobody in.
struct NoNewCheck {
  let rule: Rule.ID
  let hosts: Set<Int>

  init(rule: Rule.ID, hosts: [Int]) {
    self.rule = rule
    self.hosts = Set(hosts)
  }

  /// VMs on the hosts that were elsewhere at the start.
  func atRest(_ state: RestState) -> [RuleFact] {
    let roster = state.roster
    return state.hostOf.enumerated().compactMap { vm, host in
      guard let host, hosts.contains(host), roster.startHost[vm] != host else { return nil }
      return .newcomer(rule, roster.vms[vm].id, roster.hosts[host].id)
    }
  }

  /// Every move to one of the hosts, also of a VM that comes back.
  func findings(_ replay: Replay) -> [Finding] {
    let roster = replay.roster
    return replay.movements.filter { hosts.contains($0.to) }.map { movement in
      let fact = RuleFact.newcomer(rule, roster.vms[movement.vm].id, roster.hosts[movement.to].id)
      return Finding(at: movement.reserved, .rule(rule), .rule(fact))
    }
  }
}
