import LinearOptimization
import StowageFleet
import StowageModel

/// Runs an assignment program and says what came of it in terms of placements.
struct ExactSearch {
  /// What is known about a program now.
  enum Finding {
    /// A placement, with what no placement's objective is lower than.
    case placement([Int], bound: Double?)
    case infeasible
    /// Nothing found; what no placement's objective is lower than, if known.
    case nothing(bound: Double?)

    /// What no placement's objective is lower than, if known.
    var bound: Double? {
      switch self {
      case .placement(_, let bound), .nothing(let bound): bound
      case .infeasible: nil
      }
    }
  }

  let solver: any Solver
  let stopwatch: Stopwatch
  /// Nodes of the search tree after which it ends. Chosen: fleets that are settled at all are
  /// settled long before.
  var nodeLimit = 20_000
  /// Simplex iterations after which it ends, as a limit on the work for large relaxations.
  var iterationLimit = 300_000
  /// Part of the time left that one search may take.
  var timeShare = 0.4

  /// Without a clock, less time is less work: the limits on work are those of a minute.
  mutating func limitWork(_ options: PlacementOptions) {
    guard options.isDeterministic, options.timeLimitSeconds < 60 else { return }
    let part = options.timeLimitSeconds / 60
    nodeLimit = max(1, Int(Double(nodeLimit) * part))
    iterationLimit = max(1, Int(Double(iterationLimit) * part))
  }

  /// Solves a program to its end or to a limit. Trouble of the solver with its arithmetic is no
  /// failure here: it proves nothing, and others go on.
  func run(_ assignment: AssignmentProgram, knownBound: Double? = nil) throws(SolverFailure) -> Finding {
    var options = SolverOptions()
    options.timeLimitSeconds = stopwatch.part(timeShare).secondsLeft
    options.nodeLimit = nodeLimit
    options.iterationLimit = iterationLimit
    options.knownBound = knownBound
    guard let outcome = try solver.soundOutcome(assignment.program, options: options) else {
      return .nothing(bound: nil)
    }
    switch outcome {
    case .optimal(let solution):
      return read(solution, assignment, bound: solution.objective)
    case .feasible(let solution, let bound): return read(solution, assignment, bound: bound)
    case .infeasible: return .infeasible
    case .undecided(let bound): return .nothing(bound: bound)
    case .unbounded: preconditionFailure("an assignment has no end of solutions")
    }
  }

  /// A solution within the solver's tolerances may still be a unit beyond a limit, so it is counted
  /// anew.
  private func read(_ solution: Solution, _ assignment: AssignmentProgram, bound: Double?) -> Finding {
    let problem = assignment.problem
    let placement = problem.placement(ofBlocks: assignment.hostOfBlock(solution))
    return problem.isLegal(placement) ? .placement(placement, bound: bound) : .nothing(bound: bound)
  }
}
