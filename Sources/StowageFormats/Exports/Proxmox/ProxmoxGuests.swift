import StowageDiagnostics
import StowageModel

/// Reads nodes, VMs, containers and storages of Proxmox VE.
struct ProxmoxGuests {
  private var isShared: [String: Bool] = [:]
  private var mediaOf: [Int: [String]] = [:]
  private var templates: Set<String> = []

  /// Reads rows of `/cluster/resources`, `/nodes` and `/cluster/status`.
  mutating func readResources(_ records: [ExportRecord], into draft: inout FleetDraft) {
    let cluster = records.first { $0.text("type") == "cluster" }?.text("name")
    for record in records {
      switch record.text("type") {
      case "node": readNode(record, into: &draft)
      case "qemu", "lxc": readGuest(record, node: nil, into: &draft)
      case "storage": readStorage(record, into: &draft)
      default: continue
      }
    }
    guard let cluster else { return }
    for position in draft.hosts.indices where draft.hosts[position].host.cluster == nil {
      draft.update(host: position) { $0.host.cluster = cluster }
    }
  }

  /// Reads VMs of a node, or the state of one.
  mutating func readGuests(_ records: [ExportRecord], node: String?, into draft: inout FleetDraft) {
    for record in records { readGuest(record, node: node, into: &draft) }
  }

  private func readNode(_ record: ExportRecord, into draft: inout FleetDraft) {
    guard let name = record.text("node", "name") else { return }
    let position = draft.host(name, at: record.place)
    let threads = record.positive("maxcpu", log: &draft.log)
    let memory = record.positive("maxmem", log: &draft.log)
    let isOnline = record.text("status").map { $0 == "online" } ?? record.flag("online")
    let state = record.text("hastate")
    draft.update(host: position) { entry in
      if let threads { entry.host.attributes["x.proxmox.threads"] = DecimalText.of(threads) }
      if let memory { entry.host.memoryMiB = (memory / 1_048_576).rounded(.down) }
      if let isOnline { entry.host.state = isOnline ? .online : .offline }
      if state == "maintenance" { entry.host.isInMaintenance = true }
    }
  }

  private mutating func readGuest(_ record: ExportRecord, node: String?, into draft: inout FleetDraft) {
    guard let key = record.text("vmid") else { return }
    let isContainer = record.text("type") == "lxc" || record.text("id")?.hasPrefix("lxc/") == true
    if record.flag("template") == true {
      if templates.insert(key).inserted { draft.counts.templates += 1 }
      return
    }
    guard !templates.contains(key) else { return }
    let position = draft.vm(
      key, name: record.text("name") ?? "\(isContainer ? "ct" : "vm")-\(key)", at: record.place)
    let vCPUs = record.positive("maxcpu", "cpus", log: &draft.log)
    let memory = record.positive("maxmem", log: &draft.log)
    let used = record.positive("memhost", "mem", log: &draft.log)
    let disk = record.positive("maxdisk", log: &draft.log)
    draft.update(vm: position) { entry in
      entry.hostName = record.text("node") ?? entry.hostName ?? node
      if let vCPUs { entry.vm.vCPUs = vCPUs }
      if let memory { entry.vm.memoryMiB = (memory / 1_048_576).rounded(.up) }
      if let disk { entry.vm.diskProvisionedGiB = disk / 1_073_741_824 }
      if let status = record.text("status") {
        entry.vm.powerState = status == "stopped" ? .off : status == "suspended" ? .suspended : .on
      }
      if entry.vm.powerState == .on { entry.vm.memoryConsumedMiB = used.map { $0 / 1_048_576 } }
      if isContainer { entry.vm.blockers.insert(.container) }
      entry.vm.attributes["x.proxmox.vmid"] = key
      entry.vm.attributes["x.proxmox.pool"] = record.text("pool")
      for tag in record.texts("tags", separators: [";", ",", " "]) { entry.vm.labels["tag.\(tag)"] = "1" }
      // Proxmox refuses to move a VM that a backup or another job holds.
      if let lock = record.text("lock") {
        entry.vm.isMovable = false
        entry.vm.attributes["x.proxmox.lock"] = lock
      }
    }
  }

  /// Reads `/storage` and `/nodes/N/storage`.
  mutating func readStorages(_ records: [ExportRecord], into draft: inout FleetDraft) {
    for record in records { readStorage(record, into: &draft) }
  }

