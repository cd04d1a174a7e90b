import StowageFleet
import StowageModel

/// Finds the best change of every host at given weights of the classes.
///
/// A change is worth the weights that enter less those that leave, less ``scale`` for each VM that
/// enters. The table of what can enter is shared; each host looks it up for the sets of residents
/// that could leave.
struct ChangePricing: Sendable {
  /// Weights count in parts of a move: this many make one.
  static let scale = 100_000

  let model: ChangeModel
  /// What a move costs, in parts: ``scale``, or nothing where only room is asked about.
  let moveCost: Int
  /// Sets of residents looked at for one host before it is left with the best so far.
  var stepLimit = 200_000
  /// Whether sets that cannot be the best are left out even where they are the best of their number.
  var wantsOnlyBest = false

  /// Whether sizes that are no whole cells are taken as they are. Cells then say only where looking is in vain.
  var fillsExactly = false

  /// Tables by the classes that may enter, and for each host its table.
  struct Tables: Sendable {
    let tables: [RoomTable]
    /// Of each table, where sizes are taken as they are.
    let fillings: [RoomFilling]
    let prices: [RoomPrices]
    let tableOfHost: [Int]
    let weights: [Int]
  }

  /// What a host can do at best.
  struct Offer: Sendable {
    /// What no change is worth more than, in parts of a move; `nil` when the host has no legal change, or that was not
    /// found out.
    let ceiling: Int?
    /// The best changes by number of leavers.
    let changes: [(change: HostChange, worth: Int)]
    /// Whether every set of leavers was accounted for.
    let isComplete: Bool
  }

  private let tableOfHost: [Int]
  private let classesOfTable: [[Int]]
  private let cells: [RoomCells]
  /// What is free on each host that has room, in cells.
  private let roomsLeft: [RoomCells]
  /// Classes that take no cell: any number of them enters anywhere.
  let weightless: [Int]

  init(_ model: ChangeModel, countsMoves: Bool = true) {
    self.model = model
    moveCost = countsMoves ? Self.scale : 0
    let cells = model.classes.map { model.grid.cells($0.demand, model.rounding) }
    self.cells = cells
    let grid = model.grid
    roomsLeft = model.hosts.map { grid.room($0.free) }.filter { $0.isRoom && $0 != .none }
    weightless = cells.indices.filter { cells[$0] == .none }
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
  /// A class without size is never worth more than it costs: any number of it enters anywhere. None is worth so much that
  /// what fills the largest room would not fit in a table: any weights prove a bound, if the same are meant throughout, so
  /// these are what is to be gone on with (``Tables/weights``).
  func tables(_ weights: [Int]) -> Tables {
    let weights = model.classes.indices.map {
      min(weights[$0], mostProfit + moveCost * model.classes[$0].cost)
    }
    let items = classesOfTable.map { classes in
      let items = worthwhile(classes, weights).map {
        RoomTable.Item(size: cells[$0.index], profit: Int32($0.profit), tag: $0.index)
      }
      guard wantsOnlyBest else { return items }
      return items.undominated(isNoLarger: { $0.size.fits($1.size) }, worth: { Int($0.profit) })
    }
    let tables = items.map { RoomTable(items: $0, room: model.grid.size) }
    let prices = wantsOnlyBest ? items.map { RoomPrices($0, rooms: roomsLeft) } : []
    return Tables(
      tables: tables, fillings: fillsExactly ? fillings(tables, weights) : [], prices: prices,
      tableOfHost: tableOfHost, weights: weights)
  }

  /// What one that enters may be worth at most: each takes a cell at least.
  private var mostProfit: Int {
    Int(Int32.max) / max(1, model.grid.size.a + model.grid.size.b + model.grid.size.c)
  }

  private func fillings(_ tables: [RoomTable], _ weights: [Int]) -> [RoomFilling] {
    let (grid, unit) = (model.grid, model.grid.unit)
    return zip(tables, classesOfTable).map { table, classes in
      let items = worthwhile(classes, weights).map { index, profit in
        let demand = model.classes[index].demand
        return RoomFilling.Item(
          size: RoomCells(
            a: Int(demand[grid.resources.0]), b: Int(demand[grid.resources.1]),
            c: grid.third.map { Int(demand[$0]) } ?? 0), profit: profit, tag: index)
      }
      return RoomFilling(items, table: table, unit: unit)
    }
  }

  /// Those of some classes that are worth more than the moves of a member, and how much more.
  private func worthwhile(_ classes: [Int], _ weights: [Int]) -> [(index: Int, profit: Int)] {
    classes.compactMap { index in
      let profit = weights[index] - moveCost * model.classes[index].cost
      return profit > 0 && cells[index] != .none ? (index, profit) : nil
    }
  }

  /// The best changes of hosts, in their order.
  func offers(_ positions: [Int], _ tables: Tables, wantsChanges: Bool, _ workers: Workers) -> [Offer] {
    workers.map(positions) { offer($0, tables, wantsChanges: wantsChanges) }
  }

  /// The best changes of a host. Those that leave it as it is are not listed, but count for its worth.
  func offer(_ position: Int, _ tables: Tables, wantsChanges: Bool) -> Offer {
    let place = tableOfHost[position]
    var search = LeaverSearch(
      room: model.hosts[position], grid: model.grid, weights: tables.weights,
      table: place < 0 ? nil : tables.tables[place],
      filling: place < 0 || !fillsExactly ? nil : tables.fillings[place],
      prices: !wantsOnlyBest || place < 0 ? nil : tables.prices[place], stepLimit: stepLimit)
    let frees = wantsOnlyBest && !wantsChanges
    search.run(entered: .zero, gain: 0, discount: nil, freesWeightless: frees)
    for discount in model.hosts[position].discounts {
      let gain = tables.weights[discount.sizeClass] - moveCost * discount.cost
      search.run(
        entered: model.classes[discount.sizeClass].demand, gain: gain, discount: discount,
        freesWeightless: frees)
    }
    var changes: [(change: HostChange, worth: Int)] = []
    if wantsChanges {
      for found in search.best.compactMap({ $0 }) {
        if let change = change(position, found, tables) { changes.append(change) }
      }
    }
    return Offer(ceiling: search.ceiling, changes: changes, isComplete: !search.isCut)
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
      found.entering ?? (tableOfHost[position] < 0 ? [] : tables.tables[tableOfHost[position]].contents(cell))
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
  /// gain. `nil` when some host has no legal change at all, or what it can gain was not found out.
  func bound(_ weights: [Int], _ offers: [Offer]) -> Int? {
    guard weightless.allSatisfy({ weights[$0] <= moveCost * model.classes[$0].cost }) else { return nil }
    var bound = model.classes.indices.reduce(0) { $0 + weights[$1] * model.classes[$1].homeless.count }
    for offer in offers {
      guard let ceiling = offer.ceiling else { return nil }
      bound -= ceiling
    }
    return bound
  }
}
