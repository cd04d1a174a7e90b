import StowageDiagnostics
import StowageModel

/// Reads the tabs about hosts, clusters and datastores.
struct RVToolsHostTabs {
  /// The hosts.
  private(set) var hosts = RVToolsHosts()
  /// The datastores.
  private(set) var datastores: [Datastore] = []
  /// Clusters that keep room for failed hosts.
  private(set) var protectedClusters: [String: Int] = [:]

  /// Reads vHost.
  mutating func readHosts(_ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    guard sheet.require([.hostName, .hostMemory], into: &log) else { return }
    if sheet[.cores] == nil && (sheet[.sockets] == nil || sheet[.coresPerSocket] == nil) {
      _ = sheet.require([.cores], into: &log)
      return
    }
    for row in sheet.table.rows { readHost(row, sheet, &log) }
  }

  private mutating func readHost(_ row: TableRow, _ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    guard let name = sheet.text(row, .hostName) else {
      log.report(
        .tableMissingValue, .error, at: sheet.place(row, .hostName), "the row names no host",
        remedy: "fill in the column Host, or remove the row")
      return
    }
    let quoted = Diagnostic.quoted(name)
    let vCenter = sheet.vCenter(row)
    if let first = hosts.duplicate(of: name, vCenter: vCenter) {
      log.report(
        .inventoryDuplicateHost, .error, at: sheet.place(row, .hostName),
        "host \(quoted) is listed twice, first on line \(hosts.entries[first].place.line ?? 0)",
        remedy: "remove one of the two rows")
      return
    }
    let sockets = sheet.number(row, .sockets, into: &log)
    let perSocket = sheet.number(row, .coresPerSocket, into: &log)
    let cores = sheet.number(row, .cores, into: &log) ?? (sockets ?? 0) * (perSocket ?? 0)
    let memory = sheet.number(row, .hostMemory, into: &log) ?? 0
    for (value, column) in [(cores, RVToolsColumn.cores), (memory, .hostMemory)] where value <= 0 {
      log.report(
        .tableMissingValue, .error, at: sheet.place(row, column),
        "host \(quoted) has no \(Diagnostic.quoted(column.name)): its capacity is not known",
        remedy: "export vHost again while the host is connected, or remove the row")
    }
    var host = Host(id: Host.ID(name), cores: cores, memoryMiB: memory)
    describe(&host, row, sheet, sockets: sockets, &log)
    hosts.add(
      RVToolsHosts.Entry(
        host: host, vCenter: vCenter, place: sheet.place(row, .hostName),
        vmCount: sheet.sample(row, .vmsOnHost, into: &log)))
  }

  private func describe(
    _ host: inout Host, _ row: TableRow, _ sheet: RVToolsSheet, sockets: Double?, _ log: inout DiagnosticLog
  ) {
    host.site = sheet.text(row, .datacenter)
    host.cluster = sheet.text(row, .cluster)
    host.rack = sheet.text(row, .faultDomain)
    host.sockets = sockets.flatMap { $0 >= 1 ? Int($0) : nil }
    if sheet[.hyperthreading] != nil { host.threadsPerCore = sheet.flag(row, .hyperthreading) ? 2 : 1 }
    host.cpuMHz = sheet.sample(row, .speed, into: &log).flatMap { $0 > 0 ? $0 : nil }
    host.cpuModel = sheet.text(row, .cpuModel)
    host.cpuCompatibilityLevel = sheet.text(row, .currentEVC)
    HypervisorText.esx(sheet.text(row, .esxVersion))?.describe(&host)
    host.isInMaintenance = sheet.flag(row, .maintenance)
    // A host in quarantine is degraded; vSphere empties it where it can.
    host.isSchedulable = !sheet.flag(row, .quarantine)
    for (name, column) in Self.attributes { host.attributes[name] = sheet.text(row, column) }
  }

  private static let attributes: [(String, RVToolsColumn)] = [
    ("x.rvtools.esx_version", .esxVersion), ("x.rvtools.vendor", .vendor), ("x.rvtools.model", .model),
  ]

  /// Reads vNIC: the speeds of a host's up-links together are what it has for all its traffic.
  mutating func readNICs(_ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    var megabits: [Int: Double] = [:]
    for row in sheet.table.rows {
      guard let name = sheet.text(row, .host), let speed = sheet.sample(row, .speed, into: &log), speed > 0
      else { continue }
      switch hosts.find(name, vCenter: sheet.vCenter(row)) {
      case .exact(let position), .near(let position): megabits[position, default: 0] += speed
      case .none: continue
      }
    }
    for (position, speed) in megabits { hosts.update(position) { $0.networkGbps = speed / 1000 } }
  }

  /// Reads vCluster.
  mutating func readClusters(_ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    for row in sheet.table.rows {
      guard let name = sheet.text(row, .name), sheet.flag(row, .haEnabled),
        let level = sheet.sample(row, .failoverLevel, into: &log), level >= 1
      else { continue }
      protectedClusters[name] = Int(level)
    }
  }

  /// Reads vDatastore.
  mutating func readDatastores(_ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    var positions: [String: Int] = [:]
    for row in sheet.table.rows {
      guard let name = sheet.text(row, .name) else { continue }
      var datastore = Datastore(id: name)
      datastore.type = sheet.text(row, .type)
      datastore.capacityGiB = sheet.sample(row, .capacity, into: &log).map { $0 / 1024 }
      datastore.provisionedGiB = sheet.sample(row, .provisioned, into: &log).map { $0 / 1024 }
      datastore.usedGiB = sheet.sample(row, .inUse, into: &log).map { $0 / 1024 }
      datastore.hosts = (sheet.text(row, .datastoreHosts) ?? "").split(separator: ",").map { part in
        Host.ID(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
      }
      datastore.isShared = datastore.hosts.isEmpty ? nil : datastore.hosts.count > 1
      // Every host that was set up by hand has a `datastore1`, and so has every vCenter: one id stands
      // for all, shared only if each of them is.
      if let known = positions[name] {
        datastores[known].hosts += datastore.hosts
        if datastores[known].isShared != datastore.isShared { datastores[known].isShared = nil }
      } else {
        positions[name] = datastores.count
        datastores.append(datastore)
      }
    }
  }
}
