import StowageModel

/// What hosts may hold when none may end fuller than a level, and the next fuller that one can be.
///
/// Levels are millionths of capacities: whole numbers, so that whoever checks rounds as the planner did.
struct LevelLimits {
  private static let whole: Int64 = 1_000_000

  private let bound: MoveWeightsBound
  private let roster: Roster
  /// What all demands of a resource are multiples of; 0 where nobody asks for it.
  private let unit: [Int64]
  /// What all VMs together ask: no load is more.
  private let total: Amounts

  init(_ bound: MoveWeightsBound) {
    self.bound = bound
    let roster = bound.roster
    self.roster = roster
    total = roster.demand.reduce(.zero, +)
    unit = Resource.allCases.map { resource in
      roster.demand.reduce(0) { Self.greatestCommonDivisor($0, $1[resource]) }
    }
  }

  /// The bound on moves of plans that keep all usable hosts within a level.
  func moveWeights(_ millionths: Int) -> MoveWeightsBound {
    let proper = bound.limits.limits
    let limits = roster.hosts.indices.map { host in
      Resource.allCases.map { resource -> Int64? in
        let most = proper[host][resource.index]
        guard let share = share(host, resource, millionths) else { return most }
        return most.map { min($0, share) } ?? share
      }
    }
    return MoveWeightsBound(
      roster: roster, rulebook: bound.rulebook,
      limits: RestLimits(
        canMove: bound.limits.canMove, limits: limits, hourFloors: bound.limits.hourFloors),
      mustLeave: bound.mustLeave)
  }

  /// The least utilisation above a level that a legal load of some usable host has; 1 or more when
  /// none is.
  func next(above millionths: Int) -> Double {
    var least = Double.infinity
    for host in roster.hosts.indices {
      for resource in Resource.allCases where unit[resource.index] > 0 {
        guard let share = share(host, resource, millionths),
          let capacity = roster.capacity[host][resource]
        else { continue }
        let load = (share / unit[resource.index] + 1) * unit[resource.index]
        if load > min(total[resource], bound.limits.limits[host][resource.index] ?? .max) { continue }
        least = min(least, Double(load) / Double(capacity))
      }
    }
    return least.isFinite ? least : max(1, Double(millionths) / Double(Self.whole))
  }

  /// The part of a usable host's capacity; `nil` where it offers none or does not limit it.
  private func share(_ host: Int, _ resource: Resource, _ millionths: Int) -> Int64? {
    guard roster.hosts[host].isUsableAsTarget, let capacity = roster.capacity[host][resource], capacity > 0
    else { return nil }
    let level = Int64(min(max(0, millionths), Int(Self.whole)))
    return capacity / Self.whole * level + capacity % Self.whole * level / Self.whole
  }

  private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
