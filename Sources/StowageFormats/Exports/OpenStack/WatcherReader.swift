import StowageDiagnostics
import StowageModel

/// Reads the model of a cluster that OpenStack Watcher writes as XML.
struct WatcherReader: PlatformReader {
  static let format = InventoryFormat.watcher

  private var roots: [(file: String, root: XMLNode)] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    let found = file.elements.filter { $0.name == "ModelRoot" }
    roots += found.map { (file.path, $0) }
    return !found.isEmpty
  }

  func read(into draft: inout FleetDraft) {
    var excluded: [String] = []
    for (file, root) in roots {
      for node in root.children {
        switch node.name {
        case "ComputeNode": readHost(node, file, &excluded, &draft)
        case "Instance": readInstance(node, host: nil, file, &excluded, &draft)
        case "StorageNode":
          for pool in node.children("Pool") { readPool(pool, file, &draft) }
        case "IronicNode": draft.skip("host of bare metal")
        default: continue
        }
      }
    }
    if !excluded.isEmpty {
      draft.rules.append(DraftRule(name: "watcher_exclude", kind: .stay, members: excluded))
    }
  }

  private func readHost(
    _ node: XMLNode, _ file: String, _ excluded: inout [String], _ draft: inout FleetDraft
  ) {
    let record = node.record(file: file)
    guard let key = record.text("uuid", "id", "hostname") else { return }
    let position = draft.host(key, name: record.text("hostname") ?? key, at: record.place)
    let vCPUs = record.positive("vcpus", log: &draft.log)
    let reserved = record.number("vcpu_reserved", log: &draft.log) ?? 0
    let ratio = record.positive("vcpu_ratio", log: &draft.log)
    let memory = record.positive("memory", log: &draft.log)
    let memoryReserved = record.number("memory_mb_reserved", log: &draft.log)
    let memoryRatio = record.positive("memory_ratio", log: &draft.log)
    draft.update(host: position) { entry in
      entry.aliases = [record.text("uuid")].compactMap { $0 }
      // Watcher counts (total − reserved) × ratio for each.
      entry.host.cores = max(0, (vCPUs ?? 0) - reserved)
      entry.host.cpuOvercommitRatio = ratio
      entry.host.memoryMiB = memory ?? 0
      entry.host.memoryOvercommitRatio = memoryRatio
      entry.host.memoryReservedMiB = memoryReserved.map { $0 * (memoryRatio ?? 1) }
      if record.text("state")?.lowercased() == "down" { entry.host.state = .offline }
      if record.text("status")?.lowercased() == "disabled" { entry.host.isSchedulable = false }
      entry.host.attributes["x.watcher.disabled_reason"] = record.text("disabled_reason")
      entry.host.attributes["x.watcher.uuid"] = record.text("uuid")
    }
    draft.assume("host", "its cores taken as what Nova counts, its hardware threads")
    for instance in node.children("Instance") {
      readInstance(instance, host: key, file, &excluded, &draft)
    }
  }

  private func readInstance(
    _ node: XMLNode, host: String?, _ file: String, _ excluded: inout [String], _ draft: inout FleetDraft
  ) {
    let record = node.record(file: file)
    guard let key = record.text("uuid", "id") else { return }
    let position = draft.vm(key, name: record.text("name", "human_id", "hostname") ?? key, at: record.place)
    let vCPUs = record.positive("vcpus", log: &draft.log)
    let memory = record.positive("memory", log: &draft.log)
    let disk = record.number("disk", log: &draft.log)
    draft.update(vm: position) { entry in
      entry.hostName = host
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory ?? 0
      entry.vm.diskProvisionedGiB = disk
      switch record.text("state")?.lowercased() {
      case "stopped", "shutoff", "shelved": entry.vm.powerState = .off
      case "suspended": entry.vm.powerState = .suspended
      case "error", "building": entry.vm.isMovable = false
      default: break
      }
      if record.flag("locked") == true { entry.vm.isMovable = false }
      entry.vm.cluster = record.text("pinned_az")
      entry.vm.attributes["x.watcher.uuid"] = key
      entry.vm.attributes["x.watcher.project_id"] = record.text("project_id")
      entry.vm.attributes["x.watcher.metadata"] = record.text("metadata")
    }
    if record.flag("watcher_exclude") == true { excluded.append(key) }
  }

  private func readPool(_ node: XMLNode, _ file: String, _ draft: inout FleetDraft) {
    let record = node.record(file: file)
    guard let name = record.text("name") else { return }
    var datastore = Datastore(id: name)
    datastore.capacityGiB = record.number("total_capacity_gb", log: &draft.log)
    datastore.provisionedGiB = record.number("provisioned_capacity_gb", log: &draft.log)
    datastore.usedGiB = record.number("allocated_capacity_gb", log: &draft.log)
    datastore.isShared = true
    draft.datastores.append(datastore)
  }
}
