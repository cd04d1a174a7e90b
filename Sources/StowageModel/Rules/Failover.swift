/// Whatever hosts (or racks) fail, their running VMs fit on the rest of their cluster.
///
/// - At rest: for every cluster and every set of `failures` of its hosts (or racks) that are on,
///   the running VMs of the set can be placed on the cluster's other hosts that are on and usable,
///   within every capacity and every hard `only_on`, `never_on` and host-scope `anti_affinity`.
///   Hosts that the plan switches off do not count as on at its end; hosts without a cluster form
///   one together.
/// - At every instant: the number of sets that cannot be re-placed is no larger than at the start.
///   All hosts that are on at the start count as on until the last move has ended.
/// - Broken at the start: must end with every set re-placeable.
public struct Failover: Hashable, Sendable {
  /// What fails: a host or a rack.
  public var scope: Scope
  /// How many of them fail together, at least 1.
  public var failures: Int
  /// The hosts whose clusters are guarded; unspecified means all.
  public var hosts: Selection

  /// Room for the VMs of failed hosts or racks.
  public init(scope: Scope = .host, failures: Int = 1, hosts: Selection = Selection()) {
    precondition(scope == .host || scope == .rack, "failover is counted in hosts or racks, not \(scope)")
    precondition(failures >= 1, "failures must be at least 1: \(failures)")
    self.scope = scope
    self.failures = failures
    self.hosts = hosts
  }
}
