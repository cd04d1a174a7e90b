import StowageFleet
import StowageModel

/// Looks through the sets of residents of one host that could leave.
///
/// Most of the time that bounds and changes take is spent here. Residents are therefore laid out flat in the
/// order in which they are tried, rooms are followed in cells where all sizes are whole cells, and limits
/// other than the table's are looked at only where the host exceeds them: leaving never breaks one.
struct LeaverSearch {
  struct Found {
    let leavers: [Int]
    let worth: Int
    let discount: ChangeModel.Discount?
    /// The classes that enter, where sizes are taken as they are.
    var entering: [Int]?
  }

  /// The best by number of leavers, the last for that many or more.
  private(set) var best = [Found?](repeating: nil, count: 5)
  private(set) var bestWorth: Int?
  private(set) var isCut = false
  /// What no set that was not looked at is worth more than, where the search was cut; `nil` where prices do not tell.
  private var unseenWorth: Int?

  /// What no set is worth more than; `nil` where none is legal, or where the search was cut and prices do not tell.
  var ceiling: Int? {
    guard isCut else { return bestWorth }
    return unseenWorth.map { max($0, bestWorth ?? $0) }
  }

  private let room: ChangeModel.HostRoom
  private let grid: RoomGrid
  private let table: RoomTable?
  /// What looks at sizes as they are; `nil` where cells hold them.
  private let filling: RoomFilling?
  /// Prices of cells, in order of resources, and for each resident and each of them what residents from there on
  /// are worth less than the room they leave, at most. Empty where all numbers of leavers are of interest.
  private let prices: [RoomPrices.Corner]
  private let surplus: [Double]
  /// The corner that beat the last set: most often it beats the next one, too.
  private var sharpest = 0
  /// Resources besides those in cells that have a limit.
  private let limited: [Resource]
  /// Units in the numbers below, and how many of these make a cell: 1 where they are cells themselves.
  private let scale: (Int64, Int64, Int64)
  private let cell: (Int, Int, Int)
  private let isWhole: Bool

  /// Residents in order of weight, by index into the host's own.
  private let order: [Int]
  private let weight: [Int]
  private let size: [RoomCells]
  /// What residents from here on ask together.
  private let suffix: [RoomCells]
  /// Whether a resident is the same in every respect as the one before.
  private let isTwin: [Bool]
  /// The groups of each resident, and how many of each remain; empty where no two of one group are here.
  private let groups: [[Int]]
  private var remaining: [Int]
  /// Groups of which more than one remain.
  private var crowded = 0

  private var stepsLeft: Int
  /// Looks at single sizes; as many as at sets of residents, and more.
  private var fillStepsLeft: Int
  private var chosen: [Int] = []
  /// Resources besides those in cells that the host exceeds with nobody gone, and by how much.
  private var lacking: [(resource: Resource, amount: Int64)] = []

  init(
    room: ChangeModel.HostRoom, grid: RoomGrid, weights: [Int], table: RoomTable?, filling: RoomFilling?,
    prices: RoomPrices?, stepLimit: Int
  ) {
    self.room = room
    self.table = table
    self.filling = filling
    self.grid = grid
    limited = Resource.allCases.filter { !grid.all.contains($0) && room.free[$0] < Fleet.noLimit / 2 }
    stepsLeft = stepLimit
    fillStepsLeft = 10 * stepLimit
    let residents = room.residents
    let own = residents.map { weights[$0.sizeClass] }
    order = residents.indices.sorted { own[$0] != own[$1] ? own[$0] < own[$1] : $0 < $1 }
    weight = order.map { own[$0] }
    let unit = grid.unit
    let isWhole =
      filling == nil
      && residents.allSatisfy { resident in
        zip(grid.all, [unit.0, unit.1, unit.2]).allSatisfy { resident.demand[$0] % $1 == 0 }
      }
    self.isWhole = isWhole
    scale = isWhole ? unit : (1, 1, 1)
    cell = isWhole ? (1, 1, 1) : (Int(unit.0), Int(unit.1), Int(unit.2))
    let scale = scale
    size = order.map { Self.cells(residents[$0].demand, grid, scale) }
    var suffix = [RoomCells](repeating: .none, count: size.count + 1)
    for index in size.indices.reversed() { suffix[index] = suffix[index + 1] + size[index] }
    self.suffix = suffix
    let (parts, losses, cell) = (size, weight, cell)
    self.prices = (prices?.corners ?? []).map {
      .init(a: $0.a / Double(cell.0), b: $0.b / Double(cell.1), c: $0.c / Double(cell.2))
    }
    var surplus = [Double](repeating: 0, count: self.prices.count * (parts.count + 1))
    for (corner, price) in self.prices.enumerated() {
      for index in parts.indices.reversed() {
        let place = corner + index * self.prices.count
        surplus[place] =
          surplus[place + self.prices.count] + max(0, price.worth(parts[index]) - Double(losses[index]))
      }
    }
    self.surplus = surplus
    let order = order
    isTwin = order.indices.map { index in
      guard index > 0 else { return false }
      let (a, b) = (residents[order[index]], residents[order[index - 1]])
      return a.sizeClass == b.sizeClass && a.demand == b.demand && a.groups.isEmpty && b.groups.isEmpty
    }
    var counts: [Int: Int] = [:]
    for group in room.fixedGroups + residents.flatMap(\.groups) { counts[group, default: 0] += 1 }
    let shared = counts.keys.filter { counts[$0, default: 0] > 1 }.sorted()
    let place = Dictionary(uniqueKeysWithValues: shared.enumerated().map { ($1, $0) })
    groups = shared.isEmpty ? [] : order.map { residents[$0].groups.compactMap { place[$0] } }
    remaining = shared.map { counts[$0, default: 0] }
    crowded = shared.count
  }

