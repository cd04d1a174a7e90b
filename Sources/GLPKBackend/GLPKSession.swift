public import LinearOptimization

/// A program kept loaded in GLPK, so that each solve goes on from the basis of the one before.
///
/// Measured on a master of column generation: 332 iterations for the first solve, 2 after a column was added.
///
/// A session belongs to the thread that made it. Using or releasing it on another one ends the program, because GLPK would;
/// in particular no `await` may lie between making and releasing it, for after an `await` a task may find itself elsewhere.
/// After a fault in GLPK on its thread a session loads its program again, and only the basis is lost.
public final class GLPKSession: LinearSession {
  /// The program as it is now.
  public private(set) var program: LinearProgram

  private var problem: GLPKProblem?
  private var pending = PendingChanges()

  /// A session for `program`; GLPK hears of it when it is first solved.
  public init(_ program: LinearProgram) {
    self.program = program
  }

  /// Appends a column; see ``LinearSession``.
  @discardableResult
  public func appendColumn(
    _ name: @escaping LinearProgram.Name, kind: LinearProgram.ColumnKind, bounds: Bounds, cost: Double,
    coefficients: [(row: LinearProgram.Row, value: Double)]
  ) -> LinearProgram.Column {
    program.appendColumn(name, kind: kind, bounds: bounds, cost: cost, coefficients: coefficients)
  }

  /// Appends a row; see ``LinearSession``.
  @discardableResult
  public func appendRow(
    _ name: @escaping LinearProgram.Name, bounds: Bounds,
    coefficients: [(column: LinearProgram.Column, value: Double)]
  ) -> LinearProgram.Row {
    program.appendRow(name, bounds: bounds, coefficients: coefficients)
  }

  /// Replaces the bounds of a column.
  public func setBounds(of column: LinearProgram.Column, to bounds: Bounds) {
    program.setBounds(of: column, to: bounds)
    pending.columnBounds.append(column.index)
  }

  /// Replaces the bounds of a row.
  public func setBounds(of row: LinearProgram.Row, to bounds: Bounds) {
    program.setBounds(of: row, to: bounds)
    pending.rowBounds.append(row.index)
  }

  /// Replaces a cost.
  public func setCost(of column: LinearProgram.Column, to cost: Double) {
    program.setCost(of: column, to: cost)
    pending.costs.append(column.index)
  }

  /// Solves the relaxation from the last basis; from scratch the first time.
  public func solveRelaxation(_ options: SolverOptions) throws(SolverFailure) -> SolveResult {
    options.requireSense(for: program)
    let relaxed = program.relaxed
    if let unconstrained = UnconstrainedProgram(relaxed) { return unconstrained.solve() }
    let deadline = Deadline(options)
    let (problem, method) = try bringUpToDate()
    var relaxation = RelaxationSolver(problem, relaxed, options, deadline)
    let end = if let method { try relaxation.solve(method) } else { try relaxation.solveCold() }
    return try relaxation.result(of: end)
  }

  /// Solves the integer program on a copy: presolved, or else from the last basis.
  public func solveInteger(_ options: SolverOptions) throws(SolverFailure) -> SolveResult {
    options.requireSense(for: program)
    guard program.hasIntegers else { return try solveRelaxation(options) }
    if let unconstrained = UnconstrainedProgram(program) { return unconstrained.solve() }
    let solver = IntegerSolver(program: program, options: options, deadline: Deadline(options))
    if options.presolve { return try solver.solve(using: GLPKProblem(program), isWarm: false) }
    let (problem, method) = try bringUpToDate()
    return try solver.solve(using: GLPKProblem(copying: problem), isWarm: method != nil)
  }

  /// Tells GLPK what changed, and says which way to go on; `nil` when there is no basis yet.
  private func bringUpToDate() throws(SolverFailure) -> (GLPKProblem, GLPKProblem.Method?) {
    guard let problem, !problem.isLost else {
      let loaded = try GLPKProblem(program)
      self.problem = loaded
      pending = PendingChanges(loaded: program)
      return (loaded, nil)
    }
    let method = pending.method(for: program)
    try pending.apply(program, to: problem)
    pending = PendingChanges(loaded: program)
    return (problem, method)
  }
}
