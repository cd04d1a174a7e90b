import LinearOptimization

extension SolverOptions {
  /// Refuses options that mean nothing, before GLPK would.
  func requireSense(for program: LinearProgram) {
    precondition(timeLimitSeconds.map { $0 >= 0 } ?? true, "a time limit must not be negative")
    precondition(nodeLimit.map { $0 >= 0 } ?? true, "a node limit must not be negative")
    precondition(iterationLimit.map { $0 >= 0 } ?? true, "an iteration limit must not be negative")
    precondition(absoluteGap >= 0 && relativeGap >= 0, "a gap must not be negative")
    precondition(
      integralityTolerance > 0 && integralityTolerance < 0.5,
      "the integrality tolerance must lie between 0 and 0.5, not \(integralityTolerance)")
    precondition(cutoff?.isFinite ?? true, "a cut-off must be finite")
    precondition(knownBound?.isFinite ?? true, "a known bound must be finite")
    precondition(
      start.map { $0.count == program.columnCount } ?? true,
      "a start needs \(program.columnCount) values, not \(start?.count ?? 0)")
  }
}
