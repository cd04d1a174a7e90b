import StowageFleet
import StowageModel

/// Loads that no move takes off their host: of VMs that may be nowhere else.
///
/// Where one of them alone is as full as the fullest host of a placement, the highest utilisation says nothing about the
/// rest; a balance then sets it aside and goes on with what can be lowered. Where demand is counted by the hour nothing is.
struct StuckLoads {
  private let task: PlacementTask

  /// Utilisations that differ by less are the same.
  private static let rounding = 1e-9

  init(_ task: PlacementTask) {
    self.task = task
  }

  /// The loads of a placement at a level that alone reach it.
  private func reaching(_ level: Double, _ loads: [Amounts]) -> [Fleet.HostLoad] {
    let fleet = task.fleet
    guard fleet.hourly == nil, level > 0 else { return [] }
    func isAtLevel(_ load: Amounts, _ host: Int, _ resource: Resource) -> Bool {
      guard let capacity = fleet.levelled[host][resource], capacity > 0 else { return false }
      return Double(load[resource]) / Double(capacity) >= level - Self.rounding
    }
    return fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }.flatMap { host in
      let full = Resource.allCases.filter { isAtLevel(loads[host], host, $0) }
      guard !full.isEmpty else { return [Fleet.HostLoad]() }
      let immovable = immovable(on: host)
      return full.filter { isAtLevel(immovable, host, $0) }.map { Fleet.HostLoad(host: host, $0) }
    }
  }

  /// What the blocks ask that start on a host and fit nowhere else, whoever leaves there.
  private func immovable(on host: Int) -> Amounts {
    let problem = task.problem
    return problem.blocks.indices.reduce(into: Amounts.zero) { sum, block in
      guard problem.candidates.remainsAt[block] == host else { return }
      let isTied = problem.candidates.hosts(of: block).allSatisfy { other in
        other == host
          || Resource.allCases.contains { problem.demand[block][$0] > problem.limits[other][$0] }
      }
      if isTied { sum += problem.demand[block] }
    }
  }

  /// The task behind a placement whose fullest hosts hold nothing that could leave; `nil` where there is something else to
  /// lower. What is set aside stays as it is in the placement.
  func taskBehind(_ placement: [Int]) -> PlacementTask? {
    let meter = ObjectiveMeter(task.fleet)
    let loads = meter.loads(placement)
    let stuck = reaching(meter.maxUtilisation(placement), loads)
    return stuck.isEmpty ? nil : task.settingAside(stuck, holding: loads)
  }
}
