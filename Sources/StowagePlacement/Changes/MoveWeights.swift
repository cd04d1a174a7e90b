import StowageFleet
import StowageModel

/// A bound on the number of moves that anybody can check: an integer weight for each size of VM.
struct MoveWeights {
  /// What the weights prove, in moves.
  let moves: Int
  let certificate: Certificate.MoveWeights

  /// Sets of residents looked at for one host. Chosen: as many as whoever checks the weights.
  private static let stepLimit = 2_000_000

  /// The bound that the weights of a model's classes prove; `nil` when they prove none.
  ///
  /// Every VM is counted with the heaviest size that it is no smaller than, which never proves less
  /// than its own.
  init?(_ model: ChangeModel, weights: [Int], rooms: MoveRooms, workers: Workers) {
    let resources = model.grid.all
    let units = model.grid.unit
    var sizes: [(demand: Amounts, weight: Int)] = []
    for (sizeClass, weight) in zip(model.classes, weights) where weight > 0 {
      sizes.append((sizeClass.demand.only(resources), weight))
    }
    sizes.sort { a, b in
      let (left, right) = (resources.map { a.demand[$0] }, resources.map { b.demand[$0] })
      return left != right ? left.lexicographicallyPrecedes(right) : a.weight < b.weight
    }
    func isNoLarger(_ size: Amounts, _ other: Amounts) -> Bool {
      resources.allSatisfy { size[$0] <= other[$0] }
    }
    // A size that a smaller one outweighs is never used.
    sizes = sizes.undominated(isNoLarger: { isNoLarger($0.demand, $1.demand) }, worth: \.weight)
    var sizeOfVM = [Int](repeating: -1, count: rooms.fleet.vms.count)
    for vm in rooms.movable {
      let demand = rooms.fleet.demand[vm]
      sizeOfVM[vm] =
        sizes.indices.filter { isNoLarger(sizes[$0].demand, demand) }
        .max { (sizes[$0].weight, -$0) < (sizes[$1].weight, -$1) } ?? sizes.count
    }
    // The last stands for VMs that are smaller than all sizes and weigh nothing.
    let checked = ChangeModel(
      rooms, sizes: sizes.map(\.demand) + [.zero], sizeOfVM: sizeOfVM, grid: model.grid, isExact: false)
    var pricing = ChangePricing(checked)
    pricing.wantsOnlyBest = true
    pricing.fillsExactly = !model.grid.isExact
    pricing.stepLimit = Self.stepLimit
    let tables = pricing.tables(sizes.map(\.weight) + [0])
    let offers = pricing.offers(Array(checked.hosts.indices), tables, wantsChanges: false, workers)
    guard offers.allSatisfy(\.isComplete), let bound = pricing.bound(tables.weights, offers), bound >= 0
    else {
      return nil
    }
    moves = (bound + ChangePricing.scale - 1) / ChangePricing.scale
    certificate = Certificate.MoveWeights(
      scale: ChangePricing.scale, resources: resources,
      cells: Array([units.0, units.1, units.2].prefix(resources.count)),
      sizes: zip(sizes, tables.weights).map { size, weight in
        .init(amounts: resources.map { size.demand[$0] }, weight: weight)
      },
      total: bound)
  }
}
