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
    found += proofs(left)
    let isMet = [plan.unprotected, plan.linkTraffic].allSatisfy { $0.value <= $0.lowerBound + 0.01 }
    if plan.outcome == .optimal, !isMet { found.append(.outcome) }
    return found
  }

  /// Bounds that are proved by prices are what the prices prove, at the most; those of the program are on trust.
  private func proofs(_ left: Double) -> [RecoveryFact] {
    let plan = book.plan
    var found: [RecoveryFact] = []
    for (name, figure) in [("VMs without a copy", plan.unprotected), ("data on links", plan.linkTraffic)]
    where figure.proof == .trivial && figure.lowerBound > 0 {
      found.append(.figure("a bound of \(name) of", stated: figure.lowerBound, counted: 0))
    }
    guard plan.unprotected.proof == .prices || plan.linkTraffic.proof == .prices else { return found }
    var bound = CopyPriceBound(book, inventory: inventory, roster: roster)
    if plan.unprotected.proof == .prices {
      let proved = (bound.unprotected(plan.unprotected.prices) - 1e-6).rounded(.up)
      if !(plan.unprotected.lowerBound <= proved) {
        found.append(
          .figure("a bound of VMs without a copy of", stated: plan.unprotected.lowerBound, counted: proved))
      }
    }
    if plan.linkTraffic.proof == .prices {
      // Prices say what it takes to protect all who can be protected: no less than the plan does.
      let proved = left <= bound.hopeless ? bound.traffic(plan.linkTraffic.prices) : 0
      if !(plan.linkTraffic.lowerBound <= proved + 0.01) {
        found.append(
          .figure("a bound of data on links of", stated: plan.linkTraffic.lowerBound, counted: proved))
      }
    }
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
