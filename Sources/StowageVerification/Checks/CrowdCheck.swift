import StowageModel

/// No host, rack, cluster or site holds more members than may be: one of an anti-affinity, some number
/// of a spread.
struct CrowdCheck {
  let rule: Rule.ID
  let group: Rulebook.Group
  let most: Int
  let isSpread: Bool

  /// Members of an anti-affinity, of which no place holds two.
  init(antiAffinity rule: Rule.ID, _ group: Rulebook.Group) {
    (self.rule, self.group, most, isSpread) = (rule, group, 1, false)
  }

  /// Members of a spread, of which no place holds more than `most`.
  init(spread rule: Rule.ID, _ group: Rulebook.Group, atMost most: Int) {
    (self.rule, self.group, self.most, isSpread) = (rule, group, most, true)
  }

  /// Places that hold too many at rest.
  func atRest(_ state: RestState) -> [RuleFact] {
    places(state.hostOf).filter { $0.members.count > most }
      .map { fact($0.place, $0.members, atMost: most, state.roster) }
  }

  /// Members by place, for places that hold any.
  private func places(_ hostOf: [Int?]) -> [(place: Int, members: [Int])] {
    var members: [Int: [Int]] = [:]
    for vm in group.members {
      guard let host = hostOf[vm] else { continue }
      members[group.places.ofHost[host], default: []].append(vm)
    }
    return members.sorted { $0.key < $1.key }.map { (place: $0.key, members: $0.value) }
  }

  /// At every instant no place holds more members than at the start, or than may be; a member on its
  /// way counts at both ends, but within one place only once.
  func onTheWay(_ replay: Replay) -> [Finding] {
    guard group.members.contains(where: { replay.movementsOfVM[$0] != nil }) else { return [] }
    let atStart = Dictionary(
      uniqueKeysWithValues: places(replay.roster.startHost).map { ($0.place, $0.members) })
    var charges: [Int: [Charge]] = [:]
    for vm in group.members {
      for charge in replay.chargesOfVM[vm] ?? [] {
        charges[group.places.ofHost[charge.host], default: []].append(charge)
      }
    }
    return charges.flatMap { place, charges in
      sweep(place, charges, atStart: atStart[place] ?? [], replay.roster)
    }
  }

  private func sweep(_ place: Int, _ charges: [Charge], atStart: [Int], _ roster: Roster) -> [Finding] {
    let most = max(most, atStart.count)
    var steps: [(instant: Double, vm: Int, change: Int)] = []
    for charge in charges {
      if charge.from.isFinite { steps.append((charge.from, charge.vm, 1)) }
      if charge.until.isFinite { steps.append((charge.until, charge.vm, -1)) }
    }
    steps.sort { $0.instant < $1.instant }
    var counts = Dictionary(uniqueKeysWithValues: atStart.map { ($0, 1) })
    var isBroken = false
    var findings: [Finding] = []
    for (index, step) in steps.enumerated() {
      let count = counts[step.vm, default: 0] + step.change
      counts[step.vm] = count == 0 ? nil : count
      if index + 1 < steps.count, steps[index + 1].instant == step.instant { continue }
      let isAbove = counts.count > most
      if isAbove, !isBroken {
        let fact = fact(place, counts.keys.sorted(), atMost: most, roster)
        findings.append(Finding(at: step.instant, .rule(rule), .rule(fact)))
      }
      isBroken = isAbove
    }
    return findings
  }

  /// Places that are as crowded at the end as at the start; worse ones are found on the way.
  func stillBroken(_ replay: Replay, _ end: RestState) -> [Finding] {
    let atStart = Dictionary(
      uniqueKeysWithValues: places(replay.roster.startHost).map { ($0.place, $0.members.count) })
    return places(end.hostOf)
      .filter { $0.members.count > most && $0.members.count <= atStart[$0.place] ?? most }
      .map {
        let fact = fact($0.place, $0.members, atMost: most, replay.roster)
        return Finding(at: replay.lastEnd, .rule(rule), .rule(fact))
      }
  }

  private func fact(_ place: Int, _ members: [Int], atMost: Int, _ roster: Roster) -> RuleFact {
    let (name, ids) = (group.places.names[place], members.map { roster.vms[$0].id })
    return isSpread
      ? .crowded(rule, group.scope, place: name, members: ids, atMost: atMost)
      : .together(rule, group.scope, place: name, members: ids, atMost: atMost)
  }
}
