/// Something that solves linear and integer programs.
public protocol Solver: Sendable {
  /// Solves `program`, its integer columns included.
  ///
  /// Runs to its end on the calling thread, without suspending. Safe to call from several threads at once.
  /// Equal programs and options give equal results, unless the clock or ``SolverOptions/progress``
  /// ended the search.
  ///
  /// What it returns holds: solutions satisfy the program (see ``FeasibilityTolerance/claim``), bounds are bounds.
  func solve(_ program: LinearProgram, options: SolverOptions) throws(SolverFailure) -> SolveResult

  /// Loads `program` into a session for repeated solving.
  func makeSession(_ program: LinearProgram) throws(SolverFailure) -> any LinearSession
}

extension Solver {
  /// Solves `program` to its proved answer.
  public func solve(_ program: LinearProgram) throws(SolverFailure) -> SolveResult {
    try solve(program, options: SolverOptions())
  }
}
