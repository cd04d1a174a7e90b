import LinearOptimization
import StowageFleet
import StowageModel

/// The programs of a balance, for fleets small enough to solve them.
///
/// - Given: the assignment program on the hosts that may hold VMs at the end.
/// - Decides: who is where, and the highest utilisation, or how far each is above its target.
/// - Minimises: first the highest utilisation, or what is above targets; then, with no more of that, the moves.
/// - Subject to: all rules; of failover what is necessary by volume, with a trial afterwards; no more
///   moves than the options allow.
/// - Reads back: a placement and what is proved about it.
struct ExactBalance {
  let task: PlacementTask
  let hosts: [Int]

  /// Programs with more columns than this are left to the search alone. Chosen: a lowest maximum is
  /// harder to prove than a lowest count.
  static let columnLimit = 600
  /// Programs with more columns than this are given up after some tenths of a second. Chosen: what is not
  /// proved by then is hardly proved in a minute either. Many hosts are harder than many VMs: fleets of 6 hosts and 216
  /// columns are proved in seconds, a cluster of 40 nodes and 240 columns not in half a minute.
  private static let quickLimit = (fewHosts: 250, manyHosts: 150)
  private static let manyHosts = 12
  private static let hardLimits = (nodes: 100, iterations: 1500)
  /// Utilisations this much above the lowest count as it: the solver's tolerance.
  private static let tolerance = 1e-6

  var isWorthwhile: Bool { size <= Self.columnLimit }

  private var size: Int { AssignmentProgram.size(task.problem, hosts: hosts) }

  private var exact: ExactProgram {
    var exact = ExactProgram(task: task, hosts: hosts, countsHosts: false)
    let limit = Self.quickLimit
    if size > (hosts.count > Self.manyHosts ? limit.manyHosts : limit.fewHosts) {
      exact.limits = Self.hardLimits
    }
    return exact
  }

  func lowestMaximum() throws(SolverFailure) -> ExactAnswer {
    try exact.solve { program in
      let highest = program.program.addContinuous("highest utilisation")
      program.encodeUtilisation(atMost: LinearExpression(highest))
      program.program.minimize(LinearExpression(highest))
    }
  }

  func leastExcess() throws(SolverFailure) -> ExactAnswer {
    try exact.solve { program in program.program.minimize(program.targetExcess()) }
  }

  func fewestMoves(excess: Double) throws(SolverFailure) -> ExactAnswer {
    try exact.solve { program in
      program.program.require("above targets", program.targetExcess(), atMost: excess + Self.tolerance)
      program.program.minimize(program.moved { _ in 1 })
    }
  }

  func fewestMoves(maximum: Double) throws(SolverFailure) -> ExactAnswer {
    try exact.solve { program in
      program.encodeUtilisation(atMost: LinearExpression(maximum + Self.tolerance))
      program.program.minimize(program.moved { _ in 1 })
    }
  }
}
