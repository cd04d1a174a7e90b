import StowageFleet
import StowageModel

/// Finds the best change of every host at given weights of the classes.
///
/// A change is worth the weights that enter less those that leave, less ``scale`` for each VM that
/// enters. The table of what can enter is shared; each host looks it up for the sets of residents
/// that could leave.
struct ChangePricing {
  /// Weights count in parts of a move: this many make one.
  static let scale = 100_000

  let model: ChangeModel
  /// What a move costs, in parts: ``scale``, or nothing where only room is asked about.
  let moveCost: Int
  /// Sets of residents looked at for one host before it is left with the best so far.
  var stepLimit = 200_000

  /// Tables by the classes that may enter, and for each host its table.
  struct Tables {
    let tables: [RoomTable]
    let tableOfHost: [Int]
    let weights: [Int]
  }

  /// What a host can do at best.
  struct Offer {
    /// Worth in parts of a move; `nil` when the host has no legal change.
    let worth: Int?
    /// The best changes by number of leavers.
    let changes: [(change: HostChange, worth: Int)]
    /// Whether every set of leavers was accounted for.
    let isComplete: Bool
  }

  private let tableOfHost: [Int]
  private let classesOfTable: [[Int]]
  private let cells: [(a: Int, b: Int)]
  /// Classes that take no cell: any number of them enters anywhere.
  let weightless: [Int]

  init(_ model: ChangeModel, countsMoves: Bool = true) {
    self.model = model
    moveCost = countsMoves ? Self.scale : 0
    let cells = model.classes.map { model.grid.cells($0.demand, model.rounding) }
    self.cells = cells
    weightless = cells.indices.filter { cells[$0].a + cells[$0].b == 0 }
    var keys: [[Int]: Int] = [:]
    var classesOfTable: [[Int]] = []
    tableOfHost = model.hosts.map { room in
      guard room.takesIn else { return -1 }
      let classes = model.classes.indices.filter { model.sets[model.classes[$0].set].contains(room.host) }
      if let known = keys[classes] { return known }
      keys[classes] = classesOfTable.count
      classesOfTable.append(classes)
      return classesOfTable.count - 1
    }
    self.classesOfTable = classesOfTable
  }

  /// The tables for some weights.
  ///
  /// A class without size is never worth more than it costs: any number of it enters anywhere.
  func tables(_ weights: [Int]) -> Tables {
    let tables = classesOfTable.map { classes in
      RoomTable(
        items: classes.compactMap { index in
          let profit = weights[index] - moveCost * model.classes[index].cost
          guard profit > 0, cells[index].a + cells[index].b > 0 else { return nil }
          return RoomTable.Item(
            a: cells[index].a, b: cells[index].b, profit: Int32(clamping: profit), tag: index)
        }, a: model.grid.size.a, b: model.grid.size.b)
    }
    return Tables(tables: tables, tableOfHost: tableOfHost, weights: weights)
  }

  /// The best changes of a host. Those that leave it as it is are not listed, but count for its worth.
  func offer(_ position: Int, _ tables: Tables, wantsChanges: Bool) -> Offer {
    var search = LeaverSearch(
      room: model.hosts[position], grid: model.grid, weights: tables.weights,
      table: tableOfHost[position] < 0 ? nil : tables.tables[tableOfHost[position]], stepLimit: stepLimit)
    search.run(entered: .zero, gain: 0, discount: nil)
    for discount in model.hosts[position].discounts {
      let gain = tables.weights[discount.sizeClass] - moveCost * discount.cost
      search.run(entered: model.classes[discount.sizeClass].demand, gain: gain, discount: discount)
    }
    var changes: [(change: HostChange, worth: Int)] = []
    if wantsChanges {
      for found in search.best.compactMap({ $0 }) {
        if let change = change(position, found, tables) { changes.append(change) }
      }
    }
    return Offer(worth: search.bestWorth, changes: changes, isComplete: !search.isCut)
  }

  /// The change in full. The table knows two resources; what does not fit in the others stays out.
  private func change(
    _ position: Int, _ found: LeaverSearch.Found, _ tables: Tables
  ) -> (change: HostChange, worth: Int)? {
    let room = model.hosts[position]
    var free = room.free
    for leaver in found.leavers { free = free + room.residents[leaver].demand }
    var entering: [Int] = []
    var cost = 0
    if let discount = found.discount {
      free = free - model.classes[discount.sizeClass].demand
      entering.append(discount.sizeClass)
      cost += discount.cost
    }
    let cell = model.grid.room(free)
    let contents =
      tableOfHost[position] < 0 ? [] : tables.tables[tableOfHost[position]].contents(cell.a, cell.b)
    for index in contents {
      let left = free - model.classes[index].demand
      guard Resource.allCases.allSatisfy({ left[$0] >= 0 }) else { continue }
      free = left
      entering.append(index)
      cost += model.classes[index].cost
    }
    guard Resource.allCases.allSatisfy({ free[$0] >= 0 }) else { return nil }
    guard !entering.isEmpty || !found.leavers.isEmpty else { return nil }
    let change = HostChange(
      position: position, leavers: found.leavers, entering: entering.sorted(), cost: cost)
    return (change, worth(change, tables.weights))
  }

