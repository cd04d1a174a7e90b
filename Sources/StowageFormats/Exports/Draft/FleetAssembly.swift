import StowageDiagnostics
import StowageModel

/// Makes an inventory of what the reader of one platform found.
struct FleetAssembly {
  private var draft: FleetDraft
  private var hostPositions: [Int?] = []
  private var vmIDs: [String] = []
  private let source: String

  /// Prepares to make an inventory; `source` is what the operator pointed at.
  init(_ draft: FleetDraft, source: String) {
    self.draft = draft
    self.source = source
  }

  /// The inventory and all that is to be said about it; without the platform's rules when others
  /// replace them.
  mutating func assemble(withRules: Bool) -> ReadResult {
    draft.counts.hosts = draft.hosts.count
    draft.counts.vms = draft.vms.count + draft.counts.skippedVMs
    nameHosts()
    nameVMs()
    placeVMs()
    settleSizes()
    let hosts = usableHosts()
    let rules = withRules ? FleetRules(draft, vmIDs: vmIDs, hosts: Set(hosts.map(\.id))).rules(&draft) : []
    let inventory = Inventory(
      hosts: hosts, vms: draft.vms.map(\.vm), datastores: draft.datastores.sorted { $0.id < $1.id },
      rules: rules, sourceKind: draft.format.rawValue, notes: draft.counts.notes)
    return ReadResult(inventory: inventory, log: draft.log, counts: draft.counts)
  }

  private mutating func nameHosts() {
    let ids = FleetIdentity.ids(draft.hosts.map { ($0.name, $0.host.cluster ?? $0.key) })
    for position in draft.hosts.indices {
      draft.update(host: position) { entry in
        entry.host.id = Host.ID(ids[position])
        if entry.name != ids[position], !entry.name.isEmpty { entry.host.name = entry.name }
      }
      checkName(ids[position], "host", draft.hosts[position].place)
    }
  }

  private mutating func nameVMs() {
    vmIDs = FleetIdentity.ids(draft.vms.map { ($0.name, $0.key) })
    for position in draft.vms.indices {
      let id = vmIDs[position]
      draft.update(vm: position) { entry in
        entry.vm.id = VM.ID(id)
        if entry.name != id, !entry.name.isEmpty { entry.vm.name = entry.name }
      }
      checkName(id, "VM", draft.vms[position].place)
    }
    let renamed = draft.vms.indices.count { draft.vms[$0].name != vmIDs[$0] && !draft.vms[$0].name.isEmpty }
    if renamed > 0 {
      draft.counts.assumed["VM: shares its name, and is told apart by its key", default: 0] += renamed
    }
  }

  private mutating func checkName(_ id: String, _ noun: String, _ place: SourcePlace) {
    guard let flaw = IdentifierText.flaw(id) else { return }
    draft.log.report(
      .tableBadValue, .error, at: place, "the name of the \(noun) \(flaw)", remedy: "use a shorter name")
  }

  private mutating func placeVMs() {
    let names = HostNames(draft.hosts)
    var unknown: [String: [Int]] = [:]
    for position in draft.vms.indices {
      guard let name = draft.vms[position].hostName else {
        draft.counts.unplaced += 1
        continue
      }
      if let host = names.find(name) {
        let found = draft.hosts[host].host
        draft.update(vm: position) { $0.vm.host = found.id }
        if found.cores <= 0 || found.memoryMiB <= 0 { draft.counts.unplaced += 1 }
      } else {
        // The name is kept: it is a fact, and the VM counts as unplaced for want of such a host.
        draft.update(vm: position) { $0.vm.host = Host.ID(name) }
        draft.counts.unplaced += 1
        unknown[name, default: []].append(position)
      }
      let allowed = draft.vms[position].vm.allowedHosts
      guard !allowed.isEmpty else { continue }
      let ids = Set(allowed.compactMap { names.find($0).map { draft.hosts[$0].host.id.rawValue } })
      draft.update(vm: position) { $0.vm.allowedHosts = ids.sorted() }
    }
    guard !draft.hosts.isEmpty else { return }
    for (name, positions) in unknown.sorted(by: { $0.key < $1.key }) {
      let example = draft.vms[positions[0]]
      draft.log.report(
        .inventoryUnknownHost, .warning, at: example.place,
        "no file lists \(Diagnostic.quoted(name)), the host of \(counted(positions.count, "VM")), such as "
          + "\(Diagnostic.quoted(example.name)), left out of the plan",
        remedy: Suggestion.remedy(
          for: name, among: draft.hosts.map(\.name), otherwise: "export the hosts too, or again"))
    }
  }

  // MARK: Sizes

  /// A VM that runs on a host and whose size nothing tells cannot be planned, and leaving it out would
  /// make room that is not. One that is off takes no CPU and no memory, and one without a known host is
  /// not planned: their sizes matter little.
  private mutating func settleSizes() {
    let placeable = Set(draft.hosts.map(\.host).filter { $0.cores > 0 && $0.memoryMiB > 0 }.map(\.id))
    for position in draft.vms.indices {
      let entry = draft.vms[position]
      let missing = [("vCPUs", entry.vm.vCPUs), ("memory", entry.vm.memoryMiB)].filter { $0.1 <= 0 }.map(\.0)
      guard !missing.isEmpty else { continue }
      let isPlaced = entry.vm.host.map(placeable.contains) ?? false
      let matters = entry.vm.powerState == .on && isPlaced
      draft.log.report(
        .tableMissingValue, matters ? .error : .warning, at: entry.place,
        "VM \(Diagnostic.quoted(entry.name)) has no \(missing.joined(separator: " and no ")) in any file",
        remedy: draft.sizeRemedy.vms)
      guard !matters else { continue }
      draft.update(vm: position) { entry in
        if entry.vm.vCPUs <= 0 { entry.vm.vCPUs = 1 }
        if entry.vm.memoryMiB <= 0 { entry.vm.memoryMiB = 1 }
      }
      draft.assume(
        isPlaced ? "VM that is off" : "VM without a known host",
        "its \(missing.joined(separator: " and ")) unknown, taken as 1")
    }
  }

  /// The hosts whose size is known; nothing can be planned on others.
  private mutating func usableHosts() -> [Host] {
    var hosts: [Host] = []
    for entry in draft.hosts {
      let missing = [("cores", entry.host.cores), ("memory", entry.host.memoryMiB)].filter { $0.1 <= 0 }.map(
        \.0)
      if missing.isEmpty {
        hosts.append(entry.host)
        continue
      }
      draft.skip("host without a known size")
      draft.log.report(
        .inventorySkipped, .warning, at: entry.place,
        "host \(Diagnostic.quoted(entry.name)) has no \(missing.joined(separator: " and no ")) in any file: it and "
          + "its VMs are left out of the plan", remedy: draft.sizeRemedy.hosts)
    }
    if hosts.isEmpty {
      draft.log.report(
        .inventoryNoHosts, .warning, at: SourcePlace(file: source),
        draft.hosts.isEmpty
          ? "the files list no host: nothing can be planned"
          : "no host has a known size: nothing can be planned",
        remedy: draft.hosts.isEmpty
          ? "add the hosts, as an export with hosts or as hosts.csv of a converted inventory"
          : draft.sizeRemedy.hosts)
    }
    return hosts
  }
}