  /// Looks through all sets, with something already entered that gained so much.
  ///
  /// With `freesWeightless` residents that weigh nothing leave in all sets: that is never worse, and
  ///   all that matters where only the worth is asked for.
  mutating func run(
    entered: Amounts, gain: Int, discount: ChangeModel.Discount?, freesWeightless: Bool = false
  ) {
    let free = room.free - entered
    lacking = limited.filter { free[$0] < 0 }.map { ($0, -free[$0]) }
    let first = freesWeightless ? weight.firstIndex { $0 > 0 } ?? weight.count : 0
    for index in 0..<first { choose(index) }
    let left = size[..<first].reduce(Self.cells(free, grid, scale), +)
    descend(first, left, worth: gain, discount)
    for _ in 0..<first { unchoose() }
  }

  private static func cells(_ amounts: Amounts, _ grid: RoomGrid, _ scale: (Int64, Int64, Int64)) -> RoomCells
  {
    RoomCells(
      a: floored(amounts[grid.resources.0], scale.0), b: floored(amounts[grid.resources.1], scale.1),
      c: grid.third.map { floored(amounts[$0], scale.2) } ?? 0)
  }

  private static func floored(_ amount: Int64, _ unit: Int64) -> Int {
    Int(amount < 0 ? -((-amount + unit - 1) / unit) : amount / unit)
  }

  private mutating func descend(
    _ index: Int, _ free: RoomCells, worth: Int, _ discount: ChangeModel.Discount?
  ) {
    stepsLeft -= 1
    if stepsLeft < 0 {
      isCut = true
      leave(index, free, worth)
      return
    }
    record(free, worth, discount)
    guard index < order.count, !isBeaten(index, free, worth) else { return }
    // Even with everybody else gone at no charge, no better than what is known.
    if chosen.count >= 2, let bestWorth,
      worth - weight[index] + value(free + suffix[index]) <= bestWorth
    {
      return
    }
    for next in index..<order.count {
      // Residents come in order of weight: none from here on costs less.
      if chosen.count >= 2, let bestWorth,
        worth - weight[next] + value(free + suffix[next]) <= bestWorth
      {
        break
      }
      if next > index, isBeaten(next, free, worth) { break }
      // One that was left out at this depth, and its twin would take its place.
      if next > index, isTwin[next] { continue }
      choose(next)
      descend(next + 1, free + size[next], worth: worth - weight[next], discount)
      unchoose()
      if isCut {
        leave(next + 1, free, worth)
        return
      }
    }
  }

  /// Counts what residents from here on could bring among what was not looked at. Prices do not know sizes as they are.
  private mutating func leave(_ index: Int, _ free: RoomCells, _ worth: Int) {
    guard filling == nil else { return }
    let first = index * prices.count
    let most = prices.indices.map { prices[$0].worth(free) + surplus[first + $0] }.min()
    guard let most else { return }
    unseenWorth = max(unseenWorth ?? .min, worth + Int(most.rounded(.up)) + 1)
  }

  /// Whether the room and what residents from here on may add to it are worth no more than what is known.
  @inline(__always)
  private mutating func isBeaten(_ index: Int, _ free: RoomCells, _ worth: Int) -> Bool {
    guard !prices.isEmpty, let bestWorth, worth <= bestWorth else { return false }
    let limit = Double(bestWorth - worth) + 0.5
    let first = index * prices.count
    if prices[sharpest].worth(free) + surplus[first + sharpest] < limit { return true }
    for corner in prices.indices where prices[corner].worth(free) + surplus[first + corner] < limit {
      sharpest = corner
      return true
    }
    return false
  }

  private mutating func choose(_ next: Int) {
    chosen.append(next)
    guard !groups.isEmpty else { return }
    for group in groups[next] {
      remaining[group] -= 1
      if remaining[group] == 1 { crowded -= 1 }
    }
  }

  private mutating func unchoose() {
    let last = chosen.removeLast()
    guard !groups.isEmpty else { return }
    for group in groups[last] {
      if remaining[group] == 1 { crowded += 1 }
      remaining[group] += 1
    }
  }

  /// What a room can take in at best.
  @inline(__always)
  private func value(_ free: RoomCells) -> Int {
    guard let table, free.isRoom else { return 0 }
    if isWhole { return table.best(free) }
    return table.best(RoomCells(a: free.a / cell.0, b: free.b / cell.1, c: free.c / cell.2))
  }

  private mutating func record(_ free: RoomCells, _ worth: Int, _ discount: ChangeModel.Discount?) {
    guard crowded == 0, free.isRoom, lacking.allSatisfy({ freed($0.resource) >= $0.amount }) else { return }
    let slot = min(chosen.count, best.count - 1)
    if let filling {
      // A close look costs too much for what is not the best.
      let floor = bestWorth.map { $0 - worth } ?? -1
      let content = filling.best(free, above: floor, steps: &fillStepsLeft)
      // Where the steps ran out, that nothing better was found says nothing.
      if fillStepsLeft <= 0 { isCut = true }
      guard let content else { return }
      let total = worth + content.worth
      bestWorth = total
      best[slot] = Found(
        leavers: chosen.map { order[$0] }.sorted(), worth: total, discount: discount, entering: content.tags)
      return
    }
    let total = worth + value(free)
    if bestWorth.map({ total > $0 }) ?? true { bestWorth = total }
    if best[slot].map({ total > $0.worth }) ?? true {
      best[slot] = Found(leavers: chosen.map { order[$0] }.sorted(), worth: total, discount: discount)
    }
  }

  private func freed(_ resource: Resource) -> Int64 {
    chosen.reduce(0) { $0 + room.residents[order[$1]].demand[resource] }
  }
}
