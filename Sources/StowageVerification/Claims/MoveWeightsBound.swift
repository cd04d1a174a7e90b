import StowageModel

/// The bound on moves that weights for sizes of VMs prove.
///
/// Every VM weighs as much as the heaviest size that it is no smaller than. Whatever the plan, what
/// enters hosts weighs as much as what leaves them and what must leave for good; a host gains, at
/// most, the best weight that can enter it less a move for each that enters and less the weight of
/// those that leave for it. What must leave weighs, less all hosts' best gains: no plan has fewer
/// moves.
///
/// Sizes enter as they are. A table counts them in cells, of which it gives them no more than they take: it says
/// at once what cannot be better than what is known, and the rest is looked at closely (``EnteringSizes``).
struct MoveWeightsBound {
  let roster: Roster
  let rulebook: Rulebook
  let limits: RestLimits
  let mustLeave: [Int]

  /// Cells of one table, and steps for one host, beyond which nothing is said.
  private static let mostCells = 1 << 20
  private static let mostSteps = 20_000_000

  /// Parts of a move; `nil` when that could not be settled within the limits.
  ///
  /// Weights that are no weights prove nothing, 0; where a host cannot end legally at all no plan
  /// exists, and this one is rejected for it.
  func total(_ weights: Certificate.MoveWeights) -> Int? {
    guard let terms = Terms(weights) else { return 0 }
    var groups = [[Int]](repeating: [], count: roster.vms.count)
    for (position, entry) in rulebook.entries.enumerated() where entry.isHard {
      guard case .apart(let group) = entry.meaning, group.scope == .host, group.members.count > 1 else {
        continue
      }
      for vm in group.members { groups[vm].append(position) }
    }
    let isLeaving = Set(mustLeave)
    let weight = roster.vms.indices.map { limits.canMove[$0] ? terms.weight(of: roster.demand[$0]) : 0 }
    var sum = mustLeave.reduce(0) { $0 + weight[$1] }
    let open = roster.hosts.indices.filter { rulebook.drained[$0] == nil }
    let axes = terms.resources.indices
    let largest = axes.map { axis in
      open.filter(takesIn).map { terms.cells(limits.limits[$0], axis) }.max() ?? 0
    }
    var cells = 1
    for length in largest {
      guard length < Self.mostCells else { return nil }
      cells *= length + 1
      guard cells <= Self.mostCells else { return nil }
    }
    guard let knapsack = Knapsack(terms, lengths: largest) else { return 0 }
    let entering = EnteringSizes(
      terms.sizes.filter { $0.weight > terms.scale }.map { ($0.amounts, $0.weight - terms.scale) })
    for host in open {
      let residents = roster.startResidents[host].filter { !isLeaving.contains($0) }
      var gain = HostGain(
        terms: terms, knapsack: takesIn(host) ? knapsack : nil, sizes: entering,
        limits: limits.limits[host],
        residents: residents.filter { limits.canMove[$0] }
          .map { .init(demand: roster.demand[$0], weight: weight[$0], groups: groups[$0]) },
        fixed: residents.filter { !limits.canMove[$0] }
          .map { .init(demand: roster.demand[$0], weight: 0, groups: groups[$0]) },
        steps: Self.mostSteps)
      let best = gain.best()
      guard gain.isSettled else { return nil }
      guard let best else { return .max }
      sum -= best
    }
    return max(0, sum)
  }

  private func takesIn(_ host: Int) -> Bool {
    roster.hosts[host].isUsableAsTarget && !rulebook.closed.contains(host)
  }

  /// The weights, checked.
  fileprivate struct Terms {
    let scale: Int
    let resources: [Resource]
    let units: [Int64]
    let sizes: [Certificate.MoveWeights.Size]

    init?(_ weights: Certificate.MoveWeights) {
      let axes = weights.resources.count
      guard (1...1_000_000_000).contains(weights.scale), axes == 2 || axes == 3,
        Set(weights.resources).count == axes, weights.cells.count == axes,
        weights.cells.allSatisfy({ $0 >= 1 }), weights.sizes.count <= 10_000,
        weights.sizes.allSatisfy({ size in
          size.amounts.count == axes && size.amounts.allSatisfy { $0 >= 0 && $0 < .max / 4 }
            && (0...1_000_000_000).contains(size.weight)
        })
      else { return nil }
      scale = weights.scale
      resources = weights.resources
      units = weights.cells
      sizes = weights.sizes
    }

    func weight(of demand: Amounts) -> Int {
      sizes.lazy.filter { size in zip(size.amounts, resources).allSatisfy { $0 <= demand[$1] } }
        .map(\.weight).max() ?? 0
    }

    /// Whole cells of one of the resources in what a host may hold. Where nothing limits it and no
    /// size takes a cell, none is as good as many.
    func cells(_ limits: [Int64?], _ axis: Int) -> Int {
      guard let limit = limits[resources[axis].index] else {
        return sizes.allSatisfy { $0.amounts[axis] < units[axis] } ? 0 : .max / 2
      }
      return Int(max(0, limit) / units[axis])
    }
  }
}

/// The best that can enter, by cells of room.
private struct Knapsack {
  private let lengths: [Int]
  /// How far apart neighbouring cells of each resource lie.
  private let strides: [Int]
  private var best: [Int]

