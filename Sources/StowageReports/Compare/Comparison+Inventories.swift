public import StowageModel

extension Comparison {
  /// Two inventories.
  public init(_ first: Inventory, _ second: Inventory, names: (String, String)) {
    let memory = [first, second].map { $0.vms.reduce(0) { $0 + $1.memoryMiB } }
    let cores = [first, second].map { $0.vms.reduce(0) { $0 + $1.vCPUs } }
    self.init(
      kind: "inventory", names: names,
      figures: [
        Self.figure("hosts", "hosts", Double(first.hosts.count), Double(second.hosts.count)) {
          Units.decimal($0)
        },
        Self.figure("vms", "VMs", Double(first.vms.count), Double(second.vms.count)) { Units.decimal($0) },
        Self.figure("vcpus", "vCPUs of the VMs", cores[0], cores[1]) { Units.decimal($0) },
        Self.figure("memory_mib", "memory of the VMs", memory[0], memory[1]) { Units.gibibytes(fromMiB: $0) },
        Self.figure("rules", "rules", Double(first.rules.count), Double(second.rules.count)) {
          Units.decimal($0)
        },
      ],
      sections: Self.hosts(first, second) + Self.vms(first, second) + Self.rules(first, second))
  }

  private static func hosts(_ first: Inventory, _ second: Inventory) -> [Explanation.Section] {
    let before = Dictionary(first.hosts.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    let after = Dictionary(second.hosts.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    let changed = first.hosts.compactMap { host -> String? in
      guard let other = after[host.id] else { return nil }
      var parts: [String] = []
      if host.memoryMiB != other.memoryMiB {
        parts.append(
          "memory \(Units.gibibytes(fromMiB: host.memoryMiB)) → \(Units.gibibytes(fromMiB: other.memoryMiB))")
      }
      if host.cores != other.cores {
        parts.append("cores \(Units.decimal(host.cores)) → \(Units.decimal(other.cores))")
      }
      if host.isUsableAsTarget != other.isUsableAsTarget {
        parts.append(other.isUsableAsTarget ? "takes VMs now" : "takes no VMs now")
      }
      if parts.isEmpty, host != other { parts.append("other columns differ") }
      return parts.isEmpty ? nil : "\(host.id): \(parts.joined(separator: ", "))"
    }
    return [
      Explanation.Section(
        "hosts_gone", "Hosts that are gone", first.hosts.filter { after[$0.id] == nil }.map(\.id.rawValue)),
      Explanation.Section(
        "hosts_new", "Hosts that are new", second.hosts.filter { before[$0.id] == nil }.map(\.id.rawValue)),
      Explanation.Section("hosts_changed", "Hosts that changed", changed),
    ]
  }

  private static func vms(_ first: Inventory, _ second: Inventory) -> [Explanation.Section] {
    let before = Dictionary(first.vms.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    let after = Dictionary(second.vms.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    var (moved, changed): ([String], [String]) = ([], [])
    for vm in first.vms {
      guard let other = after[vm.id] else { continue }
      if vm.host != other.host {
        moved.append("\(vm.id): \(vm.host?.rawValue ?? "no host") → \(other.host?.rawValue ?? "no host")")
      }
      var parts: [String] = []
      if vm.memoryMiB != other.memoryMiB {
        parts.append(
          "memory \(Units.gibibytes(fromMiB: vm.memoryMiB)) → \(Units.gibibytes(fromMiB: other.memoryMiB))")
      }
      if vm.vCPUs != other.vCPUs {
        parts.append("vCPUs \(Units.decimal(vm.vCPUs)) → \(Units.decimal(other.vCPUs))")
      }
      if vm.powerState != other.powerState { parts.append("now \(other.powerState.rawValue)") }
      var alike = vm
      alike.host = other.host
      if parts.isEmpty, alike != other { parts.append("other columns differ") }
      if !parts.isEmpty { changed.append("\(vm.id): \(parts.joined(separator: ", "))") }
    }
    return [
      Explanation.Section(
        "vms_gone", "VMs that are gone", first.vms.filter { after[$0.id] == nil }.map(\.id.rawValue)),
      Explanation.Section(
        "vms_new", "VMs that are new", second.vms.filter { before[$0.id] == nil }.map(\.id.rawValue)),
      Explanation.Section("vms_moved", "VMs that moved", moved),
      Explanation.Section("vms_changed", "VMs that changed", changed),
    ]
  }

  private static func rules(_ first: Inventory, _ second: Inventory) -> [Explanation.Section] {
    let before = Dictionary(first.rules.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    let after = Dictionary(second.rules.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    let differing = Set(before.keys).union(after.keys).sorted().compactMap { id -> String? in
      switch (before[id], after[id]) {
      case (nil, _): "\(id): new"
      case (_, nil): "\(id): gone"
      case (let one, let two): one == two ? nil : "\(id): changed"
      }
    }
    return [Explanation.Section("rules_changed", "Rules that differ", differing)]
  }
}
