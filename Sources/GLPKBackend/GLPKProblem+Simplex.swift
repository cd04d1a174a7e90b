import CGLPK
import CGLPKShim
import LinearOptimization

extension GLPKProblem {
  /// Which way the simplex method goes.
  enum Method {
    /// Keeps the rows satisfied and improves the objective: right after columns were added or costs changed.
    case primal
    /// Keeps the objective's bound and mends the rows: right after bounds changed or rows were added. Turns to the
    /// primal method where it fails.
    case dual
  }

  /// What one run of the simplex method found.
  struct Relaxation {
    let code: GLPKReturnCode
    let status: Int32
    let isPrimalFeasible: Bool
    let isDualFeasible: Bool
    let objective: Double
    let iterations: Int

    init(_ found: stowage_glpk_relaxation) {
      code = GLPKReturnCode(found.code)
      status = found.status
      isPrimalFeasible = found.primal_status == GLP_FEAS
      isDualFeasible = found.dual_status == GLP_FEAS
      objective = found.objective
      iterations = Int(found.iterations)
    }
  }

  /// Runs the simplex method from the basis as it is.
  func simplex(
    _ method: Method, iterationLimit: Int, deadline: Deadline
  ) throws(SolverFailure) -> Relaxation {
    var options = glp_smcp()
    glp_init_smcp(&options)
    options.msg_lev = GLP_MSG_OFF
    options.meth = method == .primal ? GLP_PRIMAL : GLP_DUALP
    options.it_lim = Int32(clamping: max(iterationLimit, 0))
    options.tm_lim = deadline.remainingMilliseconds
    var found = stowage_glpk_relaxation()
    try Self.check(stowage_glpk_simplex(handle, &options, &found), "glp_simplex")
    return Relaxation(found)
  }

  /// Iterations after which the simplex method is taken to run in a circle. Chosen: some thirty times what it
  /// usually takes, two to three for each row.
  var stallLimit: Int { 10_000 + 100 * (rowCount + columnCount) }

  /// Iterations after which another basis is tried before more are spent on this one. Chosen: some eight times what it
  /// usually takes. A program of 320 rows that ran in a circle after columns had been let go stood still for 80 s at the
  /// limit above, and was solved in 0.1 s from the slack basis.
  var suspicionLimit: Int { 4_000 + 20 * rowCount + 2 * columnCount }

  /// Scales the coefficients towards one, for all solves to come.
  func scale() throws(SolverFailure) {
    try Self.check(stowage_glpk_scale(handle), "glp_scale_prob")
  }

  /// Puts as many columns as possible into the basis; the start for a first solve.
  ///
  /// Measured on 5050 columns: 0.06 s with the primal method from here, 4.0 s with the dual from the slack basis.
  func useAdvancedBasis() throws(SolverFailure) {
    try Self.check(stowage_glpk_advanced_basis(handle), "glp_adv_basis")
  }

  /// Puts the rows into the basis: never singular, whatever happened before.
  func useSlackBasis() throws(SolverFailure) {
    try Self.check(stowage_glpk_standard_basis(handle), "glp_std_basis")
  }

  /// Values of the first `count` columns in the basic solution.
  func basicValues(count: Int) throws(SolverFailure) -> [Double] {
    var values = [Double](repeating: 0, count: columnCount + 1)
    try Self.check(stowage_glpk_read_basic(handle, &values, nil, nil), "glp_get_col_prim")
    return Array(values[1...count])
  }

  /// Duals of the basic solution.
  func basicDuals() throws(SolverFailure) -> Solution.Duals {
    var rows = [Double](repeating: 0, count: rowCount + 1)
    var columns = [Double](repeating: 0, count: columnCount + 1)
    try Self.check(stowage_glpk_read_basic(handle, nil, &rows, &columns), "glp_get_row_dual")
    let unscaled = zip(rows.dropFirst(), rowScaling.factors).map { $0 * $1 }
    return Solution.Duals(rows: unscaled, reducedCosts: Array(columns.dropFirst()))
  }
}
