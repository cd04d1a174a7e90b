import StowageDiagnostics
import StowageModel

/// Reads what virsh says of a host.
enum LibvirtHost {
  /// Reads `virsh nodeinfo`. Sockets are those of one NUMA cell; all CPUs together are threads.
  static func readNodeInfo(_ record: ExportRecord, _ position: Int, _ draft: inout FleetDraft) {
    let threads = record.positive("CPU(s)", log: &draft.log)
    let perCore = record.positive("Thread(s) per core", log: &draft.log) ?? 1
    let sockets = record.positive("CPU socket(s)", log: &draft.log)
    let cells = record.positive("NUMA cell(s)", log: &draft.log)
    let clock = record.quantity("CPU frequency", as: .megahertz, log: &draft.log)
    let memory = record.quantity("Memory size", as: .mebibytes, log: &draft.log)
    draft.update(host: position) { entry in
      if let threads { entry.host.cores = (threads / perCore).rounded(.down) }
      entry.host.threadsPerCore = Int(perCore)
      if let sockets, let cells { entry.host.sockets = Int(sockets * cells) }
      entry.host.cpuMHz = clock.flatMap { $0 > 0 ? $0 : nil }
      if let memory { entry.host.memoryMiB = memory.rounded(.down) }
    }
  }

  /// Reads `virsh nodememstats`.
  static func readMemory(_ record: ExportRecord, _ position: Int, _ draft: inout FleetDraft) {
    guard let memory = record.quantity("total", as: .mebibytes, log: &draft.log) else { return }
    draft.update(host: position) { $0.host.memoryMiB = memory.rounded(.down) }
  }

  /// Reads `virsh capabilities`.
  static func readCapabilities(_ root: XMLNode, _ position: Int, _ draft: inout FleetDraft) {
    guard let host = root.child("host") else { return }
    let cells = host.descendant("topology", "cells")?.children("cell") ?? []
    let cpus = cells.flatMap { $0.child("cpus")?.children("cpu") ?? [] }
    let cores = Set(cpus.map { [$0["socket_id"], $0["die_id"], $0["cluster_id"], $0["core_id"]] })
    let memory = cells.compactMap { $0.child("memory").flatMap(LibvirtUnits.mebibytes) }.reduce(0, +)
    let topology = host.descendant("cpu", "topology")
    let perCore = topology?["threads"].flatMap(Int.init)
    draft.update(host: position) { entry in
      if entry.host.cores <= 0 {
        // Drivers without a topology give every CPU the same core.
        let counted = cores.count > 1 ? cores.count : cpus.count / max(1, perCore ?? 1)
        entry.host.cores = Double(counted)
      }
      if entry.host.memoryMiB <= 0 { entry.host.memoryMiB = memory.rounded(.down) }
      entry.host.threadsPerCore = entry.host.threadsPerCore ?? perCore
      entry.host.cpuModel = host.descendant("cpu", "model")?.text ?? entry.host.cpuModel
      let sizes = Self.pageSizes(cells)
      if !sizes.isEmpty { entry.host.hugePageSizes = sizes }
      if let uuid = host.child("uuid")?.text, !uuid.isEmpty { entry.host.attributes["x.libvirt.uuid"] = uuid }
    }
  }
}

extension LibvirtHost {
  /// Sizes of which a NUMA cell has pages set aside.
  private static func pageSizes(_ cells: [XMLNode]) -> [String] {
    let pages = cells.flatMap { $0.children("pages") }.filter { (Double($0.text) ?? 0) > 0 }
    return Set(pages.compactMap(LibvirtUnits.pageSize)).sorted()
  }

  /// Reads `virsh domcapabilities`: the model that guests get which ask for their host's, and so the most that any
  /// guest of a named model needs.
  static func readDomainCapabilities(_ root: XMLNode, _ position: Int, _ draft: inout FleetDraft) {
    let modes = root.child("cpu")?.children("mode") ?? []
    let own = modes.first { $0["name"] == "host-model" && $0["supported"] != "no" }
    guard let model = own?.child("model")?.text, !model.isEmpty else { return }
    draft.update(host: position) { $0.host.cpuCompatibilityLevel = model }
  }

  /// Reads `virsh version`.
  static func readVersion(_ record: ExportRecord, _ position: Int, _ draft: inout FleetDraft) {
    guard let hypervisor = HypervisorText.named(record.text("Running hypervisor")) else { return }
    draft.update(host: position) { hypervisor.describe(&$0.host) }
  }
}

/// Amounts of memory as libvirt writes them.
enum LibvirtUnits {
  /// The content of an element in MiB; its attribute `unit` is KiB where it is missing, and decimal
  /// where it is written so (`KB`, `MB`).
  static func mebibytes(_ node: XMLNode) -> Double? {
    guard let number = Double(node.text), number.isFinite, number >= 0 else { return nil }
    let factors: [String: Double] = [
      "b": 1, "bytes": 1, "byte": 1, "kb": 1e3, "k": 1024, "kib": 1024, "mb": 1e6, "m": 1_048_576,
      "mib": 1_048_576,
      "gb": 1e9, "g": 1_073_741_824, "gib": 1_073_741_824, "tb": 1e12, "t": 1_099_511_627_776,
      "tib": 1_099_511_627_776,
    ]
    return factors[(node["unit"] ?? "KiB").lowercased()].map { number * $0 / 1_048_576 }
  }

  /// The size of an element `page` or `pages`, where it is one of those that hosts set aside: `2m` or `1g`.
  static func pageSize(_ node: XMLNode) -> String? {
    switch (node["size"] ?? "", (node["unit"] ?? "KiB").lowercased()) {
    case ("2048", "kib"), ("2", "mib"), ("2", "m"): "2m"
    case ("1048576", "kib"), ("1024", "mib"), ("1", "gib"), ("1", "g"): "1g"
    default: nil
    }
  }
}
