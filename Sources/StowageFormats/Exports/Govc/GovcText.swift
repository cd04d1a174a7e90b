import StowageDiagnostics
import StowageModel

/// What `govc vm.info` and `govc host.info` print for people: enough of sizes and places to plan with,
/// where there is no JSON, which tells more.
struct GovcText {
  private var vms: [ExportRecord] = []
  private var hosts: [ExportRecord] = []

  /// Takes the stanzas of a text; whether they are of VMs or hosts.
  mutating func take(_ source: SourceText) -> Bool {
    let records = Stanzas.records(source)
    guard let first = records.first, first.has("Name", "Path", "Memory") else { return false }
    if first.has("CPU", "Power state") {
      vms += records
    } else if first.has("Logical CPUs") {
      hosts += records
    } else {
      return false
    }
    return true
  }

  /// Adds hosts, unless better is known of hosts, and VMs likewise.
  func describe(_ draft: inout FleetDraft, _ places: GovcPlaces) {
    if draft.hosts.isEmpty { for record in hosts { describe(host: record, &draft, places) } }
    if draft.vms.isEmpty { for record in vms { describe(vm: record, &draft) } }
  }

  private func describe(host record: ExportRecord, _ draft: inout FleetDraft, _ places: GovcPlaces) {
    guard let name = record.text("Name") else { return }
    let position = draft.host(name, at: record.place)
    let memory = record.quantity("Memory", as: .mebibytes, log: &draft.log)
    // `64 CPUs @ 2294MHz`.
    let words = (record.text("Logical CPUs") ?? "").split(separator: " ")
    let threads = words.first.flatMap { Double($0) } ?? 0
    let clock = words.last.flatMap { $0.hasSuffix("MHz") ? Double($0.dropLast(3)) : nil }
    let state = record.text("State")?.lowercased() ?? "connected"
    draft.update(host: position) { entry in
      entry.host.cores = threads
      entry.host.cpuMHz = clock
      entry.host.cpuModel = record.text("Processor type")
      entry.host.memoryMiB = memory ?? 0
      entry.host.isInMaintenance = state.contains("maintenance")
      if !state.hasPrefix("connected"), !entry.host.isInMaintenance { entry.host.state = .offline }
      entry.host.cluster = places.cluster(of: name)
      entry.host.site = places.datacenter(of: name)
    }
    if threads > 0 {
      draft.assume("host", "its cores taken as its hardware threads, for want of `host.info -json`")
    }
  }

  private func describe(vm record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("Name") else { return }
    let position = draft.vm(record.text("UUID") ?? name, name: name, at: record.place)
    let memory = record.quantity("Memory", as: .mebibytes, log: &draft.log)
    // `4 vCPU(s)`.
    let vCPUs = (record.text("CPU") ?? "").split(separator: " ").first.flatMap { Double($0) }
    draft.update(vm: position) { entry in
      entry.hostName = record.text("Host")
      entry.vm.powerState = GovcMachine.state(record.text("Power state"))
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory ?? 0
      entry.vm.operatingSystem = record.text("Guest name")
    }
  }
}
