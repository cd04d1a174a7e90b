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

/// How far values may be off before that counts as a violation.
public struct FeasibilityTolerance: Sendable, Equatable {
  /// Allowed beyond every bound, in the unit of the row or column.
  public var absolute: Double
  /// Allowed in addition, as a part of the bound's magnitude.
  public var relative: Double
  /// Allowed distance of an integer column from a whole number.
  public var integrality: Double

  /// A tolerance from its parts.
  public init(absolute: Double, relative: Double, integrality: Double) {
    self.absolute = absolute
    self.relative = relative
    self.integrality = integrality
  }

  /// For integer solutions, which are claims: a capacity of a million units may not be exceeded by one.
  /// Chosen: two orders above the rounding error of sums in double precision.
  public static let claim = FeasibilityTolerance(absolute: 1e-6, relative: 1e-9, integrality: 0)

  /// For solutions of linear relaxations. Chosen: ten times what GLPK's simplex itself tolerates
  /// (1e-7 of the bound, in scaled units).
  public static let relaxation = FeasibilityTolerance(absolute: 1e-6, relative: 1e-6, integrality: 1e-6)

  func allows(_ excess: Double, magnitude: Double) -> Bool {
    // False for NaN, which must never pass.
    excess <= absolute + relative * magnitude
  }
}