  /// `nil` when some size takes no cell and is worth more than its move: there is no best.
  init?(_ terms: MoveWeightsBound.Terms, lengths: [Int]) {
    self.lengths = lengths
    strides = lengths.indices.map { axis in lengths[(axis + 1)...].reduce(1) { $0 * ($1 + 1) } }
    let strides = strides
    var items: [(cells: [Int], step: Int, profit: Int)] = []
    for size in terms.sizes where size.weight > terms.scale {
      let cells = zip(size.amounts, terms.units).map { Int($0 / $1) }
      guard cells.contains(where: { $0 > 0 }) else { return nil }
      guard zip(cells, lengths).allSatisfy({ $0 <= $1 }) else { continue }
      items.append((cells, zip(cells, strides).reduce(0) { $0 + $1.0 * $1.1 }, size.weight - terms.scale))
    }
    var best = [Int](repeating: 0, count: lengths.reduce(1) { $0 * ($1 + 1) })
    var room = [Int](repeating: 0, count: lengths.count)
    for cell in best.indices {
      var most = 0
      for item in items where room.indices.allSatisfy({ item.cells[$0] <= room[$0] }) {
        most = max(most, best[cell - item.step] + item.profit)
      }
      best[cell] = most
      // The next room in the order of cells: the last resource counts up first.
      for axis in room.indices.reversed() {
        room[axis] += 1
        if room[axis] <= lengths[axis] { break }
        room[axis] = 0
      }
    }
    self.best = best
  }

  func best(_ room: [Int]) -> Int {
    var cell = 0
    for axis in room.indices { cell += min(room[axis], lengths[axis]) * strides[axis] }
    return best[cell]
  }
}

/// The most that one host can gain by letting some residents leave and others enter.
private struct HostGain {
  struct Resident {
    let demand: Amounts
    let weight: Int
    let groups: [Int]
  }

  private let terms: MoveWeightsBound.Terms
  private let knapsack: Knapsack?
  private let sizes: EnteringSizes
  private let residents: [Resident]
  private let limits: [Int64?]
  private let fixedLoad: Amounts
  private let fixedGroups: Set<Int>
  private let isClashing: Bool
  private var most: Int?
  private var steps: Int

  init(
    terms: MoveWeightsBound.Terms, knapsack: Knapsack?, sizes: EnteringSizes, limits: [Int64?],
    residents: [Resident],
    fixed: [Resident], steps: Int
  ) {
    self.terms = terms
    self.knapsack = knapsack
    self.sizes = sizes
    self.limits = limits
    // Those that are dearest to lose are decided first: most of them stay. Those alike are side by side.
    self.residents = residents.sorted { left, right in
      if left.weight != right.weight { return left.weight > right.weight }
      let pair = (Resource.allCases.map { left.demand[$0] }, Resource.allCases.map { right.demand[$0] })
      return pair.0.lexicographicallyPrecedes(pair.1)
    }
    fixedLoad = fixed.reduce(.zero) { $0 + $1.demand }
    let groups = fixed.flatMap(\.groups)
    fixedGroups = Set(groups)
    isClashing = Set(groups).count < groups.count
    self.steps = steps
  }

  /// Whether the search came to its end.
  var isSettled: Bool { steps > 0 }

  /// `nil` when no set of residents may remain, or when it was not settled.
  mutating func best() -> Int? {
    guard !isClashing else { return nil }
    decide(0, remaining: fixedLoad, groups: fixedGroups, lost: 0, hasLostTwin: false)
    return most
  }

  /// `hasLostTwin` says whether one like the next has left: who of them leaves is all the same.
  private mutating func decide(
    _ index: Int, remaining: Amounts, groups: Set<Int>, lost: Int, hasLostTwin: Bool
  ) {
    steps -= 1
    guard steps > 0 else { return }
    guard fits(remaining) else { return }
    if let most, entering(remaining) - lost <= most { return }
    guard index < residents.count else {
      enter(remaining, lost)
      return
    }
    let resident = residents[index]
    // One that weighs nothing leaves: that costs nothing and can only make room.
    if resident.weight > 0, !hasLostTwin, !resident.groups.contains(where: groups.contains) {
      decide(
        index + 1, remaining: remaining + resident.demand,
        groups: resident.groups.isEmpty ? groups : groups.union(resident.groups), lost: lost,
        hasLostTwin: false)
    }
    decide(
      index + 1, remaining: remaining, groups: groups, lost: lost + resident.weight,
      hasLostTwin: isTwin(index, index + 1))
  }

  /// Takes what enters beside a load for the best if it is.
  private mutating func enter(_ load: Amounts, _ lost: Int) {
    guard knapsack != nil else {
      most = max(most ?? .min, -lost)
      return
    }
    let room = terms.resources.map { resource in
      limits[resource.index].map { max(0, $0 - load[resource]) } ?? .max
    }
    let known = most.map { $0 + lost }
    var left = steps
    let worth = sizes.best(room, above: known, ceiling: entering, steps: &left)
    steps = left
    if let worth { most = worth - lost }
  }

  private func isTwin(_ index: Int, _ next: Int) -> Bool {
    guard next < residents.count else { return false }
    let (a, b) = (residents[index], residents[next])
    return a.weight == b.weight && a.demand == b.demand && a.groups.isEmpty && b.groups.isEmpty
  }

  private func fits(_ load: Amounts) -> Bool {
    Resource.allCases.allSatisfy { resource in limits[resource.index].map { load[resource] <= $0 } ?? true }
  }

  /// No less than the best that can enter beside a load.
  private func entering(_ load: Amounts) -> Int {
    entering(
      terms.resources.map { resource in limits[resource.index].map { max(0, $0 - load[resource]) } ?? .max })
  }

  /// No less than the best that can enter a room, in units.
  private func entering(_ room: [Int64]) -> Int {
    guard let knapsack else { return 0 }
    return knapsack.best(terms.units.indices.map { Int(min(room[$0] / terms.units[$0], .max / 2)) })
  }
}
