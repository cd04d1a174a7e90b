public import LinearOptimization

/// GLPK 5.0: simplex method and branch and bound.
///
/// Every solve builds a problem, solves it, reads it and frees it on the calling thread, in one piece. GLPK's
/// environment is thread-local, so threads do not disturb each other.
///
/// A fault inside GLPK, which would end the process, is caught and becomes a ``SolverFailure``; the thread can solve
/// again afterwards.
public struct GLPKSolver: Solver {
  /// The solver. It has no state.
  public init() {}

  /// Solves `program`; see ``Solver/solve(_:options:)``.
  public func solve(
    _ program: LinearProgram, options: SolverOptions
  ) throws(SolverFailure) -> SolveResult {
    options.requireSense(for: program)
    if let unconstrained = UnconstrainedProgram(program) { return unconstrained.solve() }
    let deadline = Deadline(options)
    let problem = try GLPKProblem(program)
    if program.hasIntegers {
      let solver = IntegerSolver(program: program, options: options, deadline: deadline)
      return try solver.solve(using: problem, isWarm: false)
    }
    var relaxation = RelaxationSolver(problem, program, options, deadline)
    let end = try relaxation.solveCold()
    return try relaxation.result(of: end)
  }

  /// Loads `program` on the calling thread, to which the session then belongs.
  public func makeSession(_ program: LinearProgram) throws(SolverFailure) -> any LinearSession {
    GLPKSession(program)
  }
}
