import CGLPKShim
import LinearOptimization

extension IntegerSolver {
  /// What a search proves, once its solution has been checked.
  func judge(_ found: IntegerSearch.Finding, _ start: SearchStart) throws(SolverFailure) -> Attempt {
    if let failure = found.fault { return try broken(found, start, failure) }
    switch found.code {
    case .success: return try judgeComplete(found, start)
    case .stopped, .timeLimit, .iterationLimit, .gapReached:
      return try judgeStopped(found, start, Self.termination(of: found))
    case .noPrimalFeasible, .crossingBounds: return Attempt(.infeasible, .completed, found.work)
    case .noDualFeasible: return try settleUnbounded(found.work)
    case .failed, .badBasis, .singularBasis, .illConditionedBasis:
      let message = "the search failed for numerical reasons (\(found.code))"
      return try broken(found, start, SolverFailure(.numerical, operation: "glp_intopt", message: message))
    case .lowerObjectiveLimit, .upperObjectiveLimit, .noRoot, .noFeasible, .noConvergence, .unstable,
      .badData, .outOfRange, .unknown:
      let message = "the search ended with \(found.code), status \(found.status)"
      return try broken(found, start, SolverFailure(.unexpected, operation: "glp_intopt", message: message))
    }
  }

  /// The search went through the whole tree.
  private func judgeComplete(
    _ found: IntegerSearch.Finding, _ start: SearchStart
  ) throws(SolverFailure) -> Attempt {
    switch try IncumbentCheck(program).check(found.incumbent?.values) {
    case .none:
      if case .cutoff(let cutoff) = start {
        return Attempt(.undecided(bound: cutoff), .completed, found.work)
      }
      return Attempt(.infeasible, .completed, found.work)
    case .sound(let solution):
      let claimed = found.incumbent?.objective ?? solution.objective
      return Attempt(proved(solution, bound: claimed), .completed, found.work)
    case .unsound(let violations):
      return Attempt(
        .undecided(bound: found.incumbent?.objective), .solutionRejected(violations), found.work)
    }
  }

  /// A limit, a gap or the caller ended the search.
  private func judgeStopped(
    _ found: IntegerSearch.Finding, _ start: SearchStart, _ termination: Termination
  ) throws(SolverFailure) -> Attempt {
    let bound = bound(of: found)
    switch try IncumbentCheck(program).check(found.incumbent?.values) {
    case .none: return Attempt(unfinished(start, bound: bound), termination, found.work)
    case .sound(let solution):
      return Attempt(proved(solution, bound: bound), termination, found.work)
    case .unsound(let violations):
      return Attempt(.undecided(bound: bound), .solutionRejected(violations), found.work)
    }
  }

  private func broken(
    _ found: IntegerSearch.Finding, _ start: SearchStart, _ failure: SolverFailure
  ) throws(SolverFailure) -> Attempt {
    let stopped = try judgeStopped(found, start, .completed)
    return Attempt(stopped.outcome, stopped.termination, stopped.work, failure: failure)
  }

  /// What no solution can improve on: what the open nodes promise, or else the incumbent, by which others were pruned.
  private func bound(of found: IntegerSearch.Finding) -> Double? {
    var bound = found.bound
    if let open = bound, let incumbent = found.incumbent {
      bound = program.sense.better(open, incumbent.objective)
    }
    guard let known = options.knownBound else { return bound }
    return bound.map { program.sense.worse($0, known) } ?? known
  }

  /// Optimal where the bound is met within GLPK's tolerance, else feasible.
  private func proved(_ solution: Solution, bound: Double?) -> Outcome {
    guard let bound else { return .feasible(solution, bound: nil) }
    let isMet = (solution.objective - bound).magnitude <= 1e-6 * (1 + solution.objective.magnitude)
    return isMet ? .optimal(solution) : .feasible(solution, bound: bound)
  }

  private static func termination(of found: IntegerSearch.Finding) -> Termination {
    switch found.stop {
    case STOWAGE_GLPK_DEADLINE: .timeLimit
    case STOWAGE_GLPK_NODES: .nodeLimit
    case STOWAGE_GLPK_ITERATIONS: .iterationLimit
    case STOWAGE_GLPK_CANCELLED: .cancelled
    default:
      switch found.code {
      case .timeLimit: .timeLimit
      case .iterationLimit: .iterationLimit
      default: .completed
      }
    }
  }
}
