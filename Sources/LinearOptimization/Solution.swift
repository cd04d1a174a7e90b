/// Values for the columns of a program.
///
/// Integer columns hold whole numbers exactly, whatever the solver's tolerance was.
public struct Solution: Sendable, Equatable {
  /// What changing the program would be worth, at the optimum of a linear program.
  ///
  /// Not unique when the optimum is degenerate: any of several is returned.
  public struct Duals: Sendable, Equatable {
    /// For each row, the change of the optimal objective for each unit by which its binding bound rises.
    public let rows: [Double]
    /// For each column, the change of the objective for each unit by which the column rises: its cost minus
    /// the worth of what it uses. Zero for columns between their bounds.
    public let reducedCosts: [Double]

    /// Duals in the order of the rows and columns.
    public init(rows: [Double], reducedCosts: [Double]) {
      self.rows = rows
      self.reducedCosts = reducedCosts
    }
  }

  /// The objective at `values`, constant included.
  public let objective: Double
  /// The value of each column.
  public let values: [Double]
  /// The duals; `nil` for integer programs, and for linear ones not solved to the optimum.
  public let duals: Duals?

  /// A solution from its parts.
  public init(objective: Double, values: [Double], duals: Duals? = nil) {
    self.objective = objective
    self.values = values
    self.duals = duals
  }

  /// The solution of `program` that has `values`; the objective is computed.
  public init(of program: LinearProgram, values: [Double]) {
    self.init(objective: program.objective(at: values), values: values)
  }

  /// The value of a column.
  public subscript(column: LinearProgram.Column) -> Double { values[column.index] }

  /// Whether a binary column is one.
  public func isOne(_ column: LinearProgram.Column) -> Bool { values[column.index] > 0.5 }

  /// What `expression` comes to.
  public func value(of expression: LinearExpression) -> Double { expression.value(at: values) }

  /// The dual of a row, for a linear program solved to the optimum.
  public func dual(of row: LinearProgram.Row) -> Double? { duals?.rows[row.index] }

  /// The reduced cost of a column, for a linear program solved to the optimum.
  public func reducedCost(of column: LinearProgram.Column) -> Double? {
    duals?.reducedCosts[column.index]
  }
}
