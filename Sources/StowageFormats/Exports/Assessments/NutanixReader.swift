import StowageDiagnostics
import StowageModel

/// Reads the lists of VMs and hosts that Nutanix Prism Central saves as CSV: the columns that were
/// shown, with units in the cells.
struct NutanixReader: PlatformReader {
  static let format = InventoryFormat.nutanix

  private var vms: [ExportRecord] = []
  private var hosts: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let table = file.table else { return false }
    if table.column("VM Name") != nil, table.column("Memory Capacity") != nil {
      vms += table.records
    } else if table.column("Host Name") != nil || table.column("Host") != nil,
      table.column("Memory Capacity") != nil,
      table.column("CPU Capacity") != nil || table.column("Hypervisor") != nil
    {
      hosts += table.records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "show the columns for cores and memory of the hosts, and save them",
      vms: "show the columns Cores and Memory Capacity, and save the list again"
    )
    for record in hosts {
      guard let name = record.text("Host Name", "Host", "Name") else { continue }
      let position = draft.host(name, at: record.place)
      let memory = record.quantity("Memory Capacity", as: .mebibytes, log: &draft.log)
      let cores = record.positive("Cores", "CPU Cores", "Number of Cores", "Num Cores", log: &draft.log)
      let clock = record.quantity("CPU Capacity", as: .megahertz, log: &draft.log)
      draft.update(host: position) { entry in
        entry.host.cores = cores ?? 0
        entry.host.memoryMiB = memory?.rounded(.down) ?? 0
        if let clock, let cores { entry.host.cpuMHz = clock / cores }
        entry.host.cluster = record.text("Cluster")
      }
    }
    for record in vms { readVM(record, &draft) }
  }

  private func readVM(_ record: ExportRecord, _ draft: inout FleetDraft) {
    guard let name = record.text("VM Name", "Name") else { return }
    let host = record.text("Host", "Host Name")
    let position = draft.vm(
      record.text("UUID", "VM UUID") ?? "\(name) on \(host ?? "")", name: name, at: record.place)
    let vCPUs = record.positive("Cores", "vCPUs", log: &draft.log)
    let memory = record.quantity("Memory Capacity", as: .mebibytes, log: &draft.log)
    let usage = record.quantity("Memory Usage", as: .percent, log: &draft.log)
    // `61.2 GiB / 127 GiB`: used of provisioned.
    let storage = (record.text("Storage") ?? "").parts(separatedBy: ["/"]).map { Self.gibibytes($0) }
    let state = record.text("Power State")?.lowercased()
    draft.update(vm: position) { entry in
      entry.hostName = host
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory?.rounded(.up) ?? 0
      if let memory, let usage, (0...100).contains(usage) { entry.vm.memoryActiveMiB = memory * usage / 100 }
      entry.vm.diskUsedGiB = storage.count == 2 ? storage[0] : nil
      entry.vm.diskProvisionedGiB = storage.last ?? nil
      entry.vm.powerState = state == "off" ? .off : state == "suspended" ? .suspended : .on
      entry.vm.cluster = record.text("Cluster")
      for category in record.texts("Categories", separators: [","]) {
        guard let (key, value) = Stanzas.pair(Substring(category)) else { continue }
        entry.vm.labels[key] = value
      }
    }
  }

  private static func gibibytes(_ text: String) -> Double? {
    var copy = text
    return copy.withUTF8 { bytes in
      let end = Quantity.numberEnd(bytes)
      let number = Double(String(decoding: bytes[..<end], as: UTF8.self))
      let suffix = String(decoding: bytes[end...], as: UTF8.self).trimmedOfBlanks
      let factor = suffix.isEmpty ? 1 : Quantity.gibibytes.factor(ofSuffix: suffix)
      return number.flatMap { number in factor.map { number * $0 } }
    }
  }
}
