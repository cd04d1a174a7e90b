/// What it takes to stop a guest, and to start it again.
public struct StopConstants: Hashable, Sendable {
  /// To shut a guest down of which nothing is known, in s. Chosen: 30 (Ganeti waits up to 120 for it).
  public var shutdownSeconds = 30.0
  /// To boot such a guest until it serves, in s. Chosen: 60, a server with its services; small guests measured between
  /// two libvirt hosts took 7.7 to 15 s for both, which is the low end of the range.
  public var bootSeconds = 60.0
  /// As chosen.
  public init() {}
}
