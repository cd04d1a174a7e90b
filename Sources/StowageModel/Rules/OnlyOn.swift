/// These VMs run on these hosts and no others.
///
/// - At rest: each member that has a host is on one of the hosts.
/// - At every instant: no member enters another host, not even on the way.
/// - Broken at the start: a member may stay where it is until it moves to one of the hosts.
public struct OnlyOn: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// Where they may run.
  public var hosts: Selection

  /// VMs bound to hosts.
  public init(vms: Selection, hosts: Selection) {
    self.vms = vms
    self.hosts = hosts
  }
}
