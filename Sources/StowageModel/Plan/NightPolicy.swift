/// Waves over a calendar: at most one a night.
///
/// Night *n* is the *n*-th 24 hours from the start of the plan, so that a plan that starts at noon has whole nights.
/// A wave starts and ends, with validation and rollback, within one night.
public struct NightPolicy: Hashable, Sendable {
  /// How long a night is, in s.
  public static let seconds = 86_400.0
  /// Most move groups of a night, as many as people can see to; `nil` for any number.
  public var mostGroups: Int?

  /// One wave a night.
  public init(mostGroups: Int? = nil) {
    self.mostGroups = mostGroups
  }
}
