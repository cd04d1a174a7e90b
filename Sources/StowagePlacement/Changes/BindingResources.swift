import StowageFleet
import StowageModel

/// The two resources that fill the fleet most.
struct BindingResources {
  let pair: (Resource, Resource)
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
    pair = first < second ? (first, second) : (second, first)
    self.largest = largest
  }
}
