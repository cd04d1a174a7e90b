import StowageFleet
import StowageModel

/// Keeps room for failures: lower limits before a search, a trial after it.
struct FailoverGuard {
  let problem: Problem
  let occupancy: Occupancy
  private let demands: [FailoverDemand]
  private let fixed: [Amounts]

  init(_ problem: Problem, occupancy: Occupancy) {
    self.problem = problem
    self.occupancy = occupancy
    demands = problem.fleet.failovers.filter(\.isHard)
    fixed = Self.fixedLoads(problem)
  }

  /// Whether any hard rule asks for room.
  var isNeeded: Bool { !demands.isEmpty }

  /// The rules whose failures are not all shown to be covered by a placement, in the fleet's order.
  func uncovered(_ placement: [Int]) -> [Rule.ID] {
    guard isNeeded else { return [] }
    let isOn = occupancy.isOn(placement)
    let probe = FailoverProbe(problem.fleet)
    var rules: [Rule.ID] = []
    for demand in demands where !rules.contains(demand.rule) {
      if probe.uncovered(demand, placement: placement, isOn: { isOn[$0] }) > 0 { rules.append(demand.rule) }
    }
    return rules
  }

  /// What the open hosts may hold so that the load of failed ones fits on the others by volume.
  ///
  /// Every host of a guarded cluster gives up the same part: what the largest units that may fail
  /// together hold, over what all open hosts hold; and `extra` more, because loads do not fit
  /// without gaps. A host keeps room for what cannot move off it.
  func limits(isOpen: [Bool], extra: Double) -> [LoadVector] {
    var limits = problem.limits.map { LoadVector($0) }
    for demand in demands {
      let survivors = demand.hosts.filter { isOpen[$0] && problem.fleet.targets.contains($0) }
      for resource in Resource.allCases {
        let part = remainingPart(demand, survivors, resource) - extra
        for host in survivors where limits[host][resource] < Double(Fleet.noLimit) {
          let lowered = (limits[host][resource] * max(0, part)).rounded(.down)
          limits[host][resource] = max(lowered, Double(fixed[host][resource]))
        }
      }
    }
    return limits
  }

  private func remainingPart(_ demand: FailoverDemand, _ survivors: [Int], _ resource: Resource) -> Double {
    let isOpen = Set(survivors)
    let sizes = demand.units.map { unit in
      unit.filter(isOpen.contains).reduce(0.0) { $0 + Double(problem.limits[$1][resource]) }
    }
    let total = sizes.reduce(0, +)
    guard total > 0, total < Double(Fleet.noLimit) else { return 1 }
    return 1 - sizes.sorted(by: >).prefix(demand.failures).reduce(0, +) / total
  }

  /// The load that can be on one host only.
  private static func fixedLoads(_ problem: Problem) -> [Amounts] {
    var fixed = [Amounts](repeating: .zero, count: problem.fleet.hosts.count)
    for block in problem.blocks.indices {
      if let host = problem.candidates.onlyHost(of: block) { fixed[host] += problem.demand[block] }
    }
    return fixed
  }
}
