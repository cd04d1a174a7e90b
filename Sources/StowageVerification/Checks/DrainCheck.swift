import StowageModel

/// Drained hosts take nobody in and end empty, whether a rule or the request drains them.
struct DrainCheck {
  let drained: [Int: DrainCause]

  /// Drained hosts that hold VMs, running or not.
  static func atRest(_ hosts: [Int: DrainCause], _ state: RestState) -> [RuleFact] {
    let residents = state.residents
    return hosts.sorted { $0.key < $1.key }.filter { !residents[$0.key].isEmpty }.map { host, cause in
      .notEmpty(cause, state.roster.hosts[host].id, residents[host].map { state.roster.vms[$0].id })
    }
  }

  func findings(_ replay: Replay, _ end: RestState) -> [Finding] {
    entries(replay)
      + Self.atRest(drained, end).map { Finding(at: replay.lastEnd, subject($0), .rule($0)) }
  }

  private func entries(_ replay: Replay) -> [Finding] {
    replay.movements.compactMap { movement in
      guard let cause = drained[movement.to] else { return nil }
      let fact = RuleFact.entersDrained(
        cause, replay.roster.hosts[movement.to].id, replay.roster.vms[movement.vm].id)
      return Finding(at: movement.reserved, .move(movement.id), .rule(fact))
    }
  }

  private func subject(_ fact: RuleFact) -> Finding.Subject {
    if case .notEmpty(_, let host, _) = fact { .host(host) } else { .plan }
  }
}
