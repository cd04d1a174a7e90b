/// These VMs are spread over hosts, racks, clusters or sites.
///
/// - At rest: the members that have a host lie in at least `minDomains` domains of the scope, and no
///   domain holds more than `maxPerDomain` of them. A host that has no such domain (no rack, say) is
///   one of its own. A rule without members is kept.
/// - At every instant: as at rest; a moving VM counts at both ends, within one domain once.
/// - Broken at the start: in no domain may there be more members than at the start, or than
///   `maxPerDomain`; and members may lie in no fewer domains than at the start, or than `minDomains`.
public struct Spread: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// Over what they are spread.
  public var scope: Scope
  /// In how many domains they lie at the least, at least 1; `nil` for any number.
  public var minDomains: Int?
  /// How many of them one domain holds at the most, at least 1; `nil` for any number.
  public var maxPerDomain: Int?

  /// VMs spread over domains.
  public init(vms: Selection, scope: Scope = .host, minDomains: Int? = nil, maxPerDomain: Int? = nil) {
    precondition(minDomains ?? 1 >= 1, "min_domains must be at least 1: \(minDomains ?? 1)")
    precondition(maxPerDomain ?? 1 >= 1, "max_per_domain must be at least 1: \(maxPerDomain ?? 1)")
    self.vms = vms
    self.scope = scope
    self.minDomains = minDomains
    self.maxPerDomain = maxPerDomain
  }
}
