import StowageDiagnostics
import StowageModel

/// Reads the tables that Google Migration Center imports: `vmInfo`, `diskInfo`, `tagInfo`, and what
/// `perfInfo` says of peaks.
struct GoogleMigrationReader: PlatformReader {
  static let format = InventoryFormat.googleMigrationCenter

  private var machines: [ExportRecord] = []
  private var disks: [ExportRecord] = []
  private var tags: [ExportRecord] = []
  private var samples: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let table = file.table, table.column("MachineId") != nil else { return false }
    if table.column("AllocatedProcessorCoreCount") != nil || table.column("MachineName") != nil {
      machines += table.records
    } else if table.column("SizeInGib") != nil {
      disks += table.records
    } else if table.has("Key", "Value") {
      tags += table.records
    } else if table.column("CpuUtilizationPercentage") != nil {
      samples += table.records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy.vms = "add vmInfo.csv, with AllocatedProcessorCoreCount and MemoryGiB"
    for record in machines { readMachine(record, &draft) }
    readDisks(&draft)
    for record in tags {
      guard let position = known(record, draft), let key = record.text("Key") else { continue }
      draft.update(vm: position) { $0.vm.labels[key] = record.text("Value") ?? "" }
    }
    readSamples(&draft)
  }

  private func known(_ record: ExportRecord, _ draft: FleetDraft) -> Int? {
    record.text("MachineId").flatMap(draft.knownVM)
  }

  private func readMachine(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let key = record.text("MachineId") else { return }
    let position = draft.vm(key, name: record.text("MachineName") ?? key, at: record.place)
    let vCPUs = record.positive("AllocatedProcessorCoreCount", log: &draft.log)
    let memory = record.positive("MemoryGiB", "MemoryInGib", log: &draft.log)
    let allocated = record.number("TotalDiskAllocatedGiB", log: &draft.log)
    let used = record.number("TotalDiskUsedGiB", log: &draft.log)
    let status = record.text("MachineStatus")?.lowercased()
    draft.update(vm: position) { entry in
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory.map { ($0 * 1024).rounded(.up) } ?? 0
      entry.vm.diskProvisionedGiB = allocated
      entry.vm.diskUsedGiB = used
      entry.vm.site = record.text("HostingLocation")
      let isOff =
        status.map { ["stopped", "off", "terminated", "poweredoff", "deallocated"].contains($0) } ?? false
      entry.vm.powerState = isOff ? .off : status == "suspended" ? .suspended : .on
      entry.vm.operatingSystem = [record.text("OsName"), record.text("OsVersion")].compactMap { $0 }
        .joined(separator: " ")
      if entry.vm.operatingSystem?.isEmpty == true { entry.vm.operatingSystem = record.text("OsType") }
      entry.vm.attributes["x.google.machine_id"] = key
      entry.vm.attributes["x.google.physical"] = record.text("IsPhysical")
      entry.vm.attributes["x.google.source"] = record.text("Source")
    }
  }

  private func readDisks(_ draft: inout FleetDraft) {
    var sizes: [Int: (size: Double, used: Double)] = [:]
    for record in disks {
      guard let position = known(record, draft) else { continue }
      let size = record.number("SizeInGib", log: &draft.log) ?? 0
      let used = record.number("UsedInGib", log: &draft.log) ?? 0
      let before = sizes[position] ?? (0, 0)
      sizes[position] = (before.size + size, before.used + used)
    }
    for (position, disk) in sizes {
      draft.update(vm: position) { entry in
        entry.vm.diskProvisionedGiB = entry.vm.diskProvisionedGiB ?? disk.size
        entry.vm.diskUsedGiB = entry.vm.diskUsedGiB ?? disk.used
      }
    }
  }

  /// The highest memory use seen; CPU is a share of an unknown clock.
  private func readSamples(_ draft: inout FleetDraft) {
    var most: [Int: Double] = [:]
    for record in samples {
      guard let position = known(record, draft) else { continue }
      let bytes = record.positive("UtilizedMemoryBytes", log: &draft.log)
      if let bytes { most[position] = max(most[position] ?? 0, bytes / 1_048_576) }
    }
    for (position, mebibytes) in most { draft.update(vm: position) { $0.vm.memoryActiveMiB = mebibytes } }
  }
}
