import StowageDiagnostics
import StowageModel

/// Reads VMware PowerCLI: `Get-VM` and `Get-VMHost` through `Export-Csv` or `ConvertTo-Json`, with
/// whatever columns were selected.
struct PowerCLIReader: PlatformReader {
  static let format = InventoryFormat.powercli

  private var vms: [ExportRecord] = []
  private var hosts: [ExportRecord] = []
  private var rules: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let first = file.records.first else { return false }
    if first.has("CpuTotalMhz") || first.has("MemoryTotalGB") || first.has("MemoryTotalMB") {
      hosts += file.records
    } else if first.has("NumCpu"), first.has("MemoryGB") || first.has("MemoryMB"), first.has("Name") {
      vms += file.records
    } else if first.has("KeepTogether"), first.has("VMIds") || first.has("VM") {
      rules += file.records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "select NumCpu, CpuTotalMhz and MemoryTotalGB of Get-VMHost",
      vms: "select NumCpu and MemoryGB of Get-VM"
    )
    for record in hosts { readHost(record, &draft) }
    for record in vms { readVM(record, &draft) }
    for record in rules { readRule(record, &draft) }
  }

  private func readHost(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("Name") else { return }
    let position = draft.host(name, at: record.place)
    let cores = record.positive("NumCpu", log: &draft.log)
    let clock = record.positive("CpuTotalMhz", log: &draft.log)
    let memory =
      record.positive("MemoryTotalMB", log: &draft.log)
      ?? record.positive("MemoryTotalGB", log: &draft.log).map { ($0 * 1024).rounded(.down) }
    let state = record.text("ConnectionState", "State")?.lowercased()
    draft.update(host: position) { entry in
      entry.host.cores = cores ?? 0
      entry.host.memoryMiB = memory ?? 0
      if let clock, let cores { entry.host.cpuMHz = clock / cores }
      entry.host.cpuModel = record.text("ProcessorType")
      entry.host.cpuCompatibilityLevel = record.text("MaxEVCMode")
      entry.host.cluster = record.text("Parent", "Cluster")
      entry.host.isInMaintenance = state == "maintenance"
      if state == "notresponding" || state == "disconnected"
        || record.text("PowerState")?.lowercased() == "poweredoff"
      {
        entry.host.state = .offline
      }
      HypervisorText.esx(record.text("Version"))?.describe(&entry.host)
      entry.host.attributes["x.powercli.version"] = record.text("Version")
      entry.host.attributes["x.powercli.model"] = record.text("Model")
    }
  }

  private func readVM(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("Name") else { return }
    if record.flag("Template", "IsTemplate") == true {
      draft.counts.templates += 1
      return
    }
    let host = record.text("VMHost", "Host", "VMHostName")
    let id = record.text("Id", "PersistentId").map { Self.reference($0) }
    let position = draft.vm(id ?? "\(name) on \(host ?? "")", name: name, at: record.place)
    let memory =
      record.positive("MemoryMB", log: &draft.log)
      ?? record.positive("MemoryGB", log: &draft.log).map { ($0 * 1024).rounded(.up) }
    let vCPUs = record.positive("NumCpu", log: &draft.log)
    let provisioned = record.number("ProvisionedSpaceGB", log: &draft.log)
    let used = record.number("UsedSpaceGB", log: &draft.log)
    let state = record.text("PowerState")?.lowercased()
    draft.update(vm: position) { entry in
      entry.hostName = host
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory ?? 0
      entry.vm.diskProvisionedGiB = provisioned
      entry.vm.diskUsedGiB = used
      entry.vm.powerState =
        state == "poweredoff" || state == "0" ? .off : state == "suspended" || state == "2" ? .suspended : .on
      entry.vm.cluster = record.text("Cluster")
      entry.vm.operatingSystem = record.text("GuestOS", "GuestId", "GuestFullName")
      entry.vm.annotation = record.text("Notes")
      entry.vm.blockers = Self.blockers(record)
      entry.vm.attributes["x.powercli.id"] = id
      entry.vm.attributes["x.powercli.folder"] = record.text("Folder")
      entry.vm.attributes["x.powercli.resource_pool"] = record.text("ResourcePool")
    }
  }

  /// What people select of a VM's ExtensionData: its root snapshot, its key, how it bears latency, its shadow.
  private static func blockers(_ record: ExportRecord) -> Set<Blocker> {
    var blockers: Set<Blocker> = []
    if record.text("Snapshot", "RootSnapshot", "CurrentSnapshot") != nil { blockers.insert(.snapshot) }
    if record.text("KeyId") != nil || record.flag("Encrypted") == true { blockers.insert(.encrypted) }
    if record.text("LatencySensitivity")?.lowercased() == "high" { blockers.insert(.pinnedCPU) }
    if let state = record.text("FaultToleranceState")?.lowercased(), state != "notconfigured" {
      blockers.insert(.faultTolerance)
    }
    return blockers
  }

  /// `Get-DrsRule` lists members by object reference.
  private func readRule(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("Name") else { return }
    guard record.flag("Enabled") != false else {
      draft.skip("rule that is switched off")
      return
    }
    let ids = record.texts("VMIds", separators: [",", ";", " "]).map(Self.reference)
    let isTogether = record.flag("KeepTogether") ?? false
    draft.rules.append(DraftRule(name: name, kind: isTogether ? .together : .apart(.host), members: ids))
  }

  /// `VirtualMachine-vm-42` is the object `vm-42`.
  private static func reference(_ id: String) -> String {
    id.hasPrefix("VirtualMachine-") ? String(id.dropFirst("VirtualMachine-".count)) : id
  }
}
