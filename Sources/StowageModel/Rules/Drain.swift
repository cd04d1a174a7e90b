/// These hosts end empty.
///
/// - At rest: no VM, running or not, is on one of the hosts.
/// - At every instant: no VM enters one of the hosts.
/// - Broken at the start: the usual case; the VMs leave one by one.
public struct Drain: Hashable, Sendable {
  /// The hosts to empty.
  public var hosts: Selection

  /// Hosts to empty.
  public init(hosts: Selection) {
    self.hosts = hosts
  }
}
