/// What bounds the nights that waves need: move groups, and what nights offer them at most.
///
/// Prices of groups prove that so many nights are too few when all groups are worth more than what these nights can take.
/// What a night can take at most is a knapsack over VMs, groups and the time of one channel; the guide *Proofs* says how it is
/// counted.
public struct NightBound: Sendable {
  /// A move group.
  public struct Group: Sendable {
    /// VMs that move.
    public var vms: Int
    /// Least time that its longest move takes, in ms.
    public var least: Double
    /// Least time that it takes of the busiest channel, in ms.
    public var work: Double
    /// Which row of ``NightBound/usable`` holds for it.
    public var calendar: Int

    /// A group of its parts.
    public init(vms: Int, least: Double, work: Double, calendar: Int) {
      self.vms = vms
      self.least = least
      self.work = work
      self.calendar = calendar
    }
  }

  /// The groups.
  public var groups: [Group]
  /// As in ``NightProblem/usable``.
  public var usable: [[Double]]
  /// Most VMs of a night.
  public var mostVMs: Int?
  /// Most groups of a night.
  public var mostGroups: Int?
  /// Most VMs of the first night with a wave.
  public var pilotVMs: Int?

  /// A bound of its parts.
  public init(
    groups: [Group], usable: [[Double]], mostVMs: Int? = nil, mostGroups: Int? = nil, pilotVMs: Int? = nil
  ) {
    self.groups = groups
    self.usable = usable
    self.mostVMs = mostVMs
    self.mostGroups = mostGroups
    self.pilotVMs = pilotVMs
  }

  var nights: Int { usable.first?.count ?? 0 }

  /// Nights of the same time, open to the same groups.
  struct Kind: Hashable {
    let open: [Int]
    let time: Double
  }

  func kind(of night: Int) -> Kind {
    let open = groups.indices.filter { group in
      let time = usable[groups[group].calendar][night]
      return time > 0 && groups[group].least <= time
    }
    return Kind(open: open, time: open.map { usable[groups[$0].calendar][night] }.max() ?? 0)
  }

  /// The fewest nights that prices do not rule out; one more than there are when they rule out all.
  func nights(at prices: [Int]) -> Int {
    let worth = prices.reduce(0, +)
    var known: [Kind: (most: Int, pilot: Int)] = [:]
    var taken: Int? = pilotVMs == nil ? 0 : nil
    for night in 0..<nights {
      let kind = kind(of: night)
      let value = known[kind] ?? values(kind, prices)
      known[kind] = value
      // The pilot is this night, with none before, or an earlier one.
      taken = [taken.map { $0 + value.most }, pilotVMs == nil || kind.open.isEmpty ? nil : value.pilot]
        .compactMap(\.self).max()
      if let taken, taken >= worth { return night + 1 }
    }
    return worth > 0 ? nights + 1 : nights
  }

  private func values(_ kind: Kind, _ prices: [Int]) -> (most: Int, pilot: Int) {
    let most = best(kind, prices, vms: mostVMs).value
    return (most, pilotVMs.map { best(kind, prices, vms: min($0, mostVMs ?? $0)).value } ?? most)
  }

  /// The groups that are worth most of those that a night takes.
  ///
  /// The lesser of two knapsacks: one of VMs and groups with a coarse time, and one of groups with a fine time.
  func best(_ kind: Kind, _ prices: [Int], vms most: Int?) -> (value: Int, groups: [Int]) {
    let coarse = knapsack(kind, prices, vms: most)
    let fine = knapsack(kind, prices, vms: nil)
    return fine.value < coarse.value ? fine : coarse
  }

  private func knapsack(_ kind: Kind, _ prices: [Int], vms most: Int?) -> (value: Int, groups: [Int]) {
    let items = kind.open.filter { prices[$0] > 0 }
    let vmCells = most.map { min($0, 200) } ?? 0
    let groupCells = mostGroups.map { min($0, 50) } ?? 0
    let isTimed = items.reduce(0) { $0 + groups[$1].work } > kind.time
    let room = 20_000 / ((vmCells + 1) * (groupCells + 1))
    let timeCells = isTimed ? max(16, min(4000, room)) : 0
    let sizes = items.map { group in
      (
        vms: most.map { groups[group].vms * vmCells / max(1, $0) } ?? 0,
        groups: mostGroups.map { groupCells / max(1, $0) } ?? 0,
        time: isTimed ? Int(groups[group].work * Double(timeCells) / kind.time) : 0
      )
    }
    var knapsack = Knapsack(vms: vmCells, groups: groupCells, time: timeCells)
    for (item, size) in zip(items, sizes) { knapsack.offer(prices[item], size.vms, size.groups, size.time) }
    return (knapsack.best, knapsack.chosen.map { items[$0] })
  }
}

/// A knapsack of three dimensions, each thing at most once.
private struct Knapsack {
  private let strides: (vms: Int, groups: Int)
  private let limits: (vms: Int, groups: Int, time: Int)
  private var values: [Int]
  /// Whether the thing is taken, for each state after each thing.
  private var isTaken: [[Bool]] = []
  private var sizes: [(Int, Int, Int)] = []

  init(vms: Int, groups: Int, time: Int) {
    limits = (vms, groups, time)
    strides = ((groups + 1) * (time + 1), time + 1)
    values = Array(repeating: 0, count: (vms + 1) * (groups + 1) * (time + 1))
  }

  var best: Int { values.last ?? 0 }

  mutating func offer(_ price: Int, _ vms: Int, _ groups: Int, _ time: Int) {
    var taken = [Bool](repeating: false, count: values.count)
    sizes.append((vms, groups, time))
    defer { isTaken.append(taken) }
    guard vms <= limits.vms, groups <= limits.groups, time <= limits.time else { return }
    let step = vms * strides.vms + groups * strides.groups + time
    values.withUnsafeMutableBufferPointer { values in
      for v in stride(from: limits.vms, through: vms, by: -1) {
        for g in stride(from: limits.groups, through: groups, by: -1) {
          let base = v * strides.vms + g * strides.groups
          for t in stride(from: limits.time, through: time, by: -1) {
            let with = values[base + t - step] + price
            guard with > values[base + t] else { continue }
            values[base + t] = with
            taken[base + t] = true
          }
        }
      }
    }
  }

  /// The things of the best choice.
  var chosen: [Int] {
    var (vms, groups, time) = limits
    var chosen: [Int] = []
    for item in isTaken.indices.reversed() {
      guard isTaken[item][vms * strides.vms + groups * strides.groups + time] else { continue }
      chosen.append(item)
      let size = sizes[item]
      (vms, groups, time) = (vms - size.0, groups - size.1, time - size.2)
    }
    return chosen
  }
}
