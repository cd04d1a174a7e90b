/// Where a search stands.
public struct Progress: Sendable, Equatable {
  /// Objective of the best solution so far; `nil` before there is one.
  public let incumbent: Double?
  /// What no solution can improve on; `nil` before the first relaxation is solved.
  public let bound: Double?
  /// Nodes created and iterations done so far.
  public let work: Work

  /// A state of a search from its parts.
  public init(incumbent: Double?, bound: Double?, work: Work) {
    self.incumbent = incumbent
    self.bound = bound
    self.work = work
  }
}

/// Whether a search should go on.
public enum Continuation: Sendable {
  /// Search on.
  case proceed
  /// Stop with what is known.
  case stop
}
