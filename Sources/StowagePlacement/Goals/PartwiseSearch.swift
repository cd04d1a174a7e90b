import LinearOptimization
import StowageFleet
import StowageModel

/// Fills as few hosts of each part of a fleet as it can while all hosts of the others stay on, and puts the
/// parts together.
///
/// A whole fleet in which one part needs a host more would otherwise be tried, and fail, at every number
/// up to that. Rules over several parts are tried on what comes of it.
struct PartwiseSearch {
  let task: PlacementTask
  /// Hosts that may hold VMs at the end.
  let hosts: [Int]
  /// The parts of the fleet with the fewest hosts that each may need.
  let floors: [(part: FleetParts.Part, hosts: Int)]
  /// Attempts at each number of hosts before one more is tried.
  let attempts: Int

  /// `nil` when the fleet is in one piece, or nothing is found that keeps everything.
  func place(_ random: inout SeededGenerator) throws(SolverFailure) -> [Int]? {
    let inhabited = floors.filter { !$0.part.vms.isEmpty }
    guard inhabited.count > 1, inhabited.count <= Self.partLimit else { return nil }
    var whole = task.fleet.start
    for (part, floor) in inhabited {
      guard let placement = try fewest(part, from: floor, &random) else { return nil }
      for vm in part.vms { whole[vm] = placement[vm] }
    }
    return task.accepts(whole) ? whole : nil
  }

  /// Each part costs a search over the whole fleet: with more of them one search for all is quicker.
  private static let partLimit = 12

  /// A placement of the whole fleet in which a part has the fewest hosts on.
  private func fewest(
    _ part: FleetParts.Part, from floor: Int, _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [Int]? {
    let own = Set(part.hosts)
    let others = hosts.filter { !own.contains($0) }
    let choice = HostChoice(task.problem, solver: task.solver, eligible: hosts, kept: others)
    for count in stride(from: floor, through: hosts.count - others.count, by: 1) {
      guard let chosen = try choice.choose(others.count + count) else { continue }
      let placement = task.search.place(on: chosen, attempts: attempts, &random, task.stopwatch)
      if let placement { return placement }
      if task.stopwatch.hasRunOut { return nil }
    }
    return nil
  }
}
