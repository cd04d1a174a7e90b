import StowageModel

/// Members of a spread lie in enough hosts, racks, clusters or sites.
///
/// How many one place may hold is the matter of ``CrowdCheck``.
struct SpreadCheck {
  let rule: Rule.ID
  let group: Rulebook.Group
  let least: Int

  func atRest(_ state: RestState) -> [RuleFact] {
    let places = places(state.hostOf)
    guard !places.isEmpty, places.count < least else { return [] }
    return [fact(places, atLeast: least)]
  }

  private func places(_ hostOf: [Int?]) -> Set<Int> {
    Set(group.members.compactMap { hostOf[$0] }.map { group.places.ofHost[$0] })
  }

  private func fact(_ places: Set<Int>, atLeast: Int) -> RuleFact {
    .bunched(rule, group.scope, places: places.sorted().map { group.places.names[$0] }, atLeast: atLeast)
  }

  /// At every instant members lie in no fewer places than at the start, or than they must. A member
  /// lies where it comes from until its move has ended, and where it goes from its start.
  func onTheWay(_ replay: Replay) -> [Finding] {
    let atStart = places(replay.roster.startHost)
    let floor = min(least, atStart.count)
    var counts: [Int: Int] = [:]
    for host in group.members.compactMap({ replay.roster.startHost[$0] }) {
      counts[group.places.ofHost[host], default: 0] += 1
    }
    var steps: [(instant: Double, place: Int, change: Int)] = []
    for vm in group.members {
      for index in replay.movementsOfVM[vm] ?? [] {
        let movement = replay.movements[index]
        steps.append((movement.start, group.places.ofHost[movement.to], 1))
        steps.append((movement.end, group.places.ofHost[movement.from], -1))
      }
    }
    steps.sort { $0.instant < $1.instant }
    var isBroken = false
    var findings: [Finding] = []
    for (index, step) in steps.enumerated() {
      counts[step.place, default: 0] += step.change
      if index + 1 < steps.count, steps[index + 1].instant == step.instant { continue }
      let held = Set(counts.filter { $0.value > 0 }.keys)
      if held.count < floor, !isBroken {
        findings.append(Finding(at: step.instant, .rule(rule), .rule(fact(held, atLeast: floor))))
      }
      isBroken = held.count < floor
    }
    return findings
  }

  /// Too few places at the end, though no fewer than at the start; fewer are found on the way.
  func stillBroken(_ replay: Replay, _ end: RestState) -> [Finding] {
    let floor = min(least, places(replay.roster.startHost).count)
    guard places(end.hostOf).count >= floor else { return [] }
    return atRest(end).map { Finding(at: replay.lastEnd, .rule(rule), .rule($0)) }
  }
}
