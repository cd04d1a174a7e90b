/// A program that stays loaded in a solver while it changes.
///
/// Each relaxation is solved from where the one before ended, which is what column generation and diving live on.
/// A session belongs to the thread that made it: use and release it there, with no `await` in
/// between. (It is not `Sendable`, but an `await` may resume on another thread.)
public protocol LinearSession: AnyObject {
  /// The program as it is now, changes included.
  var program: LinearProgram { get }

  /// Appends a column with its coefficients in existing rows; see ``LinearProgram/appendColumn(_:kind:bounds:cost:coefficients:)``.
  @discardableResult
  func appendColumn(
    _ name: @escaping LinearProgram.Name, kind: LinearProgram.ColumnKind, bounds: Bounds, cost: Double,
    coefficients: [(row: LinearProgram.Row, value: Double)]
  ) -> LinearProgram.Column

  /// Appends a row with its coefficients in existing columns; see ``LinearProgram/appendRow(_:bounds:coefficients:)``.
  @discardableResult
  func appendRow(
    _ name: @escaping LinearProgram.Name, bounds: Bounds,
    coefficients: [(column: LinearProgram.Column, value: Double)]
  ) -> LinearProgram.Row

  /// Replaces the bounds of a column.
  func setBounds(of column: LinearProgram.Column, to bounds: Bounds)

  /// Replaces the bounds of a row.
  func setBounds(of row: LinearProgram.Row, to bounds: Bounds)

  /// Replaces the objective coefficient of a column.
  func setCost(of column: LinearProgram.Column, to cost: Double)

  /// Solves the linear relaxation, in which integer columns may take any value within their bounds, from the last
  /// basis. An optimal solution has duals.
  func solveRelaxation(_ options: SolverOptions) throws(SolverFailure) -> SolveResult

  /// Solves the program with its integer columns; the basis for the next relaxation stays as it was.
  func solveInteger(_ options: SolverOptions) throws(SolverFailure) -> SolveResult
}

extension LinearSession {
  /// Appends an unnamed continuous column, as column generation does.
  @discardableResult
  public func appendColumn(
    bounds: Bounds = .nonNegative, cost: Double,
    coefficients: [(row: LinearProgram.Row, value: Double)]
  ) -> LinearProgram.Column {
    appendColumn(
      LinearProgram.unnamed, kind: .continuous, bounds: bounds, cost: cost, coefficients: coefficients)
  }

  /// Solves the linear relaxation to its optimum from the last basis.
  public func solveRelaxation() throws(SolverFailure) -> SolveResult {
    try solveRelaxation(SolverOptions())
  }
}
