/// These VMs run together in one host, rack, cluster or site.
///
/// - At rest: all members that have a host share one domain of the scope. Members on a host that
///   has no such domain (no rack, say) count as each alone.
/// - At every instant: as at rest, except between the first start and the last end of a block of
///   moves of the group, which moving makes necessary. A moving VM counts at both ends.
/// - Broken at the start: they may stay apart until the block that brings them together.
public struct Affinity: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// Over what they share.
  public var scope: Scope

  /// VMs that belong together.
  public init(vms: Selection, scope: Scope = .host) {
    self.vms = vms
    self.scope = scope
  }
}
