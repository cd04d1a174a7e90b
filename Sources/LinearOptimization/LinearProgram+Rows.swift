extension LinearProgram {
  /// Requires `expression` to be `limit` or less.
  @discardableResult
  public mutating func require(
    _ name: @autoclosure @escaping Name, _ expression: LinearExpression, atMost limit: Double
  ) -> Row {
    appendRow(name, expression, within: .atMost(limit))
  }

  /// Requires `expression` to be `limit` or more.
  @discardableResult
  public mutating func require(
    _ name: @autoclosure @escaping Name, _ expression: LinearExpression, atLeast limit: Double
  ) -> Row {
    appendRow(name, expression, within: .atLeast(limit))
  }

  /// Requires `expression` to equal `value`.
  @discardableResult
  public mutating func require(
    _ name: @autoclosure @escaping Name, _ expression: LinearExpression, equals value: Double
  ) -> Row {
    appendRow(name, expression, within: .exactly(value))
  }

  /// Requires `expression` to lie within `bounds`.
  @discardableResult
  public mutating func require(
    _ name: @autoclosure @escaping Name, _ expression: LinearExpression, within bounds: Bounds
  ) -> Row {
    appendRow(name, expression, within: bounds)
  }

  /// Appends a row with its coefficients in columns that exist already.
  ///
  /// The path for large models: no expression is built. Coefficients of zero are dropped; a column
  /// named twice is a mistake.
  ///
  /// - Complexity: linear in the number of coefficients when their columns ascend, else *n* log *n*.
  @discardableResult
  public mutating func appendRow(
    _ name: @escaping Name = unnamed, bounds: Bounds,
    coefficients entries: [(column: Column, value: Double)] = []
  ) -> Row {
    let row = Row(index: rowCount)
    for entry in Self.ascending(entries, by: \.column.index) {
      precondition(
        entry.column.index < columnCount, "no column \(entry.column.index) among \(columnCount)")
      precondition(entry.value.isFinite, "a coefficient of \(name()) must be finite, not \(entry.value)")
      coefficients.append(row: row.index, column: entry.column.index, value: entry.value)
    }
    rowBounds.append(bounds)
    rowNames.append(name)
    return row
  }

  private mutating func appendRow(
    _ name: @escaping Name, _ expression: LinearExpression, within bounds: Bounds
  ) -> Row {
    let merged = expression.merged()
    return appendRow(
      name, bounds: bounds.shifted(by: -merged.constant),
      coefficients: merged.terms.map { (column: $0.column, value: $0.coefficient) })
  }
}
