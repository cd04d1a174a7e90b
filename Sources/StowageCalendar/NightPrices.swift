import LinearOptimization

/// Looks for prices of groups that prove most nights.
///
/// - Given: a ``NightBound`` and a number of nights that is to be ruled out.
/// - Decides: how often each known choice of groups is made on nights of each kind.
/// - Minimises: the groups that are left without a night.
/// - Subject to: each group once; each kind of night as often as there are such.
/// - Reads back: prices of groups from the duals. Choices are added as long as one is worth more than its night.
struct NightPrices {
  /// Parts of a group in which prices are counted.
  private static let scale = 100_000.0
  /// Rounds at most. Chosen: what is ruled out at all is ruled out long before.
  private static let rounds = 400

  let bound: NightBound
  let solver: any Solver

  /// Prices and the fewest nights that they do not rule out; sought until that is `target`, on from what is known.
  func best(
    target: Int, from known: (prices: [Int], nights: Int)? = nil
  ) throws(SolverFailure) -> (prices: [Int], nights: Int) {
    var best = known ?? (prices: [Int](repeating: 0, count: bound.groups.count), nights: 1)
    if best.nights >= target { return best }
    for prices in simple where known == nil {
      let nights = bound.nights(at: prices)
      if nights > best.nights { best = (prices, nights) }
      if best.nights >= target { return best }
    }
    while best.nights < target {
      guard let prices = try refined(against: best.nights) else { return best }
      let nights = bound.nights(at: prices)
      guard nights > best.nights else { return best }
      best = (prices, nights)
    }
    return best
  }

  /// Prices that need no program: by VMs, by number, by time, those that exclude each other, and the one that must wait longest.
  private var simple: [[Int]] {
    let groups = bound.groups
    let half = bound.mostVMs.map { most in groups.map { 2 * $0.vms > most ? 1 : 0 } } ?? []
    let firsts = groups.map { group in
      (0..<bound.nights).first { bound.usable[group.calendar][$0] >= max(group.least, 1) } ?? 0
    }
    let last = firsts.indices.max { firsts[$0] < firsts[$1] }
    return [
      groups.map(\.vms), groups.map { _ in 1 }, groups.map { Int($0.work) },
      groups.indices.map { $0 == last ? 1 : 0 },
    ] + (half.isEmpty ? [] : [half])
  }

  /// Prices at which groups are worth more than so many nights offer; `nil` when there are none, or none was found.
  private func refined(against nights: Int) throws(SolverFailure) -> [Int]? {
    var counts: [NightBound.Kind: Int] = [:]
    var kinds: [NightBound.Kind] = []
    var pilot: NightBound.Kind?
    for night in 0..<nights {
      let kind = bound.kind(of: night)
      if bound.pilotVMs != nil, pilot == nil {
        if !kind.open.isEmpty { pilot = kind }
        continue
      }
      if counts[kind] == nil { kinds.append(kind) }
      counts[kind, default: 0] += 1
    }
    let whole = bound.mostVMs
    var offers = kinds.map { (kind: $0, count: counts[$0] ?? 0, vms: whole) }
    if let pilot { offers.append((pilot, 1, [bound.pilotVMs, whole].compactMap(\.self).min())) }
    var program = LinearProgram()
    let rows = bound.groups.map { _ in program.appendRow(bounds: .atLeast(1)) }
    let limits = offers.map { program.appendRow(bounds: .atMost(Double($0.count))) }
    for row in rows { program.appendColumn(cost: 1, coefficients: [(row, 1)]) }
    let session = try solver.makeSession(program)
    for _ in 0..<Self.rounds {
      guard let (value, prices, worth) = try relaxed(session, rows, limits) else { return nil }
      if value < 1e-6 { return nil }
      var gains = false
      var most = 0.0
      for (position, offer) in offers.enumerated() {
        let choice = bound.best(offer.kind, prices, vms: offer.vms)
        most += Double(choice.value) * Double(offer.count)
        guard Double(choice.value) > worth[position] * Self.scale + 2 else { continue }
        gains = true
        session.appendColumn(
          cost: 0, coefficients: choice.groups.map { (rows[$0], 1) } + [(limits[position], 1)])
      }
      if !gains || Double(prices.reduce(0, +)) > most { return prices }
    }
    return nil
  }

  private func relaxed(
    _ session: any LinearSession, _ rows: [LinearProgram.Row], _ limits: [LinearProgram.Row]
  ) throws(SolverFailure) -> (value: Double, prices: [Int], worth: [Double])? {
    guard case .optimal(let solution) = try session.soundRelaxation(), let duals = solution.duals else {
      return nil
    }
    return (
      solution.objective,
      rows.map { Int((max(0, min(1, duals.rows[$0.index])) * Self.scale).rounded(.down)) },
      limits.map { max(0, -duals.rows[$0.index]) }
    )
  }
}
