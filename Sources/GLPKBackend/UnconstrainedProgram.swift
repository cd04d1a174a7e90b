import LinearOptimization

/// A program whose rows have no coefficients: every column goes to its better bound.
///
/// Answered here, because GLPK's branch and bound expects a matrix.
struct UnconstrainedProgram {
  let program: LinearProgram

  /// The program, if it is one of these.
  init?(_ program: LinearProgram) {
    guard program.coefficients.count == 0 else { return nil }
    self.program = program
  }

  /// The answer; no work.
  func solve() -> SolveResult {
    SolveResult(outcome: outcome, termination: .completed, work: Work())
  }

  private var outcome: Outcome {
    let bounds = program.columnBounds.indices.map { index in
      let bounds = program.columnBounds[index]
      return program.columnKinds[index] == .continuous ? bounds : bounds.integerHull
    }
    let rowsHold = program.rowBounds.allSatisfy { $0.excess(of: 0) == 0 }
    guard rowsHold, !bounds.contains(where: \.isEmpty) else { return .infeasible }
    var values: [Double] = []
    for (cost, bounds) in zip(program.costs, bounds) {
      guard let value = best(in: bounds, cost: cost) else { return .unbounded }
      values.append(value)
    }
    let duals = Solution.Duals(
      rows: [Double](repeating: 0, count: program.rowCount), reducedCosts: program.costs)
    return .optimal(
      Solution(
        objective: program.objective(at: values), values: values,
        duals: program.hasIntegers ? nil : duals))
  }

  /// The best value within `bounds`, `nil` when there is always a better one; the nearest to zero when all are equal.
  private func best(in bounds: Bounds, cost: Double) -> Double? {
    let slope = program.sense == .minimize ? cost : -cost
    if slope > 0 { return bounds.lower }
    if slope < 0 { return bounds.upper }
    return max(min(0, bounds.high), bounds.low)
  }
}
