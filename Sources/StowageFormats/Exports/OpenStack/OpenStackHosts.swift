import StowageDiagnostics
import StowageModel

/// Reads hypervisors, their inventory in placement, services and aggregates.
struct OpenStackHosts {
  /// What is used on a host, in vCPUs and MiB, the hypervisor's own share left out.
  private(set) var used: [String: (vCPUs: Double, memoryMiB: Double)] = [:]

  /// Reads a hypervisor.
  mutating func readHypervisor(_ record: ExportRecord, into draft: inout FleetDraft) {
    guard let name = record.text("Hypervisor Hostname", "hypervisor_hostname") else { return }
    if record.text("Hypervisor Type", "hypervisor_type") == "ironic" {
      return draft.skip("host of bare metal")
    }
    let position = draft.host(name, at: record.place)
    let vCPUs = record.positive("vCPUs", "vcpus", log: &draft.log)
    let memory = record.positive("Memory MB", "memory_mb", log: &draft.log)
    let usedCPU = record.number("vCPUs Used", "vcpus_used", log: &draft.log)
    let usedMemory = record.number("Memory MB Used", "memory_mb_used", log: &draft.log)
    let topology = record.child("cpu_info/topology")
    var log = DiagnosticLog()
    let cells = topology?.positive("cells", log: &log) ?? 1
    let sockets = topology?.positive("sockets", log: &log)
    let cores = topology?.positive("cores", log: &log)
    let threads = topology?.positive("threads", log: &log)
    if let usedCPU, let usedMemory { used[name] = (usedCPU, max(0, usedMemory - Self.ownMiB)) }
    draft.update(host: position) { entry in
      entry.aliases += [record.text("service/host"), record.text("Service Host")].compactMap { $0 }
      if let memory { entry.host.memoryMiB = memory }
      // Topology counts the cores of one NUMA cell; a machine that is emulated may state nonsense.
      if let vCPUs, let sockets, let cores, let threads, cells * sockets * cores * threads == vCPUs {
        entry.host.cores = vCPUs / threads
        entry.host.sockets = Int(cells * sockets)
        entry.host.threadsPerCore = Int(threads)
      } else if let vCPUs {
        entry.host.cores = vCPUs
      }
      entry.host.cpuModel = record.text("cpu_info/model") ?? entry.host.cpuModel
      HypervisorText.nova(
        type: record.text("Hypervisor Type", "hypervisor_type"),
        version: record.text("Hypervisor Version", "hypervisor_version"))?.describe(&entry.host)
      switch record.text("State", "state")?.lowercased() {
      case "down": entry.host.state = .offline
      default: break
      }
      if record.text("Status", "status")?.lowercased() == "disabled" { entry.host.isSchedulable = false }
      entry.host.attributes["x.openstack.hypervisor_id"] = record.text("ID", "id")
    }
    if vCPUs != nil, draft.hosts[position].host.threadsPerCore == nil {
      draft.assume("host", "its cores taken as what Nova counts, its hardware threads")
    }
  }

  /// What Nova keeps for the hypervisor by default, and counts as used.
  private static let ownMiB = 512.0

  /// Reads inventories of placement. Which provider one belongs to stands in its file's name only; the
  /// only host without a size takes an inventory that names none.
  mutating func readInventories(
    _ inventories: [(file: ExportFile, records: [ExportRecord])], _ providers: [ExportRecord],
    into draft: inout FleetDraft
  ) {
    let names = Dictionary(
      providers.compactMap { record in
        record.text("uuid").flatMap { id in record.text("name").map { (id, $0) } }
      },
      uniquingKeysWith: { first, _ in first })
    // Sorted, so that of handles of one length always the same counts.
    var handles = draft.hosts.map { (handle: $0.key.lowercased(), host: $0.key) }
    for (uuid, name) in names {
      handles += [(uuid.lowercased(), name), (name.lowercased(), name)]
    }
    handles.sort { ($0.handle, $0.host) < ($1.handle, $1.host) }
    for (file, records) in inventories {
      let label = file.stem.lowercased()
      // `compute10` contains `compute1`: the longest name counts.
      let mentioned = handles.filter { label.contains($0.handle) }.max { $0.handle.count < $1.handle.count }
      let sizeless = draft.hosts.filter { host in
        host.host.memoryMiB <= 0 && (names.isEmpty || names.values.contains(host.key))
      }
      if mentioned == nil, sizeless.count == 1 {
        draft.assume("host", "the one inventory of placement that names no provider taken as its own")
      }
      guard let name = mentioned?.host ?? (sizeless.count == 1 ? sizeless[0].key : nil) else {
        draft.log.report(
          .inventorySkipped, .warning, at: SourcePlace(file: file.path),
          "the inventory does not say whose it is, and is passed over",
          remedy: "put the provider's UUID or name into the file's name")
        continue
      }
      let position = draft.host(name, at: records.first?.place ?? SourcePlace(file: file.path))
      for record in records { readInventory(record, position, into: &draft) }
    }
  }

