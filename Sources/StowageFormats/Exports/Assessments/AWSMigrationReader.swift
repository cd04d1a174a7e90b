import StowageDiagnostics
import StowageModel

/// Reads the template that AWS Migration Hub (Application Discovery Service) imports, and takes waves
/// and applications from those of the Application Migration Service and the Cloud Migration Factory.
struct AWSMigrationReader: PlatformReader {
  static let format = InventoryFormat.awsMigrationHub

  private var servers: [ExportRecord] = []
  private var waves: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let table = file.table else { return false }
    if table.column("RAM.TotalSizeInMB") != nil || table.has("CPU.NumberOfCores", "HostName") {
      servers += table.records
    } else if table.column("mgn:wave:name") != nil || table.column("mgn:server:user-provided-id") != nil
      || table.has("wave_name", "server_name")
    {
      waves += table.records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy.vms =
      "fill in CPU.NumberOfCores and RAM.TotalSizeInMB, or import the servers from Migration Hub too"
    for record in servers { readServer(record, &draft) }
    for record in waves { readWave(record, &draft) }
  }

  private func readServer(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("VMware.VMName", "HostName", "ExternalId", "ServerId") else {
      draft.log.report(
        .tableMissingValue, .error, at: record.place, "the row names no server",
        remedy: "fill in HostName, or remove the row")
      return
    }
    let key = record.text("ExternalId", "ServerId", "VMware.MoRefId") ?? name
    let position = draft.vm(key, name: name, at: record.place)
    let logical = record.positive("CPU.NumberOfLogicalCores", log: &draft.log)
    let cores = record.positive("CPU.NumberOfCores", log: &draft.log)
    let memory = record.positive("RAM.TotalSizeInMB", log: &draft.log)
    let active = record.positive("RAM.UsedSizeInMB.Avg", log: &draft.log)
    let most = record.positive("RAM.UsedSizeInMB.Max", log: &draft.log)
    let operations = ["DiskReadsOpsPerSecond", "DiskWritesOpsPerSecond"].map {
      record.number("\($0).Max", log: &draft.log) ?? record.number("\($0).Avg", log: &draft.log) ?? 0
    }.reduce(0, +)
    let kilobytes =
      ["NetworkReadsPerSecondInKB", "NetworkWritesPerSecondInKB"].map {
        record.number("\($0).Max", log: &draft.log) ?? record.number("\($0).Avg", log: &draft.log) ?? 0
      }.max() ?? 0
    draft.update(vm: position) { entry in
      // What a virtual server calls a core is a vCPU; a physical one has threads as well.
      entry.vm.vCPUs = (record.text("VMware.MoRefId") != nil ? cores ?? logical : logical ?? cores) ?? 0
      entry.vm.memoryMiB = memory ?? 0
      entry.vm.memoryActiveMiB = active
      entry.vm.memoryConsumedMiB = most
      if operations > 0 { entry.vm.iopsP95 = operations }
      if kilobytes > 0 { entry.vm.networkMbpsP95 = kilobytes * 8 / 1000 }
      entry.vm.app = record.texts("Applications", separators: [","]).first
      entry.vm.operatingSystem = [record.text("OS.Name"), record.text("OS.Version")].compactMap { $0 }
        .joined(separator: " ")
      if entry.vm.operatingSystem?.isEmpty == true { entry.vm.operatingSystem = nil }
      for tag in record.texts("Tags", separators: [","]) {
        guard let (label, value) = Stanzas.pair(Substring(tag)) else { continue }
        entry.vm.labels[label] = value
      }
      entry.vm.labels["wave"] = record.text("ApplicationWave")
      entry.vm.attributes["x.aws.cpu_avg_pct"] = record.text("CPU.UsagePct.Avg")
      entry.vm.attributes["x.aws.cpu_max_pct"] = record.text("CPU.UsagePct.Max")
      entry.vm.attributes["x.aws.external_id"] = record.text("ExternalId")
    }
  }

  private func readWave(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard
      let name = record.text(
        "server_name", "mgn:server:user-provided-id", "mgn:server:tag:Name",
        "mgn:server:fqdn-for-action-framework")
    else { return }
    let known = draft.vms.firstIndex { $0.name == name || $0.key == name }
    let position = known ?? draft.vm(name, at: record.place)
    draft.update(vm: position) { entry in
      entry.vm.app = entry.vm.app ?? record.text("mgn:app:name", "app_name")
      entry.vm.labels["wave"] = record.text("mgn:wave:name", "wave_name")
      entry.vm.tier = entry.vm.tier ?? record.text("server_tier")
      entry.vm.operatingSystem =
        entry.vm.operatingSystem ?? record.text("server_os_version", "mgn:server:platform")
    }
  }
}
