/// A solver whose searches end with what they have when an ``Interruption`` is raised.
public struct InterruptibleSolver: Solver {
  private let base: any Solver
  private let interruption: Interruption

  /// Another solver that can be interrupted.
  public init(_ base: any Solver, _ interruption: Interruption) {
    self.base = base
    self.interruption = interruption
  }

  /// Solves `program` to its end or the interruption.
  public func solve(_ program: LinearProgram, options: SolverOptions) throws(SolverFailure) -> SolveResult {
    try base.solve(program, options: options.heeding(interruption))
  }

  /// Loads `program` into a session that can be interrupted.
  public func makeSession(_ program: LinearProgram) throws(SolverFailure) -> any LinearSession {
    InterruptibleSession(try base.makeSession(program), interruption)
  }
}

extension SolverOptions {
  /// The same, ended also by an interruption.
  fileprivate func heeding(_ interruption: Interruption) -> SolverOptions {
    var options = self
    let listener = progress
    options.progress = { now in
      guard !interruption.isRaised else { return .stop }
      return listener?(now) ?? .proceed
    }
    return options
  }
}

private final class InterruptibleSession: LinearSession {
  private let base: any LinearSession
  private let interruption: Interruption

  init(_ base: any LinearSession, _ interruption: Interruption) {
    self.base = base
    self.interruption = interruption
  }

  var program: LinearProgram { base.program }

  func appendColumn(
    _ name: @escaping LinearProgram.Name, kind: LinearProgram.ColumnKind, bounds: Bounds, cost: Double,
    coefficients: [(row: LinearProgram.Row, value: Double)]
  ) -> LinearProgram.Column {
    base.appendColumn(name, kind: kind, bounds: bounds, cost: cost, coefficients: coefficients)
  }

  func appendRow(
    _ name: @escaping LinearProgram.Name, bounds: Bounds,
    coefficients: [(column: LinearProgram.Column, value: Double)]
  ) -> LinearProgram.Row {
    base.appendRow(name, bounds: bounds, coefficients: coefficients)
  }

  func setBounds(of column: LinearProgram.Column, to bounds: Bounds) {
    base.setBounds(of: column, to: bounds)
  }

  func setBounds(of row: LinearProgram.Row, to bounds: Bounds) { base.setBounds(of: row, to: bounds) }

  func setCost(of column: LinearProgram.Column, to cost: Double) { base.setCost(of: column, to: cost) }

  func solveRelaxation(_ options: SolverOptions) throws(SolverFailure) -> SolveResult {
    try base.solveRelaxation(options.heeding(interruption))
  }

  func solveInteger(_ options: SolverOptions) throws(SolverFailure) -> SolveResult {
    try base.solveInteger(options.heeding(interruption))
  }
}
