import StowageModel

/// Whether `spread`, `dedicated`, `group_cap` and `failover` hold when a site has failed and its VMs have restarted elsewhere.
///
/// The fleet after each failure is laid out: who ran at other sites, and who restarts. What is broken without the restarts is not
/// theirs. Whether a cluster survives further failures is asked by the judge of plans, and what it cannot tell within its limits is no finding.
struct RestartRuleCheck {
  private let book: CopyBook
  private let roster: Roster
  private let rulebook: Rulebook
  private let checks: RuleChecks

  init(_ book: CopyBook, inventory: Inventory, roster: Roster) {
    self.book = book
    self.roster = roster
    rulebook = Rulebook(inventory, roster: roster)
    checks = RuleChecks(roster: roster, rulebook: rulebook, eligibility: Eligibility(roster))
  }

  func run() -> [RecoveryFact] {
    let running = book.copies.filter { roster.vms[$0.vm].powerState == .on }
    let failures = Dictionary(grouping: running) { $0.replica.fromSite }
    return failures.sorted { $0.key < $1.key }.flatMap { failing, copies in
      rulebook.hard.flatMap { entry in
        facts(entry, failing, copies).map { .rule(entry.id, failing: failing, $0) }
      }
    }
  }

  private func facts(_ entry: Rulebook.Entry, _ failing: String, _ copies: [CopyBook.Copy]) -> [String] {
    switch entry.meaning {
    case .dedicated, .groupCap: break
    case .spread(let group, let least, _):
      guard copies.contains(where: { group.members.contains($0.vm) }) else { return [] }
      if let broken = least.flatMap({ bunched(group, atLeast: $0, failing, copies) }) { return [broken] }
    case .failover(let guarded): return lost(entry.id, guarded, failing, copies)
    default: return []
    }
    let before = Set(placed(entry, state(failing, [])))
    return placed(entry, state(failing, copies)).filter { !before.contains($0) }
      .map(\.sentence)
  }

  /// What is broken at rest, the least number of places of a spread apart.
  private func placed(_ entry: Rulebook.Entry, _ state: RestState) -> [RuleFact] {
    guard case .spread(let group, _, let most) = entry.meaning else { return checks.atRest(entry, state) }
    return most.map { CrowdCheck(spread: entry.id, group, atMost: $0).atRest(state) } ?? []
  }

  /// Members lie in as many places as are asked, as far as there are so many of either, or none that restarts shares its place.
  private func bunched(
    _ group: Rulebook.Group, atLeast least: Int, _ failing: String, _ copies: [CopyBook.Copy]
  ) -> String? {
    let after = state(failing, copies)
    let present = group.members.compactMap { after.hostOf[$0] }
    let open = roster.hosts.indices.filter { host in
      roster.hosts[host].site != failing && roster.hosts[host].isUsableAsTarget
        && rulebook.drained[host] == nil && !rulebook.closed.contains(host)
    }
    let places = Set((open + present).map { group.places.ofHost[$0] }).count
    let wanted = min(least, places, present.count)
    let counts = Dictionary(grouping: present) { group.places.ofHost[$0] }.mapValues(\.count)
    let used = counts.count
    let isShared = copies.contains { copy in
      group.members.contains(copy.vm) && counts[group.places.ofHost[copy.host], default: 0] > 1
    }
    guard isShared else { return nil }
    return used < wanted
      ? "its VMs would be in \(used) places, and \(wanted) are asked" : nil
  }

  private func lost(
    _ rule: Rule.ID, _ guarded: GuardedClusters, _ failing: String, _ copies: [CopyBook.Copy]
  ) -> [String] {
    let check = FailoverCheck(rule: rule, guarded: guarded, questions: checks.questions, apart: checks.apart)
    func losses(_ copies: [CopyBook.Copy]) -> [String: (count: Int, sentence: String)] {
      var losses: [String: (Int, String)] = [:]
      for fact in check.atRest(state(failing, copies)) {
        if case .failover(_, let loss) = fact { losses[loss.cluster ?? ""] = (loss.count, fact.sentence) }
      }
      return losses
    }
    let after = losses(copies)
    guard !after.isEmpty else { return [] }
    let before = losses([])
    return after.sorted { $0.key < $1.key }.filter { $0.value.count > before[$0.key]?.count ?? 0 }
      .map(\.value.sentence)
  }

  /// The fleet after a failure, with those who have restarted.
  private func state(_ failing: String, _ copies: [CopyBook.Copy]) -> RestState {
    var hostOf = roster.startHost.map { host in
      host.flatMap { roster.hosts[$0].site == failing ? nil : $0 }
    }
    for copy in copies { hostOf[copy.vm] = copy.host }
    let start = RestState.start(roster)
    return RestState(
      roster: roster, hostOf: hostOf,
      isOn: roster.hosts.indices.map { start.isOn[$0] && roster.hosts[$0].site != failing })
  }
}
