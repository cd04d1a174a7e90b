/// A fleet at one moment: what the planner reads and what a plan starts from.
public struct Inventory: Hashable, Sendable {
  /// The hosts, in ascending order of their ids.
  public var hosts: [Host]
  /// The VMs, in ascending order of their ids; templates and placeholders are already left out.
  public var vms: [VM]
  /// The links; empty when each host's own network is the only limit.
  public var links: [Link]
  /// The datastores.
  public var datastores: [Datastore]
  /// What talks to what.
  public var dependencies: [Dependency]
  /// The rules, in the order of the file.
  public var rules: [Rule]
  /// What produced it: `native`, `rvtools`, …
  public var sourceKind: String
  /// What a reader skipped or took for granted, as sentences for the plan's `assumptions`.
  public var notes: [String]

  /// An inventory of its parts; hosts and VMs are brought into ascending order.
  public init(
    hosts: [Host], vms: [VM], links: [Link] = [], datastores: [Datastore] = [],
    dependencies: [Dependency] = [], rules: [Rule] = [], sourceKind: String = "native", notes: [String] = []
  ) {
    self.hosts = hosts.sorted { $0.id < $1.id }
    self.vms = vms.sorted { $0.id < $1.id }
    self.links = links
    self.datastores = datastores
    self.dependencies = dependencies
    self.rules = rules
    self.sourceKind = sourceKind
    self.notes = notes
  }
}
