import StowageModel

/// The bound on moves that weights for sizes of VMs prove.
///
/// Every VM weighs as much as the heaviest size that it is no smaller than. Whatever the plan, what
/// enters hosts weighs as much as what leaves them and what must leave for good; a host gains, at
/// most, the best weight that can enter it less a move for each that enters and less the weight of
/// those that leave for it. What must leave weighs, less all hosts' best gains: no plan has fewer
/// moves.
struct MoveWeightsBound {
  let roster: Roster
  let rulebook: Rulebook
  let limits: RestLimits
  let mustLeave: [Int]

  /// Cells of one table, and steps for one host, beyond which nothing is said.
  private static let mostCells = 1 << 20
  private static let mostSteps = 2_000_000

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
    let largest = open.filter(takesIn).reduce(into: (0, 0)) { most, host in
      most.0 = max(most.0, terms.cells(limits.limits[host], 0))
      most.1 = max(most.1, terms.cells(limits.limits[host], 1))
    }
    guard (largest.0 + 1).multipliedReportingOverflow(by: largest.1 + 1).partialValue <= Self.mostCells,
      largest.0 < Self.mostCells, largest.1 < Self.mostCells
    else { return nil }
    guard let knapsack = Knapsack(terms, width: largest.0, height: largest.1) else { return 0 }
    for host in open {
      let residents = roster.startResidents[host].filter { !isLeaving.contains($0) }
      var gain = HostGain(
        terms: terms, knapsack: takesIn(host) ? knapsack : nil,
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
      guard (1...1_000_000_000).contains(weights.scale), weights.resources.count == 2,
        weights.resources[0] != weights.resources[1], weights.cells.count == 2,
        weights.cells.allSatisfy({ $0 >= 1 }), weights.sizes.count <= 10_000,
        weights.sizes.allSatisfy({ size in
          size.amounts.count == 2 && size.amounts.allSatisfy { $0 >= 0 && $0 < .max / 4 }
            && (0...1_000_000_000).contains(size.weight)
        })
      else { return nil }
      scale = weights.scale
      resources = weights.resources
      units = weights.cells
      sizes = weights.sizes
    }

    func weight(of demand: Amounts) -> Int {
      sizes.lazy.filter { $0.amounts[0] <= demand[resources[0]] && $0.amounts[1] <= demand[resources[1]] }
        .map(\.weight).max() ?? 0
    }

    /// Whole cells of one of the two resources in what a host may hold. Where nothing limits it and no
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
  let width: Int
  let height: Int
  private var best: [Int]

  /// `nil` when some size takes no cell and is worth more than its move: there is no best.
  init?(_ terms: MoveWeightsBound.Terms, width: Int, height: Int) {
    self.width = width
    self.height = height
    var items: [(x: Int, y: Int, profit: Int)] = []
    for size in terms.sizes where size.weight > terms.scale {
      let (x, y) = (Int(size.amounts[0] / terms.units[0]), Int(size.amounts[1] / terms.units[1]))
      guard x + y > 0 else { return nil }
      if x <= width && y <= height { items.append((x, y, size.weight - terms.scale)) }
    }
    best = Array(repeating: 0, count: (width + 1) * (height + 1))
    for x in 0...width {
      for y in 0...height {
        var most = 0
        for item in items where item.x <= x && item.y <= y {
          most = max(most, best[(x - item.x) * (height + 1) + y - item.y] + item.profit)
        }
        best[x * (height + 1) + y] = most
      }
    }
  }

  func best(_ x: Int, _ y: Int) -> Int { best[min(x, width) * (height + 1) + min(y, height)] }
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
  private let residents: [Resident]
  private let limits: [Int64?]
  private let fixedLoad: Amounts
  private let fixedGroups: Set<Int>
  private let isClashing: Bool
  private var most: Int?
  private var steps: Int

  init(
    terms: MoveWeightsBound.Terms, knapsack: Knapsack?, limits: [Int64?], residents: [Resident],
    fixed: [Resident], steps: Int
  ) {
    self.terms = terms
    self.knapsack = knapsack
    self.limits = limits
    // Those that are dearest to lose are decided first: most of them stay.
    self.residents = residents.sorted { $0.weight > $1.weight }
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
    decide(0, remaining: fixedLoad, groups: fixedGroups, lost: 0)
    return most
  }

  private mutating func decide(_ index: Int, remaining: Amounts, groups: Set<Int>, lost: Int) {
    steps -= 1
    guard steps > 0 else { return }
    guard fits(remaining) else { return }
    if let most, entering(remaining) - lost <= most { return }
    guard index < residents.count else {
      most = max(most ?? .min, entering(remaining) - lost)
      return
    }
    let resident = residents[index]
    if !resident.groups.contains(where: groups.contains) {
      decide(
        index + 1, remaining: remaining + resident.demand, groups: groups.union(resident.groups), lost: lost)
    }
    decide(index + 1, remaining: remaining, groups: groups, lost: lost + resident.weight)
  }

  private func fits(_ load: Amounts) -> Bool {
    Resource.allCases.allSatisfy { resource in limits[resource.index].map { load[resource] <= $0 } ?? true }
  }

  /// The best that can enter beside a load.
  private func entering(_ load: Amounts) -> Int {
    guard let knapsack else { return 0 }
    let room = [0, 1].map { axis -> Int in
      let resource = terms.resources[axis]
      guard let limit = limits[resource.index] else { return .max / 2 }
      return Int(max(0, limit - load[resource]) / terms.units[axis])
    }
    return knapsack.best(room[0], room[1])
  }
}
