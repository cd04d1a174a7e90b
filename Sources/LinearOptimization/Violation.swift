/// One way in which values fail to satisfy a program.
public struct Violation: Sendable, Equatable {
  /// What is not satisfied.
  public enum Subject: Sendable, Equatable {
    /// The bounds of a row.
    case row(LinearProgram.Row)
    /// The bounds of a column.
    case column(LinearProgram.Column)
    /// That a column is a whole number.
    case integrality(LinearProgram.Column)
    /// That the objective stated is the objective computed.
    case objective
  }

  /// What is not satisfied.
  public let subject: Subject
  /// The activity of the row, the value of the column, or the objective stated.
  public let value: Double
  /// By how much it is off, beyond any tolerance; not a number when the value is none.
  public let excess: Double

  init(_ subject: Subject, value: Double, excess: Double) {
    self.subject = subject
    self.value = value
    self.excess = excess
  }
}
