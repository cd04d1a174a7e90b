import StowageDiagnostics
import StowageModel

/// Reads XCP-ng and XenServer: `xe vm-list`, `xe host-list` and `xe host-cpu-list`, with some or all
/// parameters.
struct XCPReader: PlatformReader {
  static let format = InventoryFormat.xcpng

  private var vms: [ExportRecord] = []
  private var hosts: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let source = file.text else { return false }
    let records = Stanzas.records(source)
    guard let first = records.first, first.has("uuid", "name-label") else { return false }
    if first.has("power-state") || first.has("resident-on") || first.has("VCPUs-max") {
      vms += records
    } else if first.has("hostname") || first.has("cpu_info") || first.has("memory-total")
      || first.has("enabled")
    {
      hosts += records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (hosts: "export `xe host-list params=all`", vms: "export `xe vm-list params=all`")
    for record in hosts { readHost(record, &draft) }
    for record in vms { readVM(record, &draft) }
  }

  private func readHost(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let uuid = record.text("uuid") else { return }
    let position = draft.host(uuid, name: record.text("name-label"), at: record.place)
    let info = Self.map(record.text("cpu_info"))
    let threads = info["cpu_count"].flatMap(Double.init)
    let memory = record.positive("memory-total", log: &draft.log)
    let overhead = record.positive("memory-overhead", log: &draft.log)
    draft.update(host: position) { entry in
      entry.aliases = [record.text("hostname"), record.text("address")].compactMap { $0 }
      entry.host.memoryMiB = memory.map { ($0 / 1_048_576).rounded(.down) } ?? 0
      entry.host.memoryReservedMiB = overhead.map { $0 / 1_048_576 }
      entry.host.sockets = info["socket_count"].flatMap(Int.init)
      entry.host.cpuMHz = info["speed"].flatMap(Double.init)
      entry.host.cpuModel = info["modelname"]
      entry.host.isSchedulable = record.flag("enabled") ?? true
      if record.flag("host-metrics-live") == false { entry.host.state = .offline }
      entry.host.cores = threads ?? 0
      let software = Self.map(record.text("software-version"))
      entry.host.hypervisor = software["xen"].map { _ in "Xen" }
      // What is compared before a move is the product's version, not Xen's.
      entry.host.hypervisorVersion = software["product_version"]
    }
    // `threads_per_core` is there from XCP-ng 8.3 on.
    if let threads, let perCore = info["threads_per_core"].flatMap(Double.init), perCore >= 1 {
      draft.update(host: position) { $0.host.cores = (threads / perCore).rounded(.down) }
    } else if threads != nil {
      draft.assume("host", "its cores taken as its hardware threads")
    }
  }

  private func readVM(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let uuid = record.text("uuid") else { return }
    if record.flag("is-control-domain") == true { return draft.skip("control domain") }
    if record.flag("is-a-snapshot") == true { return draft.skip("snapshot") }
    if record.flag("is-a-template") == true {
      draft.counts.templates += 1
      return
    }
    let position = draft.vm(uuid, name: record.text("name-label"), at: record.place)
    let state = record.text("power-state")
    let isOn = state == "running" || state == "paused"
    let vCPUs =
      record.positive("VCPUs-number", log: &draft.log) ?? record.positive("VCPUs-max", log: &draft.log)
      ?? record.positive("VCPUs-at-startup", log: &draft.log)
    let actual = record.positive("memory-actual", log: &draft.log)
    let dynamic = record.positive("memory-dynamic-max", log: &draft.log)
    let maximum = record.positive("memory-static-max", log: &draft.log)
    let bytes = isOn ? actual ?? dynamic ?? maximum : dynamic ?? maximum
    let host = [record.text("resident-on"), record.text("affinity")].compactMap { $0 }.first {
      !$0.hasPrefix("<")
    }
    draft.update(vm: position) { entry in
      entry.hostName = host
      entry.vm.powerState = isOn ? .on : state == "suspended" ? .suspended : .off
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = bytes.map { ($0 / 1_048_576).rounded(.up) } ?? 0
      entry.vm.operatingSystem = Self.map(record.text("os-version"))["name"]
      entry.vm.attributes["x.xcpng.uuid"] = uuid
      let platform = Self.map(record.text("platform"))
      if platform["vgpu_type"] != nil { entry.vm.blockers.insert(.vgpu) }
      if platform["vtpm"] == "true" { entry.vm.blockers.insert(.vtpm) }
      if let devices = Self.map(record.text("other-config"))["pci"], !devices.isEmpty {
        entry.vm.blockers.insert(.passthrough)
      }
      if Self.map(record.text("VCPUs-params"))["mask"] != nil { entry.vm.blockers.insert(.pinnedCPU) }
      if let snapshots = record.text("snapshots"), !snapshots.isEmpty { entry.vm.blockers.insert(.snapshot) }
      let blocked = Self.map(record.text("blocked-operations"))
      if blocked["pool_migrate"] != nil || blocked["migrate_send"] != nil {
        entry.vm.blockers.insert(.liveBlocked)
      }
      if Self.isDynamic(record) { entry.vm.blockers.insert(.dynamicMemory) }
    }
  }

  /// Whether its memory is driven between two limits.
  private static func isDynamic(_ record: ExportRecord) -> Bool {
    guard let least = record.text("memory-dynamic-min").flatMap(Double.init),
      let most = record.text("memory-dynamic-max").flatMap(Double.init)
    else { return false }
    return least < most
  }

  /// `xe` writes maps as `key: value; key: value`.
  private static func map(_ text: String?) -> [String: String] {
    var map: [String: String] = [:]
    for part in (text ?? "").parts(separatedBy: [";"]) {
      guard let (key, value) = Stanzas.pair(Substring(part)) else { continue }
      map[key] = value
    }
    return map
  }
}
