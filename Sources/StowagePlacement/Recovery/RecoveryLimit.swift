public import StowageCosts
public import StowageModel

/// A limit that can keep VMs from having a copy: what a conflict is made of.
public enum RecoveryLimit: Hashable, Sendable {
  /// Room of a resource on the hosts of a place when a site fails.
  case room(place: String, resource: Resource, failing: String)
  /// Space for disks.
  case space(String)
  /// What a link or port carries of copies.
  case channel(Int)
  /// The VMs of an app or affinity go to one site.
  case whole(group: Int)
  /// Members of a rule restart apart.
  case apart(Rule.ID)
  /// What a rule asks of all who restart.
  case rule(Rule.ID)
  /// What the vendor of the replicator states for all copies of a site, or between two sites.
  case vendor(ReplicationLimit)
  /// Restarts before a VM on its host.
  case rank
}
