/// These VMs do not run on these hosts.
///
/// - At rest: no member is on one of the hosts.
/// - At every instant: no member enters one of the hosts, not even on the way.
/// - Broken at the start: a member may stay where it is until it moves away.
public struct NeverOn: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// Where they may not run.
  public var hosts: Selection

  /// VMs barred from hosts.
  public init(vms: Selection, hosts: Selection) {
    self.vms = vms
    self.hosts = hosts
  }
}
