import StowageModel

/// Whether the figures of a plan are what its copies come to, and no bound is above its figure.
struct FigureCheck {
  private let book: CopyBook
  private let inventory: Inventory
  private let roster: Roster

  init(_ book: CopyBook, inventory: Inventory, roster: Roster) {
    self.book = book
    self.inventory = inventory
    self.roster = roster
  }

  func run() -> [RecoveryFact] {
    let plan = book.plan
    let copied = Set(book.copies.map(\.vm))
    let left = Double(book.asking.count { !copied.contains($0) })
    var found: [RecoveryFact] = []
    if plan.unprotected.value != left {
      found.append(.figure("VMs without a copy as", stated: plan.unprotected.value, counted: left))
    }
    let traffic = linkTraffic
    if abs(plan.linkTraffic.value - traffic) > 0.01 {
      found.append(.figure("data on links in MiB/s as", stated: plan.linkTraffic.value, counted: traffic))
    }
    for (name, figure) in [("VMs without a copy", plan.unprotected), ("data on links", plan.linkTraffic)]
    where figure.lowerBound > figure.value + 0.01 {
      found.append(.figure("a bound of \(name) of", stated: figure.lowerBound, counted: figure.value))
    }
    let isMet = [plan.unprotected, plan.linkTraffic].allSatisfy { $0.value <= $0.lowerBound + 0.01 }
    if plan.outcome == .optimal, !isMet { found.append(.outcome) }
    return found
  }

  private var linkTraffic: Double {
    var channels = Channels(inventory, roster: roster)
    return book.copies.reduce(0) { sum, copy in
      let path = channels.path(from: copy.home, to: copy.host) ?? []
      let hops = path.count { if case .hop = $0 { true } else { false } }
      return sum + Double(hops) * copy.replica.rateMiBPerSecond
    }
  }
}
