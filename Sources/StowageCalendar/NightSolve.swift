import LinearOptimization

/// Runs night programs.
struct NightSolve {
  let solver: any Solver

  /// The best nights within limits on work; `nil` when none were found.
  func best(_ program: NightProgram) throws(SolverFailure) -> [Int]? {
    var options = SolverOptions()
    options.nodeLimit = 400
    options.iterationLimit = 20_000
    return try solved(program, options)
  }

  /// The best nights that there are; `nil` when there are none.
  func optimum(_ program: NightProgram) throws(SolverFailure) -> [Int]? {
    try solved(program, SolverOptions())
  }

  private func solved(_ program: NightProgram, _ options: SolverOptions) throws(SolverFailure) -> [Int]? {
    try solver.soundOutcome(program.program, options: options)?.solution.flatMap(program.nightOfUnit)
  }
}
