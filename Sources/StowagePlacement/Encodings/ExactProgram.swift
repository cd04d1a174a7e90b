import LinearOptimization
import StowageFleet
import StowageModel

/// What programs have settled.
struct ExactAnswer {
  /// A placement that keeps everything.
  var placement: [Int]?
  /// No placement has a lower objective; `nil` when nothing is proved.
  var bound: Double?
  /// No placement exists.
  var isInfeasible = false
}

/// Solves one program after another until the placement passes the trial of failover.
///
/// The first keeps what failover needs by volume, and its bound stands. While the trial fails, the
/// next keeps more room.
struct ExactProgram {
  let task: PlacementTask
  let hosts: [Int]
  let countsHosts: Bool
  /// Nodes and simplex iterations after which a search ends; `nil` for those of ``ExactSearch``.
  var limits: (nodes: Int, iterations: Int)?

  /// Room kept beyond the rule after failed trials, as a part of the capacities.
  private static let reserves = [0, 0.02, 0.05, 0.1, 0.15]

  func solve(
    knownBound: Double? = nil, _ complete: (inout AssignmentProgram) -> Void
  ) throws(SolverFailure) -> ExactAnswer {
    var answer = ExactAnswer()
    for (index, reserve) in Self.reserves.enumerated() {
      var program = AssignmentProgram(task.problem, hosts: hosts, countsHosts: countsHosts)
      program.encodeFailover(isSpare: task.occupancy.spares, reserve: reserve)
      program.encodeMoveLimits()
      complete(&program)
      var search = ExactSearch(solver: task.solver, stopwatch: task.stopwatch)
      if let limits { (search.nodeLimit, search.iterationLimit) = limits }
      search.limitWork(task.options)
      let finding = try search.run(program, knownBound: index == 0 ? knownBound : nil)
      if index == 0 { answer.bound = finding.bound }
      guard case .placement(let placement, _) = finding else {
        if case .infeasible = finding, index == 0 { answer.isInfeasible = true }
        return answer
      }
      if task.accepts(placement) {
        answer.placement = placement
        return answer
      }
      if !task.failover.isNeeded || task.stopwatch.hasRunOut { return answer }
    }
    return answer
  }
}
