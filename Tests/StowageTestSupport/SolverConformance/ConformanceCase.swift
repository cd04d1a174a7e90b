public import LinearOptimization

/// One claim about every solver, and how to test it.
///
/// A value rather than a test, so that the test target of each back end can run the same ones.
public struct ConformanceCase: Sendable, CustomStringConvertible {
  /// The claim, as a sentence that begins "a solver …".
  public let description: String
  /// Throws ``ConformanceFailure`` where the solver does not keep the claim.
  public let run: @Sendable (any Solver) throws -> Void

  init(_ description: String, run: @escaping @Sendable (any Solver) throws -> Void) {
    self.description = description
    self.run = run
  }
}

/// A claim that a solver did not keep.
public struct ConformanceFailure: Error, CustomStringConvertible {
  /// What was seen instead.
  public let description: String
}

/// Every claim.
public enum SolverConformance {
  /// All cases in a fixed order.
  public static let cases =
    linearCases + dualCases + infeasibleCases + trivialCases + integerCases + bruteForceCases
    + limitCases + startCases + sessionCases + concurrencyCases
}

func require(_ condition: Bool, _ complaint: @autoclosure () -> String) throws {
  if !condition { throw ConformanceFailure(description: complaint()) }
}

extension Outcome {
  /// The solution, if the outcome is optimal.
  func optimum(_ note: String = "") throws -> Solution {
    guard case .optimal(let solution) = self else {
      throw ConformanceFailure(description: "\(note) expected an optimum, got \(self)")
    }
    return solution
  }
}

extension Solver {
  /// Solves and checks that the optimum is `objective` and that the solution satisfies the program.
  @discardableResult
  func requireOptimum(
    _ objective: Double, of program: LinearProgram, options: SolverOptions = SolverOptions(),
    _ note: String = ""
  ) throws -> Solution {
    let result = try solve(program, options: options)
    let solution = try result.outcome.optimum(note)
    try require(
      isClose(solution.objective, objective), "\(note) objective \(solution.objective), not \(objective)")
    let violations = solution.violations(of: program)
    try require(violations.isEmpty, "\(note) violated: \(violations)")
    try require(result.termination == .completed, "\(note) ended by \(result.termination)")
    return solution
  }

  /// Solves with and without presolving and checks that both prove that there is no solution.
  func requireInfeasible(_ program: LinearProgram, _ note: String = "") throws {
    for presolve in [true, false] {
      var options = SolverOptions()
      options.presolve = presolve
      let result = try solve(program, options: options)
      try require(result.outcome == .infeasible, "\(note) presolve \(presolve): \(result.outcome)")
      try require(result.termination == .completed, "\(note) ended by \(result.termination)")
    }
  }
}

/// Whether two objectives agree to 1e-6 of their size.
func isClose(_ a: Double, _ b: Double) -> Bool {
  (a - b).magnitude <= 1e-6 * (1 + b.magnitude)
}