  /// What a change is worth at some weights.
  func worth(_ change: HostChange, _ weights: [Int]) -> Int {
    let residents = model.hosts[change.position].residents
    let entering = change.entering.reduce(0) { $0 + weights[$1] }
    let leaving = change.leavers.reduce(0) { $0 + weights[residents[$1].sizeClass] }
    return entering - leaving - moveCost * change.cost
  }

  /// No plan has fewer moves, in parts of a move: what the homeless are worth less what every host can
  /// gain. `nil` when some host has no legal change at all.
  func bound(_ weights: [Int], _ offers: [Offer]) -> Int? {
    guard weightless.allSatisfy({ weights[$0] <= moveCost * model.classes[$0].cost }) else { return nil }
    var bound = model.classes.indices.reduce(0) { $0 + weights[$1] * model.classes[$1].homeless.count }
    for offer in offers {
      guard let worth = offer.worth else { return nil }
      bound -= worth
    }
    return bound
  }
}

/// Looks through the sets of residents of one host that could leave.
private struct LeaverSearch {
  struct Found {
    let leavers: [Int]
    let worth: Int
    let discount: ChangeModel.Discount?
  }

  let room: ChangeModel.HostRoom
  let grid: RoomGrid
  let table: RoomTable?
  /// The best by number of leavers, the last for that many or more.
  private(set) var best = [Found?](repeating: nil, count: 5)
  private(set) var bestWorth: Int?
  private(set) var isCut = false

  private let order: [Int]
  private let weights: [Int]
  private let suffix: [Amounts]
  private var stepsLeft: Int
  private var chosen: [Int] = []
  private var remaining: [Int: Int] = [:]
  private let needsGroups: Bool
  private let limited: [Resource]

  init(room: ChangeModel.HostRoom, grid: RoomGrid, weights: [Int], table: RoomTable?, stepLimit: Int) {
    self.room = room
    self.grid = grid
    self.table = table
    let residents = room.residents
    let own = residents.map { weights[$0.sizeClass] }
    order = residents.indices.sorted { own[$0] != own[$1] ? own[$0] < own[$1] : $0 < $1 }
    self.weights = own
    var suffix = [Amounts](repeating: .zero, count: residents.count + 1)
    for index in order.indices.reversed() {
      suffix[index] = suffix[index + 1] + residents[order[index]].demand
    }
    self.suffix = suffix
    stepsLeft = stepLimit
    var groups: [Int: Int] = [:]
    for group in room.fixedGroups + residents.flatMap(\.groups) { groups[group, default: 0] += 1 }
    needsGroups = groups.values.contains { $0 > 1 }
    remaining = groups
    limited = Resource.allCases.filter { room.free[$0] < Fleet.noLimit / 2 }
  }

  mutating func run(entered: Amounts, gain: Int, discount: ChangeModel.Discount?) {
    descend(0, free: room.free - entered, worth: gain, discount: discount)
  }

  private mutating func descend(_ index: Int, free: Amounts, worth: Int, discount: ChangeModel.Discount?) {
    stepsLeft -= 1
    if stepsLeft < 0 {
      isCut = true
      return
    }
    record(free, worth, discount)
    guard index < order.count else { return }
    // Even with everybody else gone at no charge, no better than what is known.
    let most = worth - weights[order[index]] + value(free + suffix[index])
    if let bestWorth, most <= bestWorth, chosen.count >= 2 { return }
    for next in index..<order.count {
      let resident = order[next]
      // Residents come in order of weight: none from here on costs less.
      if chosen.count >= 2, let bestWorth, worth - weights[resident] + value(free + suffix[next]) <= bestWorth
      {
        break
      }
      if isTwin(next, of: index) { continue }
      chosen.append(resident)
      for group in room.residents[resident].groups { remaining[group, default: 0] -= 1 }
      descend(
        next + 1, free: free + room.residents[resident].demand, worth: worth - weights[resident],
        discount: discount)
      for group in room.residents[resident].groups { remaining[group, default: 0] += 1 }
      chosen.removeLast()
      if isCut { return }
    }
  }

  /// Whether the resident before is the same in every respect and was left out at this depth.
  private func isTwin(_ next: Int, of index: Int) -> Bool {
    guard next > index else { return false }
    let (a, b) = (room.residents[order[next]], room.residents[order[next - 1]])
    return a.sizeClass == b.sizeClass && a.demand == b.demand && a.groups.isEmpty && b.groups.isEmpty
  }

  private func value(_ free: Amounts) -> Int {
    guard let table else { return 0 }
    let cell = grid.room(free)
    return cell.a < 0 || cell.b < 0 ? 0 : table.best(cell.a, cell.b)
  }

  private mutating func record(_ free: Amounts, _ worth: Int, _ discount: ChangeModel.Discount?) {
    for resource in limited where free[resource] < 0 { return }
    if needsGroups, remaining.values.contains(where: { $0 > 1 }) { return }
    let total = worth + value(free)
    if bestWorth.map({ total > $0 }) ?? true { bestWorth = total }
    let slot = min(chosen.count, best.count - 1)
    if best[slot].map({ total > $0.worth }) ?? true {
      best[slot] = Found(leavers: chosen.sorted(), worth: total, discount: discount)
    }
  }
}
