/// These hosts take nobody in.
///
/// - At rest: whoever is on one of the hosts was there at the start.
/// - At every instant: no VM enters one of the hosts, not even on the way. A VM that has left does
///   not come back.
/// - Broken at the start: cannot be.
public struct NoNew: Hashable, Sendable {
  /// The hosts that take nobody in.
  public var hosts: Selection

  /// Hosts that take nobody in.
  public init(hosts: Selection) {
    self.hosts = hosts
  }
}