  private mutating func readStorage(_ record: ExportRecord, into draft: inout FleetDraft) {
    guard let name = record.text("storage") else { return }
    let networked: Set = ["nfs", "cifs", "rbd", "cephfs", "iscsi", "iscsidirect", "glusterfs", "pbs", "zfs"]
    let type = record.text("plugintype", "type")
    isShared[name] = record.flag("shared") ?? type.map(networked.contains)
    guard isShared[name] == true, !draft.datastores.contains(where: { $0.id == name }) else { return }
    var datastore = Datastore(id: name)
    datastore.type = type
    datastore.isShared = true
    datastore.capacityGiB = record.positive("maxdisk", "total", log: &draft.log).map { $0 / 1_073_741_824 }
    datastore.usedGiB = record.number("disk", "used", log: &draft.log).map { $0 / 1_073_741_824 }
    draft.datastores.append(datastore)
  }

  /// Reads the configuration of a VM or container; its number is in the file's name.
  mutating func readConfig(
    _ record: ExportRecord, file: ExportFile, node: String?, into draft: inout FleetDraft
  ) {
    let numbers = file.stem.split { !$0.isNumber }.map(String.init)
    guard let key = record.text("vmid") ?? numbers.last(where: { draft.knownVM($0) != nil }) ?? numbers.last
    else { return }
    if record.flag("template") == true {
      if draft.knownVM(key) == nil, templates.insert(key).inserted { draft.counts.templates += 1 }
      return
    }
    guard !templates.contains(key) else { return }
    let isContainer = record.has("rootfs")
    let config = ProxmoxConfig(record)
    let cores = record.positive("cores", log: &draft.log)
    let sockets = record.positive("sockets", log: &draft.log)
    let active = record.positive("vcpus", log: &draft.log)
    let memory = record.quantity("memory", as: .mebibytes, log: &draft.log)
    let isNew = draft.knownVM(key) == nil
    let position = draft.vm(key, name: record.text("name", "hostname") ?? "vm-\(key)", at: record.place)
    mediaOf[position] = config.mediaStorages
    draft.update(vm: position) { entry in
      entry.hostName = entry.hostName ?? node
      // Without a state nothing says that the VM runs; it is planned as if it did.
      if entry.vm.vCPUs <= 0 { entry.vm.vCPUs = active ?? (cores ?? 1) * (sockets ?? 1) }
      // Proxmox gives 512 MiB to a guest that states none.
      if entry.vm.memoryMiB <= 0 { entry.vm.memoryMiB = memory ?? 512 }
      entry.vm.diskProvisionedGiB = config.diskGiB ?? entry.vm.diskProvisionedGiB
      entry.vm.blockers.formUnion(config.blockers)
      if isContainer { entry.vm.blockers.insert(.container) }
      entry.vm.datastores = config.storages
      entry.vm.networks = config.bridges
      entry.vm.operatingSystem = record.text("ostype")
      entry.vm.attributes["x.proxmox.vmid"] = key
      for tag in record.texts("tags", separators: [";", ",", " "]) { entry.vm.labels["tag.\(tag)"] = "1" }
    }
    if isNew { draft.assume("VM", "its state unknown, taken as running") }
  }

  /// Finds the disks and media that only one node reaches.
  mutating func finish(_ draft: inout FleetDraft) {
    for position in draft.vms.indices {
      let storages = draft.vms[position].vm.datastores
      let media = mediaOf[position] ?? []
      guard !storages.isEmpty || !media.isEmpty else { continue }
      let shares = storages.map { isShared[$0] }
      let hasLocal = shares.contains(false)
      let isAllShared = !shares.isEmpty && shares.allSatisfy { $0 == true }
      let hasLocalMedium = media.contains { isShared[$0] != true }
      draft.update(vm: position) { entry in
        if hasLocal || entry.vm.blockers.contains(.localDisk) {
          entry.vm.hasLocalDisk = true
        } else if isAllShared {
          entry.vm.hasLocalDisk = false
        }
        if hasLocalMedium { entry.vm.blockers.insert(.iso) }
        // Local storages have one name on all nodes and are not the same place.
        entry.vm.datastores = storages.filter { isShared[$0] == true }
      }
    }
  }
}
