/// How far values may be off before that counts as a violation.
///
/// A row may exceed its bound by `absolute`, plus a part of its magnitude: the largest of its bound and its terms.
/// The part is tiny where all columns of the row are integer, because such a sum is exact or nearly so and one unit
/// too many is a wrong answer; it is that of the simplex method where a continuous column takes part.
public struct FeasibilityTolerance: Sendable, Equatable {
  /// Allowed beyond every bound, in the unit of the row or column.
  public var absolute: Double
  /// Allowed in addition for rows of integer columns only, as a part of the magnitude.
  public var relative: Double
  /// Allowed in addition for continuous columns and for rows with any, as a part of the magnitude.
  public var relativeWithContinuous: Double
  /// Allowed distance of an integer column from a whole number.
  public var integrality: Double

  /// A tolerance from its parts.
  public init(
    absolute: Double, relative: Double, relativeWithContinuous: Double, integrality: Double
  ) {
    self.absolute = absolute
    self.relative = relative
    self.relativeWithContinuous = relativeWithContinuous
    self.integrality = integrality
  }

  /// What solutions handed out by a ``Solver`` satisfy: a capacity of a million units is not exceeded by one.
  ///
  /// Chosen: far above the rounding error of a sum, far below one unit; and, with continuous columns, ten times
  /// what GLPK's simplex method itself tolerates (1e-7).
  public static let claim = FeasibilityTolerance(
    absolute: 1e-6, relative: 1e-10, relativeWithContinuous: 1e-6, integrality: 0)
}
