public import StowageModel

/// Why a runbook cannot be written.
public enum RunbookFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Runbooks for this platform are not available yet.
  case platformNotAvailable(Platform)

  /// The failure and what to do, as a sentence each.
  public var description: String {
    switch self {
    case .platformNotAvailable(let platform):
      "runbooks for \(platform.title) are not available yet; "
        + "use moves.csv with the platform's own tools, or --platform libvirt"
    }
  }
}
