// Numerical trouble of a solver is no failure to whoever can go on without an answer: it proves nothing, and that is all.

extension Solver {
  /// What comes of a program; `nil` where the solver gives up for numerical reasons.
  public func soundOutcome(
    _ program: LinearProgram, options: SolverOptions
  ) throws(SolverFailure) -> Outcome? {
    do throws(SolverFailure) {
      return try solve(program, options: options).outcome
    } catch {
      guard error.kind == .numerical else { throw error }
      return nil
    }
  }
}

extension LinearSession {
  /// What comes of the relaxation; `nil` where the solver gives up for numerical reasons.
  public func soundRelaxation() throws(SolverFailure) -> Outcome? {
    do throws(SolverFailure) {
      return try solveRelaxation().outcome
    } catch {
      guard error.kind == .numerical else { throw error }
      return nil
    }
  }
}
