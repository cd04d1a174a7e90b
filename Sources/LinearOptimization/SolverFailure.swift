/// The solver broke: neither an answer nor an honest "could not tell".
///
/// Not for infeasible programs or reached limits, which are answers; nor for malformed programs,
/// which are bugs of ours and stop the program where they are built.
public struct SolverFailure: Error, Sendable, Equatable {
  /// What broke.
  public enum Kind: Sendable, Equatable {
    /// The solver met an internal error or ran out of memory and was reset. Sessions of the same
    /// thread start afresh when they are used next.
    case fault
    /// The solver gave up for numerical reasons, retries included.
    case numerical
    /// The solver refused the program or answered something it must not. A bug on our side of the wall.
    case unexpected
  }

  /// What broke.
  public let kind: Kind
  /// The operation that failed, in the solver's own words (a C function's name).
  public let operation: String
  /// What the solver said about it.
  public let message: String

  /// A failure from its parts.
  public init(_ kind: Kind, operation: String, message: String) {
    self.kind = kind
    self.operation = operation
    self.message = message
  }
}

extension SolverFailure: CustomStringConvertible {
  /// One line for a log.
  public var description: String { "\(operation): \(message)" }
}
