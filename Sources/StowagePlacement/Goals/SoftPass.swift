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
  /// Configured memory of each VM in MiB.
  private let memory: [Double]

  init(_ task: PlacementTask) {
    self.task = task
    memory = task.fleet.vms.map(\.memoryMiB)
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
    let names = result.objectives.map(\.name)
    guard task.softRules.isWeighed, task.goal != .balance, names.contains(.softRuleCost),
      names.allSatisfy({ $0 == .softRuleCost || meter.value($0, result.placement) != nil })
    else { return result }
    let keepsHosts = names.contains(.hostsOn)
    var (placement, bound) = try lowered(result.placement, keepsHosts: keepsHosts)
    if rank(result.placement, names).isLess(than: rank(placement, names)) { placement = result.placement }
    let floors = isSmall ? try settled(&placement, result.objectives, keepsHosts: keepsHosts) : [:]
    let objectives = result.objectives.map { objective -> Objective in
      if objective.name == .softRuleCost { return task.softRules.objective(placement, bound: bound) }
      var floor = ProvedBound(objective.lowerBound ?? 0, objective.proof ?? .trivial)
      floor.raise(to: floors[objective.name], .branchAndBound)
      return floor.objective(
        objective.name, value: meter.value(objective.name, placement) ?? objective.value)
    }
    let isSuperseded = objectives.contains { $0.name == .moves && $0.proof == .branchAndBound }
    return task.result(
      placement, objectives, certificate: isSuperseded ? nil : result.certificate, notes: result.notes)
  }

  /// The values of objectives, in their order.
  private func rank(_ placement: [Int], _ names: [Objective.Name]) -> [Double] {
    names.map { meter.value($0, placement) ?? task.softRules.cost(placement) }
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

  /// Lowers the moves and the memory moved, at no higher cost of soft rules, by the programs.
  ///
  /// - Returns: what the programs prove about either, given what stands before it.
  private func settled(
    _ best: inout [Int], _ objectives: [Objective], keepsHosts: Bool
  ) throws(SolverFailure) -> [Objective.Name: Double] {
    var floors: [Objective.Name: Double] = [:]
    let most = task.softRules.cost(best) + 1e-6
    let names = objectives.map(\.name)
    for objective in objectives where objective.name == .moves || objective.name == .movedMiB {
      guard let value = meter.value(objective.name, best), value > objective.lowerBound ?? 0 else { continue }
      let moves = names.contains(.moves) && objective.name != .moves ? meter.moves(best) : nil
      let answer = try program(keepsHosts ? meter.hostsOn(best) : nil) { program, cost in
        program.program.require("soft rules", cost, atMost: most)
        if let moves { program.limitMoves(to: moves) }
        program.program.minimize(program.moved { objective.name == .moves ? 1 : memory[$0] })
      }
      if let found = answer.placement, rank(found, names).isLess(than: rank(best, names)) { best = found }
      if task.provesBounds {
        floors[objective.name] =
          objective.name == .moves ? answer.bound.map(ProvedBound.roundedUp) : answer.bound
      }
    }
    return floors
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

extension [Double] {
  /// Whether these values come before others in lexicographic order, with rounding errors left out.
  fileprivate func isLess(than others: [Double]) -> Bool {
    for (own, other) in zip(self, others) where (own - other).magnitude > 1e-6 * (1 + other.magnitude) {
      return own < other
    }
    return false
  }
}
