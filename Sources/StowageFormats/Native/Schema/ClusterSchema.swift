import StowageDiagnostics

/// What an inventory says of a cluster as a whole: figures for those of its hosts that state none
/// of their own. It has no place in the model, since every host carries its own figures there.
struct ClusterRow: Hashable, Sendable {
  /// The name that hosts refer to.
  var id = ""
  /// The data center of its hosts.
  var site: String?
  /// vCPUs per core.
  var cpuOvercommitRatio: Double?
  /// Guest memory per physical memory.
  var memoryOvercommitRatio: Double?
  /// Hosts whose failure it is to survive; recorded, and pointed out, since a `failover` rule says it.
  var haHostFailures: Int?
  /// Columns that Stowage does not know.
  var attributes: [String: String] = [:]
}

/// A data center named in the inventory.
struct SiteRow: Hashable, Sendable {
  /// The name that hosts refer to.
  var id = ""
  /// The name shown to people.
  var name: String?
  /// Columns that Stowage does not know.
  var attributes: [String: String] = [:]
}

extension TableSchema where Row == ClusterRow {
  /// The table of clusters.
  static let clusters = TableSchema(
    name: "clusters", noun: "cluster",
    columns: [
      .id("id", \.id),
      .text("site", \.site),
      .number("cpu_overcommit_ratio", \.cpuOvercommitRatio, .ratio),
      .number("memory_overcommit_ratio", \.memoryOvercommitRatio, .ratio),
      .count("ha_host_failures", \.haHostFailures),
    ],
    skipColumn: nil,
    blank: { ClusterRow() },
    id: \.id,
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateID)
}

extension TableSchema where Row == SiteRow {
  /// The table of sites.
  static let sites = TableSchema(
    name: "sites", noun: "site",
    columns: [.id("id", \.id), .text("name", \.name)],
    skipColumn: nil,
    blank: { SiteRow() },
    id: \.id,
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateID)
}
