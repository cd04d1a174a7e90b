import CGLPK
import CGLPKShim
import LinearOptimization

/// One problem object of GLPK, on the thread that made it.
///
/// The lowest layer of Swift: it owns the handle, counts from zero where C counts from one, and turns refused calls
/// into failures. It has no opinion on how to solve anything.
final class GLPKProblem {
  let handle: OpaquePointer
  private(set) var rowScaling: RowScaling
  private(set) var rowCount = 0
  private(set) var columnCount = 0

  /// The linear relaxation of `program`, with rows scaled by `scaling` as far as it goes.
  init(_ program: LinearProgram, scaling: RowScaling = RowScaling()) throws(SolverFailure) {
    rowScaling = scaling
    var handle: OpaquePointer?
    try Self.check(stowage_glpk_create(&handle), "glp_create_prob")
    self.handle = try Self.made(handle, by: "glp_create_prob")
    try setObjective(of: program)
    try append(from: program, firstCoefficient: 0)
  }

  /// A copy of `other` with its basis.
  init(copying other: GLPKProblem) throws(SolverFailure) {
    rowScaling = other.rowScaling
    var handle: OpaquePointer?
    try Self.check(stowage_glpk_copy(other.handle, &handle), "glp_copy_prob")
    self.handle = try Self.made(handle, by: "glp_copy_prob")
    rowCount = other.rowCount
    columnCount = other.columnCount
  }

  deinit {
    let call = stowage_glpk_delete(handle)
    precondition(
      call != STOWAGE_GLPK_WRONG_THREAD && call != STOWAGE_GLPK_BUSY,
      "a GLPK problem must be released on the thread that made it, and not while that thread solves")
  }

  /// Appends the rows and columns of `program` that this problem does not have yet, with all their coefficients
  /// from the one numbered `firstCoefficient` on.
  func append(from program: LinearProgram, firstCoefficient: Int) throws(SolverFailure) {
    let newRows = rowCount..<program.rowCount
    let newColumns = columnCount..<program.columnCount
    let fresh = firstCoefficient..<program.coefficients.count
    rowScaling.extend(to: program, firstCoefficient: firstCoefficient)
    let rowBounds = newRows.map { program.rowBounds[$0].scaled(by: rowScaling.factors[$0]) }
    // Rows exist before the columns that refer to them, and take coefficients in new columns themselves:
    // setting a row replaces the whole of it.
    let columns = CompressedBlock(
      program.columnBounds[newColumns], by: .column, from: newColumns.lowerBound,
      CoefficientSlice(program.coefficients, fresh, rowScaling) { $0 < newRows.lowerBound })
    let rows = CompressedBlock(
      rowBounds[...], by: .row, from: newRows.lowerBound,
      CoefficientSlice(program.coefficients, fresh, rowScaling) { $0 >= newRows.lowerBound })
    let costs = [0] + program.costs[newColumns]
    try Self.check(
      columns.withBlock { stowage_glpk_add_columns(handle, $0, costs) }, "glp_add_cols")
    columnCount = program.columnCount
    try Self.check(rows.withBlock { stowage_glpk_add_rows(handle, $0) }, "glp_add_rows")
    rowCount = program.rowCount
  }

  /// Replaces direction and constant of the objective by those of `program`.
  func setObjective(of program: LinearProgram) throws(SolverFailure) {
    let direction = program.sense == .minimize ? GLP_MIN : GLP_MAX
    try Self.check(stowage_glpk_set_direction(handle, direction), "glp_set_obj_dir")
    try Self.check(stowage_glpk_set_cost(handle, 0, program.objectiveConstant), "glp_set_obj_coef")
  }

  func setCost(ofColumn index: Int, to cost: Double) throws(SolverFailure) {
    try Self.check(stowage_glpk_set_cost(handle, Int32(index + 1), cost), "glp_set_obj_coef")
  }

  func setBounds(ofColumn index: Int, to bounds: Bounds) throws(SolverFailure) {
    try Self.check(
      stowage_glpk_set_column_bounds(
        handle, Int32(index + 1), bounds.glpkType, bounds.glpkLow, bounds.glpkHigh),
      "glp_set_col_bnds")
  }

  func setBounds(ofRow index: Int, to unscaled: Bounds) throws(SolverFailure) {
    let bounds = unscaled.scaled(by: rowScaling.factors[index])
    try Self.check(
      stowage_glpk_set_row_bounds(
        handle, Int32(index + 1), bounds.glpkType, bounds.glpkLow, bounds.glpkHigh),
      "glp_set_row_bnds")
  }

  /// Makes the integer columns of `program` integer, with whole numbers for bounds, as GLPK insists.
  func requireIntegers(of program: LinearProgram) throws(SolverFailure) {
    for index in program.columnKinds.indices where program.columnKinds[index] != .continuous {
      try Self.check(stowage_glpk_set_kind(handle, Int32(index + 1), GLP_IV), "glp_set_col_kind")
      let bounds = program.columnBounds[index], hull = bounds.integerHull
      if hull != bounds { try setBounds(ofColumn: index, to: hull) }
    }
  }

  /// Whether a fault elsewhere on this thread took the problem away.
  var isLost: Bool { stowage_glpk_is_lost(handle) != 0 }

  /// Appends a column that is zero in every solution and worth its value in the objective; returns its
  /// position.
  func appendCutoffColumn() throws(SolverFailure) -> Int {
    let zero = CompressedBlock(empty: [.exactly(0)])
    try Self.check(zero.withBlock { stowage_glpk_add_columns(handle, $0, [0, 1]) }, "glp_add_cols")
    columnCount += 1
    return columnCount - 1
  }
}

extension GLPKProblem {
  /// Turns what became of a call into nothing, a failure, or the end of the program where we broke a rule.
  static func check(_ call: stowage_glpk_call, _ operation: String) throws(SolverFailure) {
    switch call {
    case STOWAGE_GLPK_DONE: return
    case STOWAGE_GLPK_FAULT: throw fault(operation)
    case STOWAGE_GLPK_LOST:
      throw SolverFailure(
        .fault, operation: operation, message: "an earlier fault on this thread took the problem away")
    case STOWAGE_GLPK_NO_MEMORY:
      throw SolverFailure(.fault, operation: operation, message: "out of memory")
    case STOWAGE_GLPK_WRONG_THREAD:
      preconditionFailure("\(operation): a GLPK problem belongs to the thread that made it")
    case STOWAGE_GLPK_BUSY:
      preconditionFailure("\(operation): nothing may be solved from within a progress function")
    default:
      throw SolverFailure(.unexpected, operation: operation, message: "call state \(call.rawValue)")
    }
  }

  /// The failure for a fault that has just happened on this thread.
  static func fault(_ operation: String) -> SolverFailure {
    SolverFailure(.fault, operation: operation, message: message)
  }

  private static func made(
    _ handle: OpaquePointer?, by operation: String
  ) throws(SolverFailure) -> OpaquePointer {
    guard let handle else {
      throw SolverFailure(.unexpected, operation: operation, message: "no problem was returned")
    }
    return handle
  }

  /// What GLPK said last on this thread, on one line.
  private static var message: String {
    String(cString: stowage_glpk_message())
      .split(whereSeparator: \.isNewline).joined(separator: "; ")
  }
}
