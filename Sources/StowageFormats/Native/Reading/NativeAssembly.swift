import StowageDiagnostics
import StowageModel

/// Joins the tables of a native inventory, and checks what only shows when they are together.
struct NativeAssembly {
  private var tables: NativeTables
  private var log: DiagnosticLog
  private var notes: [String] = []
  private let source: String

  /// Prepares to join tables; `source` is their folder or document.
  init(_ tables: NativeTables, source: String, log: DiagnosticLog) {
    self.tables = tables
    notes = tables.notes
    self.source = source
    self.log = log
  }

  /// The inventory and all that is to be said about it.
  mutating func assemble() -> ReadResult {
    checkPresence()
    var counts = ReadCounts()
    guard var hosts = tables.hosts, let vms = tables.vms else {
      return ReadResult(inventory: nil, log: log, counts: counts)
    }
    if let clusters = tables.clusters { apply(clusters, to: &hosts) }
    tables.hosts = hosts
    counts.hosts = hosts.rows.count
    counts.vms = vms.rows.count + vms.skipped
    counts.templates = vms.skipped
    if vms.skipped > 0 {
      notes.append("\(counted(vms.skipped, "template")) left out.")
      log.report(
        .inventorySkipped, .notice, at: SourcePlace(file: vms.place(0, nil)?.file ?? source),
        "\(counted(vms.skipped, "template")) left out")
    }
    counts.unplaced = HostReferenceCheck(hosts: hosts, vms: vms).check(into: &log)
    HostValueCheck(hosts: hosts).check(into: &log)
    VMValueCheck(vms: vms).check(into: &log)
    if let links = tables.links {
      LinkCheck(links: links, hosts: hosts.rows, sites: tables.sites?.rows ?? []).check(into: &log)
    }
    if let datastores = tables.datastores {
      DatastoreCheck(datastores: datastores, hosts: hosts, vms: vms).check(into: &log)
    }
    if let dependencies = tables.dependencies {
      DependencyCheck(dependencies: dependencies, vms: vms.rows).check(into: &log)
    }
    return result(hosts.rows, vms.rows, counts)
  }

  private mutating func result(_ hosts: [Host], _ vms: [VM], _ counts: ReadCounts) -> ReadResult {
    // Sorted, so that the same facts in another order are the same inventory.
    let links = (tables.links?.rows ?? []).sorted { $0.id < $1.id }
    let datastores = (tables.datastores?.rows ?? []).sorted { $0.id < $1.id }
    let dependencies = (tables.dependencies?.rows ?? []).sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    let places = Dictionary(
      tables.rules.compactMap { placed in placed.place.map { (placed.rule.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    let inventory = Inventory(
      hosts: hosts, vms: vms, links: links, datastores: datastores,
      dependencies: dependencies, rules: tables.rules.map(\.rule), sourceKind: tables.sourceKind, notes: notes
    )
    if !log.hasErrors { log.merge(RuleCheck.check(inventory, places: places)) }
    return ReadResult(inventory: inventory, log: log, rulePlaces: places, counts: counts)
  }

  private mutating func checkPresence() {
    if tables.hosts == nil {
      log.report(
        .inventoryNoHosts, .error, at: SourcePlace(file: source), "there is no table of hosts",
        remedy: "add hosts.csv, or \"hosts\" to the document")
    } else if tables.hosts?.rows.isEmpty == true, !log.hasErrors {
      log.report(
        .inventoryNoHosts, .warning, at: SourcePlace(file: source),
        "the table of hosts has no rows: nothing can be planned",
        remedy: "list at least one host")
    }
    if tables.vms == nil {
      log.report(
        .fileUnreadable, .error, at: SourcePlace(file: source), "there is no table of VMs",
        remedy: "add vms.csv, or \"vms\" to the document; with only a header if there are none")
    }
  }

  /// Gives the figures of a cluster to those of its hosts that state none of their own.
  private mutating func apply(_ clusters: NativeTable<ClusterRow>, to hosts: inout NativeTable<Host>) {
    let byID = Dictionary(clusters.rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    for position in hosts.rows.indices {
      guard let name = hosts.rows[position].cluster, let cluster = byID[name] else { continue }
      seen.insert(name)
      hosts.rows[position].site = hosts.rows[position].site ?? cluster.site
      hosts.rows[position].cpuOvercommitRatio =
        hosts.rows[position].cpuOvercommitRatio ?? cluster.cpuOvercommitRatio
      hosts.rows[position].memoryOvercommitRatio =
        hosts.rows[position].memoryOvercommitRatio ?? cluster.memoryOvercommitRatio
    }
    for (position, cluster) in clusters.rows.enumerated() {
      let name = Diagnostic.quoted(cluster.id)
      if !seen.contains(cluster.id) {
        log.report(
          .inventoryUnknownReference, .warning, at: clusters.place(at: position, "id"),
          "no host is in cluster \(name)",
          remedy: Suggestion.remedy(
            for: cluster.id, among: Set(hosts.rows.compactMap(\.cluster)).sorted(),
            otherwise: "remove the row"))
      }
      if let failures = cluster.haHostFailures, failures > 0 {
        log.report(
          .inventoryAssumed, .notice, at: clusters.place(at: position, "ha_host_failures"),
          "room for \(counted(failures, "failed host")) of cluster \(name) is noted and not held",
          remedy: "add a rule of the kind 'failover' with \"failures\": \(failures)")
      }
    }
  }
}
