import StowageDiagnostics
import StowageModel

/// Joins what the tabs say into an inventory.
struct RVToolsAssembly {
  private var export: RVToolsExport
  private var log: DiagnosticLog
  private var notes: [String] = []
  private let source: String

  /// Prepares to join an export; `source` is its folder or workbook.
  init(_ export: consuming RVToolsExport, source: String, log: DiagnosticLog) {
    self.export = export
    self.log = log
    self.source = source
  }

  /// The inventory and all that is to be said about it; with the rules of a file instead of those of
  /// the export when one is given.
  mutating func assemble(rules file: String?) -> ReadResult {
    let ids = RVToolsIdentity.ids(export.machines)
    for position in export.machines.indices {
      let name = export.machines[position].name
      export.machines[position].vm.id = VM.ID(ids[position])
      if name != ids[position] { export.machines[position].vm.name = name }
    }
    reportDuplicates(ids)
    resolveDatastoreHosts()
    placeMachines()
    let rules = file.map { RuleFile.read($0, into: &log) } ?? takeRules(ids)
    writeNotes(ids)
    let places = Dictionary(
      rules.compactMap { placed in placed.place.map { (placed.rule.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    let inventory = Inventory(
      hosts: export.hosts.entries.map(\.host), vms: export.machines.map(\.vm),
      datastores: export.datastores.sorted { $0.id < $1.id }, rules: rules.map(\.rule),
      sourceKind: InventoryFormat.rvtools.rawValue, notes: notes)
    if !log.hasErrors { log.merge(RuleCheck.check(inventory, places: places)) }
    return ReadResult(inventory: inventory, log: log, rulePlaces: places, counts: export.counts)
  }

  private mutating func reportDuplicates(_ ids: [String]) {
    var first: [String: Int] = [:]
    for (position, id) in ids.enumerated() {
      guard let earlier = first.updateValue(position, forKey: id) else { continue }
      first[id] = earlier
      log.report(
        .inventoryDuplicateVM, .error, at: export.machines[position].place,
        "VM \(Diagnostic.quoted(id)) is listed twice, first on line \(export.machines[earlier].place.line ?? 0), "
          + "and nothing tells the two apart",
        remedy: "export with VM IDs, or remove one of the two rows")
    }
  }

  // MARK: Hosts

  private mutating func placeMachines() {
    var unknown: [String: [Int]] = [:]
    var near: Set<String> = []
    for position in export.machines.indices {
      guard let name = export.machines[position].hostName else {
        export.counts.unplaced += 1
        continue
      }
      switch export.hosts.find(name, vCenter: export.machines[position].vCenter) {
      case .exact(let host):
        place(position, on: host)
      case .near(let host):
        near.insert(name)
        place(position, on: host)
      case .none:
        // The name is kept: it is a fact, and the VM counts as unplaced for want of such a host.
        export.machines[position].vm.host = Host.ID(name)
        export.counts.unplaced += 1
        unknown[name, default: []].append(position)
      }
    }
    if !near.isEmpty {
      log.report(
        .inventoryAssumed, .notice,
        "\(counted(near.count, "host name")) matched to vHost without domain or case, such as "
          + "\(Diagnostic.quoted(near.sorted()[0]))")
    }
    report(unknown: unknown)
  }

  private mutating func place(_ position: Int, on host: Int) {
    export.machines[position].vm.host = export.hosts.entries[host].host.id
  }

  private mutating func report(unknown: [String: [Int]]) {
    guard !unknown.isEmpty else { return }
    let known = export.hosts.entries.map(\.host.id.rawValue).sorted()
    let placed = export.machines.count - export.counts.unplaced
    if placed == 0 {
      let missing = unknown.sorted { $0.key < $1.key }.prefix(8)
        .map { "\(Diagnostic.quoted($0.key)) (\(counted($0.value.count, "VM")))" }.joined(separator: ", ")
      let listed = known.prefix(8).map { Diagnostic.quoted($0) }.joined(separator: ", ")
      log.report(
        .inventoryUnknownHost, .error, at: SourcePlace(file: source),
        "no VM of vInfo is on a host of vHost: vInfo names \(missing); vHost lists \(listed). What is missing "
          + "are rows of vHost, with cores and memory, for the hosts that vInfo names",
        remedy: "export vInfo and vHost together; where names were replaced, replace them alike in all tabs")
      return
    }
    for (name, positions) in unknown.sorted(by: { $0.key < $1.key }) {
      let example = export.machines[positions[0]]
      log.report(
        .inventoryUnknownHost, .warning, at: example.place,
        "vHost does not list \(Diagnostic.quoted(name)), the host of \(counted(positions.count, "VM")), such as "
          + "\(Diagnostic.quoted(example.name)), left out of the plan",
        remedy: Suggestion.remedy(
          for: name, among: known, otherwise: "add the host to vHost, or export vHost again"))
    }
  }

  // MARK: Datastores

  private mutating func resolveDatastoreHosts() {
    for position in export.datastores.indices {
      let names = export.datastores[position].hosts.map(\.rawValue)
      let found = names.compactMap { name -> Int? in
        switch export.hosts.find(name, vCenter: nil) {
        case .exact(let host), .near(let host): host
        case .none: nil
        }
      }
      export.datastores[position].hosts = Set(found.map { export.hosts.entries[$0].host.id }).sorted()
      for host in found {
        let id = export.datastores[position].id
        export.hosts.update(host) { if !$0.datastores.contains(id) { $0.datastores.append(id) } }
      }
    }
    markLocalDisks()
  }

  private mutating func markLocalDisks() {
    let isShared = Dictionary(
      export.datastores.map { ($0.id, $0.isShared) }, uniquingKeysWith: { first, second in first ?? second })
    for position in export.machines.indices {
      let datastores = export.machines[position].vm.datastores
      guard !datastores.isEmpty else { continue }
      let known = datastores.map { isShared[$0] ?? nil }
      if known.contains(false) {
        export.machines[position].vm.hasLocalDisk = true
      } else if known.allSatisfy({ $0 == true }) {
        export.machines[position].vm.hasLocalDisk = false
      }
    }
  }

  // MARK: Rules and notes

  private mutating func takeRules(_ ids: [String]) -> [PlacedRule] {
    let taken = RVToolsRules(export.machines, ids: ids)
    if !taken.rules.isEmpty {
      notes.append(
        "\(counted(taken.rules.count, "DRS rule")) between VMs taken from vInfo and held as hard; the export does not say whether they are enabled."
      )
    }
    if !taken.notTaken.isEmpty {
      let names = taken.notTaken.prefix(5).map { Diagnostic.quoted($0) }.joined(separator: ", ")
      log.report(
        .inventorySkipped, .warning, at: SourcePlace(file: source),
        "\(counted(taken.notTaken.count, "DRS rule")) named without hosts or members, and not held: \(names)",
        remedy: "write them as 'only_on' or 'never_on' into a rules file and give it with --rules")
    }
    return taken.rules.map { PlacedRule(rule: $0, place: nil) }
  }

  private mutating func writeNotes(_ ids: [String]) {
    let renamed = zip(export.machines, ids).filter { $0.0.name != $0.1 }.count
    if renamed > 0 {
      notes.append("VMs that share a name (\(renamed) in all) are told apart by their object id.")
    }
    if export.counts.templates > 0 {
      notes.append("\(counted(export.counts.templates, "template")) left out.")
    }
    if export.counts.placeholders > 0 {
      notes.append("\(counted(export.counts.placeholders, "SRM placeholder")) left out.")
    }
    notes.append(
      "RVTools does not say how far CPU may be overcommitted: hosts take the default ratio of the plan.")
    if export.cpuSamples > 0 {
      notes.append(
        "CPU use is one sample of each VM at export time: kept as x.rvtools.cpu_overall_mhz, not used for sizing."
      )
    }
    if !export.customNames.isEmpty {
      let names = export.customNames.prefix(5).map { Diagnostic.quoted($0) }.joined(separator: ", ")
      notes.append(
        "\(counted(export.customNames.count, "custom attribute")) taken as labels of the VMs: \(names).")
    }
    for (cluster, failures) in export.protectedClusters.sorted(by: { $0.key < $1.key }) {
      notes.append(
        "vSphere HA of cluster \(Diagnostic.quoted(cluster)) keeps room for \(counted(failures, "failed host")); add a "
          + "'failover' rule to plan for that.")
    }
  }
}
