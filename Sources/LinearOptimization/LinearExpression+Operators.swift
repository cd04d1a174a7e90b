extension LinearExpression {
  /// Adds two expressions.
  public static func + (a: LinearExpression, b: LinearExpression) -> LinearExpression {
    var result = a
    result += b
    return result
  }

  /// Subtracts one expression from another.
  public static func - (a: LinearExpression, b: LinearExpression) -> LinearExpression {
    var result = a
    result -= b
    return result
  }

  /// Multiplies every term and the constant.
  public static func * (factor: Double, expression: LinearExpression) -> LinearExpression {
    var result = LinearExpression()
    result.add(expression, times: factor)
    return result
  }

  /// The expression with every sign turned.
  public static prefix func - (expression: LinearExpression) -> LinearExpression {
    -1 * expression
  }

  /// Adds an expression in place; a loop of these is linear in the number of terms.
  public static func += (a: inout LinearExpression, b: LinearExpression) {
    a.add(b, times: 1)
  }

  /// Subtracts an expression in place.
  public static func -= (a: inout LinearExpression, b: LinearExpression) {
    a.add(b, times: -1)
  }
}

extension LinearProgram.Column {
  /// A column times a number.
  public static func * (factor: Double, column: LinearProgram.Column) -> LinearExpression {
    LinearExpression(column, times: factor)
  }

  /// The negative of a column.
  public static prefix func - (column: LinearProgram.Column) -> LinearExpression {
    LinearExpression(column, times: -1)
  }

  /// Adds two columns.
  public static func + (a: LinearProgram.Column, b: LinearProgram.Column) -> LinearExpression {
    LinearExpression(a) + LinearExpression(b)
  }

  /// Subtracts one column from another.
  public static func - (a: LinearProgram.Column, b: LinearProgram.Column) -> LinearExpression {
    LinearExpression(a) - LinearExpression(b)
  }

  /// Adds an expression to a column.
  public static func + (a: LinearProgram.Column, b: LinearExpression) -> LinearExpression {
    LinearExpression(a) + b
  }

  /// Subtracts an expression from a column.
  public static func - (a: LinearProgram.Column, b: LinearExpression) -> LinearExpression {
    LinearExpression(a) - b
  }

  /// Adds a column to an expression.
  public static func + (a: LinearExpression, b: LinearProgram.Column) -> LinearExpression {
    a + LinearExpression(b)
  }

  /// Subtracts a column from an expression.
  public static func - (a: LinearExpression, b: LinearProgram.Column) -> LinearExpression {
    a - LinearExpression(b)
  }
}
