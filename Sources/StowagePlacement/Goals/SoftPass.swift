import LinearOptimization
import StowageFleet
import StowageModel

/// Lowers what soft rules cost in the answer to a goal, at the price of what stands behind them: moves.
///
/// - Given: a placement with its objectives.
/// - Decides: another placement with no more hosts on.
/// - Minimises: the cost of soft rules; then the moves, and the memory moved.
/// - Subject to: everything hard.
/// - Reads back: the placement, and what the programs of a small fleet prove about the cost.
struct SoftPass {
  let task: PlacementTask
  private let meter: ObjectiveMeter
  private let hosts: [Int]

  init(_ task: PlacementTask) {
    self.task = task
    meter = ObjectiveMeter(task.fleet)
    hosts = task.eligibleHosts
  }

  /// A placement with a lower cost, or with fewer moves at the same, if one is found.
  func lowered(_ placement: [Int], keepsHosts: Bool) throws(SolverFailure) -> (
    placement: [Int], bound: Double
  ) {
    guard task.softRules.isWeighed else { return (placement, 0) }
    var best = SoftSearch(task: task, hosts: keepsHosts ? held(placement) : hosts).lower(placement)
    var bound = 0.0
    guard task.softRules.cost(best) > 0, isSmall else { return (best, bound) }
    let answer = try program(keepsHosts ? meter.hostsOn(placement) : nil) { program, cost in
      program.program.minimize(cost)
    }
    if let found = answer.placement, isLess(found, best) { best = found }
    if task.provesBounds, let proved = answer.bound { bound = max(0, proved - 1e-6 * (1 + proved)) }
    return (best, bound)
  }

  /// An answer with the soft rules weighed; balancing weighs them on its way.
  func improved(_ result: PlacementResult) throws(SolverFailure) -> PlacementResult {
    guard task.softRules.isWeighed, task.goal != .balance,
      let old = result.objectives.first(where: { $0.name == .softRuleCost }),
      result.objectives.allSatisfy({
        meter.value($0.name, result.placement) != nil || $0.name == .softRuleCost
      })
    else { return result }
    let keepsHosts = result.objectives.contains { $0.name == .hostsOn }
    var (placement, bound) = try lowered(result.placement, keepsHosts: keepsHosts)
    if isSmall, let fewer = try fewestMoves(placement, keepsHosts: keepsHosts) { placement = fewer }
    let cost = task.softRules.cost(placement)
    guard cost < old.value || placement == result.placement else { return result }
    let objectives = result.objectives.map { objective -> Objective in
      if objective.name == .softRuleCost { return task.softRules.objective(placement, bound: bound) }
      var objective = objective
      objective.value = meter.value(objective.name, placement) ?? objective.value
      return objective
    }
    return task.result(
      placement, objectives, certificate: result.certificate, notes: result.notes)
  }

  // MARK: Programs

  /// Small enough for a program with all rules.
  private var isSmall: Bool {
    AssignmentProgram.size(task.problem, hosts: hosts) <= ExactConsolidation.columnLimit
  }

  private func program(
    _ hostsOn: Int?, _ complete: (inout AssignmentProgram, LinearExpression) -> Void
  ) throws(SolverFailure) -> ExactAnswer {
    try ExactProgram(task: task, hosts: hosts, countsHosts: hostsOn != nil).solve { program in
      if let hostsOn { program.limitHosts(to: hostsOn) }
      let cost = program.softCost(emptied: task.occupancy.offWhenEmpty)
      complete(&program, cost)
    }
  }

  /// The fewest moves, or where hosts are counted the least memory moved, at no higher cost.
  private func fewestMoves(_ placement: [Int], keepsHosts: Bool) throws(SolverFailure) -> [Int]? {
    let vms = task.fleet.vms
    let most = task.softRules.cost(placement)
    let answer = try program(keepsHosts ? meter.hostsOn(placement) : nil) { program, cost in
      program.program.require("soft rules", cost, atMost: most + 1e-6)
      program.program.minimize(program.moved { keepsHosts ? vms[$0].memoryMiB : 1 })
    }
    guard let found = answer.placement, task.softRules.cost(found) <= most + 1e-6 else { return nil }
    return isLess(found, placement) ? found : nil
  }

  private func isLess(_ left: [Int], _ right: [Int]) -> Bool {
    let (a, b) = (task.softRules.cost(left), task.softRules.cost(right))
    if (a - b).magnitude > 1e-6 { return a < b }
    return (meter.movedMiB(left), meter.moves(left)) < (meter.movedMiB(right), meter.moves(right))
  }

  /// Hosts that are on at the end.
  private func held(_ placement: [Int]) -> [Int] {
    let used = Set(placement).union(task.fleet.countsAsOn.members)
    return hosts.filter(used.contains)
  }
}
