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
    guard values.count == program.columnCount else {
      preconditionFailure("\(values.count) values for \(program.columnCount) columns")
    }
    return rowViolations(of: program, tolerance)
      + columnViolations(of: program, tolerance)
      + objectiveViolations(of: program, tolerance)
  }

  private func rowViolations(
    of program: LinearProgram, _ tolerance: FeasibilityTolerance
  ) -> [Violation] {
    let activities = program.activities(at: values)
    return activities.indices.compactMap { index in
      let bounds = program.rowBounds[index]
      let excess = Self.excess(of: activities[index], over: bounds)
      if tolerance.allows(excess, magnitude: bounds.magnitude) { return nil }
      return Violation(.row(.init(index: index)), value: activities[index], excess: excess)
    }
  }

  private func columnViolations(
    of program: LinearProgram, _ tolerance: FeasibilityTolerance
  ) -> [Violation] {
    values.indices.flatMap { index -> [Violation] in
      let value = values[index]
      let column = LinearProgram.Column(index: index)
      var found: [Violation] = []
      let excess = Self.excess(of: value, over: program.columnBounds[index])
      if !tolerance.allows(excess, magnitude: program.columnBounds[index].magnitude) {
        found.append(Violation(.column(column), value: value, excess: excess))
      }
      let fraction = (value - value.rounded()).magnitude
      if program.columnKinds[index] != .continuous, !(fraction <= tolerance.integrality) {
        found.append(Violation(.integrality(column), value: value, excess: fraction))
      }
      return found
    }
  }

  private func objectiveViolations(
    of program: LinearProgram, _ tolerance: FeasibilityTolerance
  ) -> [Violation] {
    let computed = program.objective(at: values)
    let difference = (objective - computed).magnitude
    if tolerance.allows(difference, magnitude: computed.magnitude) { return [] }
    return [Violation(.objective, value: objective, excess: difference)]
  }

  /// `Bounds.excess` with the care that `max` does not take: it may drop a NaN.
  private static func excess(of value: Double, over bounds: Bounds) -> Double {
    value.isFinite ? bounds.excess(of: value) : .nan
  }
}
