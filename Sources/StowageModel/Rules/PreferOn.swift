/// These VMs run on these hosts where that is to be had. Always soft.
///
/// - At rest: each member that is on another host costs the rule's weight once.
/// - At every instant: nothing; only where a member ends counts.
/// - Broken at the start: may stay so, at that cost.
public struct PreferOn: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// Where they run best.
  public var hosts: Selection

  /// VMs that run best on some hosts.
  public init(vms: Selection, hosts: Selection) {
    self.vms = vms
    self.hosts = hosts
  }
}
