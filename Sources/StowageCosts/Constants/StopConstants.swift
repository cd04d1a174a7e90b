/// What it takes to stop a guest, and to start it again.
public struct StopConstants: Hashable, Sendable {
  /// To shut a guest down, in s. Chosen: 30 (Ganeti waits up to 120 for it).
  public var shutdownSeconds = 30.0
  /// To boot a guest until it serves, in s. Chosen: 60.
  public var bootSeconds = 60.0
  /// As chosen.
  public init() {}
}
