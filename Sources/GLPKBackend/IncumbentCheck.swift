import LinearOptimization

/// Decides whether what GLPK takes for a solution is one.
///
/// GLPK accepts 0.99999 for 1, so that with a coefficient of a million a row may be ten units over once the
/// column is rounded.
struct IncumbentCheck {
  let program: LinearProgram

  enum Verdict {
    case none
    case sound(Solution)
    case unsound([Violation])
  }

  init(_ program: LinearProgram) {
    self.program = program
  }

  /// Rounds the integer columns and checks every row; continuous columns that no longer fit are solved for again.
  func check(_ values: [Double]?) throws(SolverFailure) -> Verdict {
    guard let values else { return .none }
    let solution = Solution(of: program, values: program.snapped(values))
    let violations = solution.violations(of: program)
    if violations.isEmpty { return .sound(solution) }
    guard program.columnKinds.contains(.continuous) else { return .unsound(violations) }
    return try completing(solution.values) ?? .unsound(violations)
  }

  /// The best continuous columns for the integer columns as they are; `nil` if there are none.
  private func completing(_ values: [Double]) throws(SolverFailure) -> Verdict? {
    var fixed = program.relaxed
    for index in values.indices where program.columnKinds[index] != .continuous {
      fixed.setBounds(of: fixed.column(at: index), to: .exactly(values[index]))
    }
    let problem = try GLPKProblem(fixed)
    // Without the caller's deadline: this is the last step, and a small one.
    var relaxation = RelaxationSolver(problem, fixed, SolverOptions(), Deadline(SolverOptions()))
    guard case .optimal = try relaxation.solveCold() else { return nil }
    let completed = program.snapped(try problem.basicValues(count: program.columnCount))
    let solution = Solution(of: program, values: completed)
    return solution.violations(of: program).isEmpty ? .sound(solution) : nil
  }
}
