import StowageModel

/// Whether VMs restart in the order that their columns ask for, when the plan says, and in time.
struct RestartCheck {
  private let book: CopyBook
  private let roster: Roster

  init(_ book: CopyBook, roster: Roster) {
    self.book = book
    self.roster = roster
  }

  func run() -> [RecoveryFact] {
    let running = book.copies.filter { roster.vms[$0.vm].powerState == .on }
    let sites = Dictionary(grouping: running) { $0.replica.fromSite }
    return sites.sorted { $0.key < $1.key }.flatMap { _, copies -> [RecoveryFact] in
      let inOrder = copies.sorted { $0.replica.restartOrder < $1.replica.restartOrder }
      return order(inOrder) + times(inOrder)
    }
  }

  private func order(_ copies: [CopyBook.Copy]) -> [RecoveryFact] {
    zip(copies, copies.dropFirst()).compactMap { first, second in
      if first.replica.restartOrder == second.replica.restartOrder {
        return .restart(second.replica.vm, because: "another VM has its place in the order")
      }
      return urgency(second.vm).lexicographicallyPrecedes(urgency(first.vm))
        ? .restart(
          second.replica.vm,
          because: "it comes after VM \(Words.name(first.replica.vm)), which is less urgent") : nil
    }
  }

  /// Priority, objective and tier, small first.
  private func urgency(_ vm: Int) -> [Double] {
    let machine = roster.vms[vm]
    let words = ["highest": 1.0, "high": 2, "medium": 3, "low": 4, "lowest": 5]
    let priority = machine.restartPriority.map { $0.lowercased() } ?? "medium"
    let number = Double(priority).flatMap { $0.isFinite ? $0 : nil }
    let tiers = [
      ["platinum", "critical", "missioncritical", "tier0"], [], ["silver", "tier2", "standard"],
      ["bronze", "tier3", "dev", "development", "test", "batch", "besteffort"],
    ]
    let tier = (machine.tier ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
    return [
      words[priority] ?? number ?? 3, machine.rtoSeconds ?? .infinity,
      Double(tiers.firstIndex { $0.contains(tier) } ?? 1),
    ]
  }

  private func times(_ copies: [CopyBook.Copy]) -> [RecoveryFact] {
    var begun: [Int: Int] = [:]
    let terms = book.plan.terms
    let each = terms.promotionSeconds + terms.bootSeconds
    return copies.compactMap { copy in
      let before = begun[copy.host, default: 0]
      begun[copy.host] = before + 1
      let start = terms.decisionSeconds + each * Double(before / max(1, terms.restartsAtOnce))
      let ready = start + each + terms.networkSeconds
      let (id, replica) = (copy.replica.vm, copy.replica)
      if abs(replica.startSeconds - start) > 0.01 || abs(replica.readySeconds - ready) > 0.01 {
        return .restart(
          id,
          because:
            "it serves after \(Words.seconds(ready)), and the plan says \(Words.seconds(replica.readySeconds))"
        )
      }
      guard let objective = roster.vms[copy.vm].rtoSeconds, ready > objective + 0.01 else { return nil }
      return .restart(
        id, because: "it serves after \(Words.seconds(ready)), and \(Words.seconds(objective)) are asked")
    }
  }
}
