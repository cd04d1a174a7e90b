import StowageFleet
import StowageModel

/// The resources that fill the fleet most.
struct BindingResources {
  let pair: (Resource, Resource)
  /// The next; `nil` where no third is asked for on hosts that all limit it.
  let third: Resource?
  /// The largest limit of each resource that is limited, 0 elsewhere.
  let largest: Amounts

  /// Resources that some host does not limit bind nobody there and are left out where others do.
  init(limits: [Amounts], load: Amounts) {
    var largest = Amounts.zero
    var fullness: [(resource: Resource, part: Double)] = []
    for resource in Resource.allCases {
      let limited = limits.map { $0[resource] }.filter { $0 < Fleet.noLimit }
      largest[resource] = limited.max() ?? 0
      let offered = limited.reduce(0.0) { $0 + Double($1) }
      guard limited.count == limits.count, offered > 0, load[resource] > 0 else { continue }
      fullness.append((resource, Double(load[resource]) / offered))
    }
    fullness.sort { $0.part != $1.part ? $0.part > $1.part : $0.resource < $1.resource }
    let first = fullness.first?.resource ?? .cpu
    let second = fullness.dropFirst().first?.resource ?? (first == .cpu ? .memory : .cpu)
    third = fullness.dropFirst(2).first?.resource
    pair = first < second ? (first, second) : (second, first)
    self.largest = largest
  }

  /// The resources that a model tells apart, ascending.
  func told(apart dimensions: ChangeModel.Dimensions) -> [Resource] {
    [pair.0, pair.1] + (dimensions == .three ? third.map { [$0] } ?? [] : [])
  }

  /// A grid of them, up to the largest limits or, of three resources, to other amounts where these are less.
  func grid(_ dimensions: ChangeModel.Dimensions, demands: [Amounts], rooms: Amounts? = nil) -> RoomGrid {
    if dimensions == .three, let third {
      var largest = largest
      for resource in Resource.allCases {
        largest[resource] = min(largest[resource], rooms?[resource] ?? largest[resource])
      }
      return RoomGrid(resources: pair, third: third, demands: demands, largest: largest)
    }
    return RoomGrid(resources: pair, demands: demands, largest: largest)
  }
}
