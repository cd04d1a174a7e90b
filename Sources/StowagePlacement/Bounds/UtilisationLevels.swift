import StowageFleet
import StowageModel

/// What hosts may hold at a level of utilisation, and which levels there are.
///
/// Levels are millionths of capacities: whole numbers, so that whoever checks a bound rounds alike.
struct UtilisationLevels {
  static let whole = 1_000_000

  let fleet: Fleet
  /// What all demands of a resource are multiples of; 0 where nobody asks for it.
  private let unit: Amounts
  /// What all VMs together ask: no load is more.
  private let total: Amounts

  init(_ fleet: Fleet) {
    self.fleet = fleet
    total = fleet.demand.reduce(.zero, +)
    var unit = Amounts.zero
    for resource in Resource.allCases {
      unit[resource] = fleet.demand.reduce(0) {
        AssignmentProgram.greatestCommonDivisor($0, $1[resource])
      }
    }
    self.unit = unit
  }

  /// What each host may hold at the end, no usable one fuller than a level.
  func limits(at millionths: Int) -> [Amounts] {
    fleet.hosts.indices.map { host in
      var limits = fleet.ceilings[host]
      for resource in Resource.allCases {
        if let share = share(host, resource, millionths) { limits[resource] = min(limits[resource], share) }
      }
      return limits
    }
  }

  /// The least utilisation above a level that a legal load of some usable host has; `nil` when none is.
  func next(above millionths: Int) -> Double? {
    loads(at: millionths).compactMap { load in
      let next = load.held + load.unit
      return next <= load.most ? Double(next) / Double(load.capacity) : nil
    }.min()
  }

  /// The lowest level at which hosts may hold no less than at this one.
  func floor(_ millionths: Int) -> Int {
    let levels = loads(at: millionths).map { load in
      Int((Double(min(load.held, load.most)) / Double(load.capacity) * Double(Self.whole)).rounded(.up))
    }
    return min(levels.max() ?? 0, millionths)
  }

  /// One resource of one host at a level.
  private struct Load {
    /// The largest multiple of the unit that the level allows.
    let held: Int64
    /// What demands are multiples of.
    let unit: Int64
    /// What is never exceeded, whatever the level.
    let most: Int64
    let capacity: Int64
  }

  private func loads(at millionths: Int) -> [Load] {
    var loads: [Load] = []
    for host in fleet.hosts.indices {
      for resource in Resource.allCases where unit[resource] > 0 {
        guard let share = share(host, resource, millionths), let capacity = fleet.levelled[host][resource]
        else { continue }
        loads.append(
          Load(
            held: share / unit[resource] * unit[resource], unit: unit[resource],
            most: min(total[resource], fleet.ceilings[host][resource]), capacity: capacity))
      }
    }
    return loads
  }

  /// The part of a usable host's capacity; `nil` where it offers none or does not limit it.
  private func share(_ host: Int, _ resource: Resource, _ millionths: Int) -> Int64? {
    guard fleet.hosts[host].isUsableAsTarget, let capacity = fleet.levelled[host][resource], capacity > 0
    else { return nil }
    let (whole, level) = (Int64(Self.whole), Int64(millionths))
    return capacity / whole * level + capacity % whole * level / whole
  }
}
