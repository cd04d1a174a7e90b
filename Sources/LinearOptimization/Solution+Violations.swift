extension Solution {
  /// Every way in which this solution fails to satisfy `program`: rows, then columns, then the objective.
  ///
  /// Plain arithmetic on the program, independent of any solver, so that a claim can be checked by
  /// somebody who does not trust the one who made it. Empty means feasible within `tolerance`.
  ///
  /// - Complexity: linear in the number of coefficients.
  public func violations(
    of program: LinearProgram, tolerance: FeasibilityTolerance = .claim
  ) -> [Violation] {
    precondition(
      values.count == program.columnCount, "\(values.count) values for \(program.columnCount) columns")
    return rowViolations(of: program, tolerance)
      + columnViolations(of: program, tolerance)
      + objectiveViolations(of: program, tolerance)
  }

  private func rowViolations(
    of program: LinearProgram, _ tolerance: FeasibilityTolerance
  ) -> [Violation] {
    let rows = RowSums(program, at: values)
    return program.rowBounds.indices.compactMap { index in
      let bounds = program.rowBounds[index]
      let part = rows.isMixed[index] ? tolerance.relativeWithContinuous : tolerance.relative
      let slack = tolerance.absolute + part * max(bounds.magnitude, rows.largestTerm[index])
      return Violation(
        .row(.init(index: index)), value: rows.activity[index], within: bounds, slack: slack)
    }
  }

  private func columnViolations(
    of program: LinearProgram, _ tolerance: FeasibilityTolerance
  ) -> [Violation] {
    var found: [Violation] = []
    for index in values.indices {
      let column = LinearProgram.Column(index: index)
      let bounds = program.columnBounds[index]
      let isContinuous = program.columnKinds[index] == .continuous
      let part = isContinuous ? tolerance.relativeWithContinuous : tolerance.relative
      let slack = tolerance.absolute + part * bounds.magnitude
      Violation(.column(column), value: values[index], within: bounds, slack: slack).map { found.append($0) }
      if isContinuous { continue }
      let nearest = Bounds.exactly(values[index].isFinite ? values[index].rounded() : 0)
      Violation(
        .integrality(column), value: values[index], within: nearest, slack: tolerance.integrality
      ).map { found.append($0) }
    }
    return found
  }

  private func objectiveViolations(
    of program: LinearProgram, _ tolerance: FeasibilityTolerance
  ) -> [Violation] {
    let computed = program.objective(at: values)
    guard computed.isFinite else { return [Violation(.objective, value: objective, excess: .nan)] }
    let slack = tolerance.absolute + tolerance.relativeWithContinuous * computed.magnitude
    return Violation(.objective, value: objective, within: .exactly(computed), slack: slack).map { [$0] }
      ?? []
  }
}

/// What is to be known of each row at given values.
private struct RowSums {
  var activity: [Double]
  var largestTerm: [Double]
  var isMixed: [Bool]

  init(_ program: LinearProgram, at values: [Double]) {
    activity = [Double](repeating: 0, count: program.rowCount)
    largestTerm = activity
    isMixed = [Bool](repeating: false, count: program.rowCount)
    for index in 0..<program.coefficients.count {
      let row = Int(program.coefficients.rows[index])
      let column = Int(program.coefficients.columns[index])
      let term = program.coefficients.values[index] * values[column]
      activity[row] += term
      largestTerm[row] = max(largestTerm[row], term.magnitude)
      if program.columnKinds[column] == .continuous { isMixed[row] = true }
    }
  }
}

extension Violation {
  /// The violation of `bounds` by `value`, unless it is within `slack`. A value that is not a number never is.
  fileprivate init?(_ subject: Subject, value: Double, within bounds: Bounds, slack: Double) {
    let excess = value.isFinite ? bounds.excess(of: value) : .nan
    if excess <= slack { return nil }
    self.init(subject, value: value, excess: excess)
  }
}
