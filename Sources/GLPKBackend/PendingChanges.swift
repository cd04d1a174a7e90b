import LinearOptimization

/// What a session's program has that its loaded problem does not yet have.
struct PendingChanges {
  private var rows = 0
  private var columns = 0
  private var coefficients = 0
  /// Columns with new bounds, rows with new bounds, columns with new costs; perhaps several times.
  var columnBounds: [Int] = []
  var rowBounds: [Int] = []
  var costs: [Int] = []

  /// Nothing is loaded.
  init() {}

  /// All of `program` is loaded.
  init(loaded program: LinearProgram) {
    rows = program.rowCount
    columns = program.columnCount
    coefficients = program.coefficients.count
  }

  /// The simplex method for which the last optimal basis is still half right: new columns and costs leave it primal feasible,
  /// new rows and bounds leave it dual feasible.
  func method(for program: LinearProgram) -> GLPKProblem.Method {
    let keepsPrimal = rowBounds.isEmpty && columnBounds.isEmpty && program.rowCount == rows
    return keepsPrimal ? .primal : .dual
  }

  /// Makes the changes to `problem`.
  func apply(_ program: LinearProgram, to problem: GLPKProblem) throws(SolverFailure) {
    try problem.append(from: program, firstCoefficient: coefficients)
    for index in columnBounds { try problem.setBounds(ofColumn: index, to: program.columnBounds[index]) }
    for index in rowBounds { try problem.setBounds(ofRow: index, to: program.rowBounds[index]) }
    for index in costs { try problem.setCost(ofColumn: index, to: program.costs[index]) }
  }
}
