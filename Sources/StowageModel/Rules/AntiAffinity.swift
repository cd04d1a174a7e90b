/// These VMs run on pairwise different hosts, racks, clusters or sites.
///
/// - At rest: no two members share a domain of the scope. A host that has no such domain (no
///   rack, say) shares with nobody.
/// - At every instant: as at rest; a moving VM counts at both ends.
/// - Broken at the start: in no domain may there be more members than at the start, or than one.
public struct AntiAffinity: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// Over what they are apart.
  public var scope: Scope

  /// VMs that belong apart.
  public init(vms: Selection, scope: Scope = .host) {
    self.vms = vms
    self.scope = scope
  }
}