  private mutating func readInventory(_ record: ExportRecord, _ position: Int, into draft: inout FleetDraft) {
    if let all = record.child("inventories") {
      for name in all.names { if let inner = all.child(name) { apply(name, inner, position, &draft) } }
    } else if let name = record.text("resource_class") {
      apply(name, record, position, &draft)
    }
  }

  private mutating func apply(
    _ name: String, _ record: ExportRecord, _ position: Int, _ draft: inout FleetDraft
  ) {
    guard let total = record.positive("total", log: &draft.log) else { return }
    let reserved = record.number("reserved", log: &draft.log) ?? 0
    let ratio = record.positive("allocation_ratio", log: &draft.log)
    let usedNow = record.number("used", log: &draft.log)
    let key = draft.hosts[position].key
    switch name {
    case "VCPU":
      draft.update(host: position) { entry in
        // What is reserved of CPU cannot be used by guests.
        entry.host.cores = max(0, total - reserved)
        entry.host.cpuOvercommitRatio = ratio
      }
      if let usedNow { used[key, default: (0, 0)].vCPUs = usedNow }
    case "MEMORY_MB":
      draft.update(host: position) { entry in
        entry.host.memoryMiB = total
        // The ratio covers what is left after the reserve, as placement counts it.
        entry.host.memoryReservedMiB = reserved * (ratio ?? 1)
        entry.host.memoryOvercommitRatio = ratio
      }
      if let usedNow { used[key, default: (0, 0)].memoryMiB = usedNow }
    case "DISK_GB":
      draft.update(host: position) { $0.host.attributes["x.openstack.disk_gb"] = DecimalText.of(total) }
    case "VGPU": draft.update(host: position) { $0.host.gpuCount = Int(clamping: Int64(min(total, 1e6))) }
    default: return
    }
  }

  /// Reads a service: a host that is disabled takes no server.
  func readService(_ record: ExportRecord, into draft: inout FleetDraft) {
    guard record.text("Binary", "binary") == "nova-compute", let name = record.text("Host", "host"),
      let position = HostNames(draft.hosts).find(name)
    else { return }
    draft.update(host: position) { entry in
      if record.text("Status", "status")?.lowercased() == "disabled" { entry.host.isSchedulable = false }
      if record.text("State", "state")?.lowercased() == "down"
        || record.flag("Forced Down", "forced_down") == true
      {
        entry.host.state = .offline
      }
      if let reason = record.text("Disabled Reason", "disabled_reason") {
        entry.host.attributes["x.openstack.disabled_reason"] = reason
      }
    }
  }

  /// Reads an aggregate: its availability zone becomes a label and the cluster of its hosts.
  func readAggregate(_ record: ExportRecord, into draft: inout FleetDraft) {
    let names = HostNames(draft.hosts)
    for host in record.texts("Hosts", "hosts") {
      guard let position = names.find(host) else { continue }
      draft.update(host: position) { entry in
        if let zone = record.text("Availability Zone", "availability_zone") {
          entry.host.labels["az"] = zone
          entry.host.cluster = zone
        }
        if let name = record.text("Name", "name") { entry.host.labels["aggregate.\(name)"] = "1" }
      }
    }
  }
}
