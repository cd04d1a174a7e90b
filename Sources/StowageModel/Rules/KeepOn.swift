/// These hosts stay powered.
///
/// - At rest: no plan switches one of the hosts off. A host that is on counts as on in `hosts_on`
///   whether or not it holds a VM.
/// - At every instant: as at rest.
/// - Broken at the start: cannot be; a host that is off stays off, because a plan switches nothing on.
public struct KeepOn: Hashable, Sendable {
  /// The hosts that stay powered.
  public var hosts: Selection

  /// Hosts that stay powered.
  public init(hosts: Selection) {
    self.hosts = hosts
  }
}
