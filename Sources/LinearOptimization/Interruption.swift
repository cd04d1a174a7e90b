import Synchronization

/// A wish to end a search, raised at any time by whoever waits for it, from any thread or a signal handler.
public final class Interruption: Sendable {
  private let flag = Atomic(false)

  /// A wish that nobody has yet.
  public init() {}

  /// Asks that searches which look at this end with what they have.
  public func raise() { flag.store(true, ordering: .relaxed) }

  /// Whether somebody asked.
  public var isRaised: Bool { flag.load(ordering: .relaxed) }
}
