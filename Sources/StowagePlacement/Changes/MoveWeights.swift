import StowageFleet
import StowageModel

/// A bound on the number of moves that anybody can check: an integer weight for each size of VM.
struct MoveWeights {
  /// What the weights prove, in moves.
  let moves: Int
  let certificate: Certificate.MoveWeights

  /// The bound that the weights of a model's classes prove; `nil` when they prove none.
  ///
  /// Every VM is counted with the heaviest size that it is no smaller than, which never proves less
  /// than its own.
  init?(_ model: ChangeModel, weights: [Int], rooms: MoveRooms) {
    let (first, second) = model.grid.resources
    var sizes: [(demand: Amounts, weight: Int)] = []
    for (sizeClass, weight) in zip(model.classes, weights) where weight > 0 {
      sizes.append((sizeClass.demand.only(model.grid.resources), weight))
    }
    sizes.sort {
      ($0.demand[first], $0.demand[second], $0.weight) < ($1.demand[first], $1.demand[second], $1.weight)
    }
    // A size that a smaller one outweighs is never used.
    sizes = sizes.enumerated().filter { index, size in
      !sizes.enumerated().contains { other, smaller in
        other != index && smaller.demand[first] <= size.demand[first]
          && smaller.demand[second] <= size.demand[second]
          && (smaller.weight > size.weight || smaller.weight == size.weight && other < index)
      }
    }.map(\.element)
    var sizeOfVM = [Int](repeating: -1, count: rooms.fleet.vms.count)
    for vm in rooms.movable {
      let demand = rooms.fleet.demand[vm]
      sizeOfVM[vm] =
        sizes.indices.filter {
          sizes[$0].demand[first] <= demand[first] && sizes[$0].demand[second] <= demand[second]
        }
        .max { (sizes[$0].weight, -$0) < (sizes[$1].weight, -$1) } ?? sizes.count
    }
    // The last stands for VMs that are smaller than all sizes and weigh nothing.
    let checked = ChangeModel(
      rooms, sizes: sizes.map(\.demand) + [.zero], sizeOfVM: sizeOfVM, grid: model.grid, isExact: false)
    let pricing = ChangePricing(checked)
    let all = sizes.map(\.weight) + [0]
    let tables = pricing.tables(all)
    let offers = checked.hosts.indices.map { pricing.offer($0, tables, wantsChanges: false) }
    guard offers.allSatisfy(\.isComplete), let bound = pricing.bound(all, offers), bound >= 0 else {
      return nil
    }
    moves = (bound + ChangePricing.scale - 1) / ChangePricing.scale
    certificate = Certificate.MoveWeights(
      scale: ChangePricing.scale, resources: [first, second], cells: [model.grid.unit.0, model.grid.unit.1],
      sizes: sizes.map { .init(amounts: [$0.demand[first], $0.demand[second]], weight: $0.weight) },
      total: bound)
  }
}
