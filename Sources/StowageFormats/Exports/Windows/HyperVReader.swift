import StowageDiagnostics
import StowageModel

/// Reads Hyper-V: `Get-VM` and `Get-VMHost` as CSV, JSON or `Format-List`, from a host or from SCVMM.
struct HyperVReader: PlatformReader {
  static let format = InventoryFormat.hyperv

  private var vms: [ExportRecord] = []
  private var hosts: [ExportRecord] = []
  private var processors: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    let records = file.text.map(Stanzas.records) ?? file.records
    guard let first = records.first else { return false }
    if first.has("LogicalProcessorCount") || first.has("LogicalCPUCount") {
      hosts += records
    } else if first.has("NumberOfCores"), first.has("NumberOfLogicalProcessors") || first.has("MaxClockSpeed")
    {
      processors += records
    } else if first.has("State") || first.has("VirtualMachineState") || first.has("Status"),
      first.has("MemoryAssigned") || first.has("MemoryStartup")
        || first.has("CPUCount") && first.has("Memory"),
      first.has("Name") || first.has("VMName")
    {
      vms += records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "export Get-VMHost | Select * of each host, and Get-CimInstance Win32_Processor",
      vms: "export Get-VM | Select-Object * | ConvertTo-Json"
    )
    for record in hosts { readHost(record, &draft) }
    for record in vms { readVM(record, &draft) }
    readProcessors(&draft)
  }

  private func readHost(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("ComputerName", "Name", "FullyQualifiedDomainName") else { return }
    let position = draft.host(name, at: record.place)
    let threads = record.positive("LogicalProcessorCount", "LogicalCPUCount", log: &draft.log)
    let cores = record.positive("CoresPerCPU", log: &draft.log)
    let sockets = record.positive("PhysicalCPUCount", log: &draft.log)
    let memory = record.positive("MemoryCapacity", "TotalMemory", log: &draft.log)
    let clock = record.positive("CPUSpeed", log: &draft.log)
    draft.update(host: position) { entry in
      entry.aliases = [record.text("FullyQualifiedDomainName"), record.text("Name")].compactMap { $0 }
      if let memory { entry.host.memoryMiB = (memory / 1_048_576).rounded(.down) }
      if let cores, let sockets { entry.host.cores = cores * sockets }
      entry.host.cpuMHz = clock
      entry.host.cluster = record.text("HostCluster", "ClusterName")
    }
    if entryLacksCores(position, draft), let threads {
      draft.update(host: position) { $0.host.cores = threads }
      draft.assume("host", "its cores taken as its logical processors; Win32_Processor tells the cores")
    }
  }

  private func entryLacksCores(_ position: Int, _ draft: FleetDraft) -> Bool {
    draft.hosts[position].host.cores <= 0
  }

  /// `Win32_Processor` has a row for each socket.
  private func readProcessors(_ draft: inout FleetDraft) {
    var cores: [String: Double] = [:]
    for record in processors {
      guard let name = record.text("PSComputerName", "SystemName") else { continue }
      cores[name, default: 0] += record.positive("NumberOfCores", log: &draft.log) ?? 0
      guard let position = draft.hosts.firstIndex(where: { FoldedName.equal($0.key, name) }) else { continue }
      let clock = record.positive("MaxClockSpeed", log: &draft.log)
      draft.update(host: position) { entry in
        entry.host.cores = cores[name] ?? entry.host.cores
        entry.host.cpuMHz = clock ?? entry.host.cpuMHz
        entry.host.cpuModel = record.text("Name")
      }
    }
  }

  private func readVM(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("VMName", "Name") else { return }
    let host = record.text("ComputerName", "HostName", "VMHost")
    let key = record.text("VMId", "Id", "ID") ?? "\(name) on \(host ?? "")"
    let position = draft.vm(key, name: name, at: record.place)
    let state = Self.state(record.text("State", "VirtualMachineState", "Status"))
    let vCPUs = record.positive("ProcessorCount", "CPUCount", log: &draft.log)
    let assigned = record.positive("MemoryAssigned", log: &draft.log)
    let startup = record.positive("MemoryStartup", log: &draft.log)
    let megabytes = record.positive("Memory", log: &draft.log)
    let demand = record.positive("MemoryDemand", log: &draft.log)
    // A VM with dynamic memory may be given up to its maximum; what it has now is what it uses.
    let bytes = state == .on ? assigned ?? startup : startup ?? assigned
    draft.update(vm: position) { entry in
      entry.hostName = host
      entry.vm.powerState = state ?? .on
      entry.vm.vCPUs = vCPUs ?? entry.vm.vCPUs
      entry.vm.memoryMiB = bytes.map { ($0 / 1_048_576).rounded(.up) } ?? megabytes ?? entry.vm.memoryMiB
      entry.vm.memoryActiveMiB = state == .on ? demand.map { $0 / 1_048_576 } : nil
      entry.vm.memoryConsumedMiB = state == .on ? assigned.map { $0 / 1_048_576 } : nil
      entry.vm.operatingSystem = record.text("OperatingSystem")
      entry.vm.attributes["x.hyperv.vm_id"] = record.text("VMId", "Id")
      entry.vm.attributes["x.hyperv.generation"] = record.text("Generation")
      entry.vm.attributes["x.hyperv.dynamic_memory"] = record.text("DynamicMemoryEnabled")
      entry.vm.attributes["x.hyperv.clustered"] = record.text("IsClustered", "IsHighlyAvailable")
      if let parent = record.text("ParentCheckpointId", "ParentSnapshotId"), !parent.hasPrefix("00000000") {
        entry.vm.blockers.insert(.snapshot)
      }
      if record.flag("TpmEnabled") == true { entry.vm.blockers.insert(.vtpm) }
      if record.flag("Shielded") == true { entry.vm.blockers.insert(.encrypted) }
    }
    if state == nil { draft.assume("VM", "its state unknown, taken as running") }
  }

  /// Windows PowerShell writes the number of a state, PowerShell 7 may write its name.
  private static func state(_ text: String?) -> VM.PowerState? {
    switch text?.lowercased() {
    case "2", "running", "9", "paused", "10", "starting", "4", "stopping", "32768", "poweredon": .on
    case "3", "off", "poweroff", "poweredoff", "stopped": .off
    case "6", "saved", "suspended": .suspended
    default: nil
    }
  }
}
