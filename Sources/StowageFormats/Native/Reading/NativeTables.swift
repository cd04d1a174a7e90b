import StowageDiagnostics
import StowageModel

/// All tables of a native inventory, as they were read.
struct NativeTables {
  /// The hosts; `nil` when there is no such table.
  var hosts: NativeTable<Host>?
  /// The VMs; `nil` when there is no such table.
  var vms: NativeTable<VM>?
  /// The links.
  var links: NativeTable<Link>?
  /// The datastores; `nil` when there is no such table, and names of datastores are not checked.
  var datastores: NativeTable<Datastore>?
  /// What talks to what.
  var dependencies: NativeTable<Dependency>?
  /// Figures for whole clusters.
  var clusters: NativeTable<ClusterRow>?
  /// The sites.
  var sites: NativeTable<SiteRow>?
  /// The rules.
  var rules: [PlacedRule] = []
  /// What the tables were made from.
  var sourceKind = InventoryFormat.native.rawValue
  /// What an earlier reader skipped or took for granted.
  var notes: [String] = []
}
