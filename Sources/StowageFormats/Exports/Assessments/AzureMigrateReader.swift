import StowageDiagnostics
import StowageModel

/// Reads the template that Azure Migrate imports: a row for each server, no hosts.
struct AzureMigrateReader: PlatformReader {
  static let format = InventoryFormat.azureMigrate

  private var servers: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let table = file.table, table.has("Server Name", "Cores"),
      table.column("Memory (In MB)") != nil || table.column("Memory") != nil
    else { return false }
    servers += table.records
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy.vms = "fill in the columns Cores and Memory"
    for record in servers { read(record, &draft) }
  }

  private func read(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("Server Name") else {
      draft.log.report(
        .tableMissingValue, .error, at: record.place("Server Name"), "the row names no server",
        remedy: "fill in the column Server Name, or remove the row")
      return
    }
    if draft.knownVM(name) != nil { draft.assume("server", "listed twice, and its last row taken") }
    let position = draft.vm(name, at: record.place)
    let cores = record.positive("Cores", log: &draft.log)
    let memory = record.positive("Memory (In MB)", "Memory", log: &draft.log)
    let memoryShare = record.quantity("Memory utilization percentage", as: .percent, log: &draft.log)
    let cpuShare = record.quantity("CPU utilization percentage", as: .percent, log: &draft.log)
    let used = record.number("Storage in use (In GB)", log: &draft.log)
    let disks = (1...20).compactMap { record.positive("Disk \($0) size (In GB)", log: &draft.log) }
    let operations = (1...20).map { disk in
      (record.number("Disk \(disk) read ops (operations per second)", log: &draft.log) ?? 0)
        + (record.number("Disk \(disk) write ops (operations per second)", log: &draft.log) ?? 0)
    }.reduce(0, +)
    let networkMegabytes =
      ["Network In throughput", "Network Out throughput"].map {
        record.number($0, log: &draft.log) ?? record.number("\($0) (MB per second)", log: &draft.log) ?? 0
      }.max() ?? 0
    draft.update(vm: position) { entry in
      entry.vm.vCPUs = cores ?? 0
      entry.vm.memoryMiB = memory ?? 0
      if let memory, let memoryShare, memoryShare > 0 {
        entry.vm.memoryActiveMiB = memory * memoryShare / 100
      }
      entry.vm.diskUsedGiB = used
      if !disks.isEmpty { entry.vm.diskProvisionedGiB = disks.reduce(0, +) }
      if operations > 0 { entry.vm.iopsP95 = operations }
      // The template speaks of megabytes a second.
      if networkMegabytes > 0 { entry.vm.networkMbpsP95 = networkMegabytes * 8 }
      entry.vm.operatingSystem = [record.text("OS name"), record.text("OS version")].compactMap { $0 }
        .joined(separator: " ")
      if entry.vm.operatingSystem?.isEmpty == true { entry.vm.operatingSystem = nil }
      entry.vm.attributes["x.azure.cpu_pct"] = cpuShare.map(DecimalText.of)
      entry.vm.attributes["x.azure.ip_addresses"] = record.text("IP addresses")
      entry.vm.attributes["x.azure.server_type"] = record.text("Server type")
      entry.vm.attributes["x.azure.boot_type"] = record.text("Boot type")
    }
  }
}
