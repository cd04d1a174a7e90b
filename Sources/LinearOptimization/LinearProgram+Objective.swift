extension LinearProgram {
  /// Makes `expression`, constant included, the objective; small is good.
  public mutating func minimize(_ expression: LinearExpression) {
    setObjective(expression, sense: .minimize)
  }

  /// Makes `expression`, constant included, the objective; large is good.
  public mutating func maximize(_ expression: LinearExpression) {
    setObjective(expression, sense: .maximize)
  }

  /// Replaces the objective.
  public mutating func setObjective(_ expression: LinearExpression, sense: Sense) {
    let merged = expression.merged()
    self.sense = sense
    objectiveConstant = merged.constant
    costs = [Double](repeating: 0, count: columnCount)
    for term in merged.terms { setCost(of: term.column, to: term.coefficient) }
  }

  /// Says whether a small objective is good or a large one, leaving its coefficients alone.
  public mutating func setSense(_ sense: Sense) {
    self.sense = sense
  }

  /// Replaces the constant part of the objective.
  public mutating func setObjectiveConstant(_ constant: Double) {
    precondition(constant.isFinite, "the objective constant must be finite, not \(constant)")
    objectiveConstant = constant
  }

  /// Replaces the objective coefficient of one column.
  public mutating func setCost(of column: Column, to cost: Double) {
    precondition(cost.isFinite, "the cost of \(name(of: column)) must be finite, not \(cost)")
    costs[column.index] = cost
  }

  /// Replaces the bounds of a column.
  public mutating func setBounds(of column: Column, to bounds: Bounds) {
    precondition(
      columnKinds[column.index] != .binary || (bounds.low >= 0 && bounds.high <= 1),
      "the bounds of the binary column \(name(of: column)) must lie within 0 and 1")
    columnBounds[column.index] = bounds
  }

  /// Replaces the bounds of a row.
  public mutating func setBounds(of row: Row, to bounds: Bounds) {
    rowBounds[row.index] = bounds
  }
}
