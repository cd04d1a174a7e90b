import StowageDiagnostics
import StowageModel

/// Reads Proxmox VE 7 to 9: answers of `pvesh get … --output-format json` or of the API, and files of
/// `/etc/pve`.
struct ProxmoxReader: PlatformReader {
  static let format = InventoryFormat.proxmox

  /// What a file describes.
  private enum Piece {
    /// Rows with a `type` each: `/cluster/resources`, `/nodes`, `/cluster/status`.
    case resources([ExportRecord])
    /// VMs of one node: `/nodes/N/qemu`, or the state of one VM.
    case guests([ExportRecord])
    /// A node: `/nodes/N/status`.
    case nodeStatus(ExportRecord)
    /// Storages: `/storage`, `/nodes/N/storage`.
    case storages([ExportRecord])
    /// The configuration of a VM or container.
    case config(ExportRecord)
    /// Groups, rules and resources of high availability.
    case availability([ExportRecord])
    /// A file that is Proxmox's and says nothing that is needed.
    case nothing
  }

  private var pieces: [(file: ExportFile, piece: Piece)] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let piece = Self.piece(file) else { return false }
    pieces.append((file, piece))
    return true
  }

  private static func piece(_ file: ExportFile) -> Piece? {
    if let source = file.text {
      if let sections = ProxmoxSections.availability(source) { return .availability(sections) }
      return ProxmoxSections.config(source).map { .config($0) }
    }
    guard file.table == nil, let first = file.records.first else { return nil }
    let records = file.records
    if first.has("cpuinfo"), first.has("memory") || first.has("pveversion") { return .nodeStatus(first) }
    if first.has("rule"), first.has("type") { return .availability(records) }
    if first.has("group"), first.has("nodes") { return .availability(records) }
    if first.has("sid"), first.has("state") || first.has("group") || first.has("type") {
      return .availability(records)
    }
    if first.has("storage"), first.has("content") || first.has("type"), !first.has("node") {
      return .storages(records)
    }
    if isResources(records) { return .resources(records) }
    if first.has("vmid"), first.has("maxmem") || first.has("cpus") { return .guests(records) }
    if first.has("digest") && first.has("memory") || isConfig(first) { return .config(first) }
    let isOther =
      first.has("poolid") || first.has("iface") && first.has("method")
      || first.has("time") && first.has("maxcpu") && first.has("maxmem")
    return isOther ? .nothing : nil
  }

  private static func isResources(_ records: [ExportRecord]) -> Bool {
    let types: Set = ["node", "qemu", "lxc", "storage", "pool", "sdn", "network", "cluster", "service"]
    return records.allSatisfy { record in
      guard record.has("id"), let type = record.text("type") else { return false }
      return types.contains(type)
    }
  }

  private static func isConfig(_ record: ExportRecord) -> Bool {
    record.names.contains { ProxmoxConfig.isDisk($0) } && (record.has("memory") || record.has("cores"))
  }

  // MARK: Reading

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "export `pvesh get /cluster/resources`, and `/nodes/NODE/status` for physical cores",
      vms: "export `pvesh get /cluster/resources`"
    )
    var guests = ProxmoxGuests()
    for case (_, .resources(let records)) in pieces { guests.readResources(records, into: &draft) }
    for case (let file, .guests(let records)) in pieces {
      guests.readGuests(records, node: nodeName(file, draft), into: &draft)
    }
    for case (let file, .nodeStatus(let record)) in pieces {
      readStatus(record, node: nodeName(file, draft) ?? file.stem, into: &draft)
    }
    for case (_, .storages(let records)) in pieces { guests.readStorages(records, into: &draft) }
    for case (let file, .config(let record)) in pieces {
      guests.readConfig(record, file: file, node: nodeName(file, draft), into: &draft)
    }
    guests.finish(&draft)
    assumeCores(&draft)
    var rules = ProxmoxRules()
    for case (_, .availability(let records)) in pieces { rules.take(records) }
    rules.read(into: &draft)
  }

  /// The node that a file speaks of: its name is in the file's or the folder's name, where people put
  /// it for want of a place in the answer.
  private func nodeName(_ file: ExportFile, _ draft: FleetDraft) -> String? {
    let tokens = [file.stem, file.folder].map { $0.lowercased() }
    let known = draft.hosts.map(\.key).filter { name in
      tokens.contains { Self.mentions($0, name.lowercased()) }
    }
    return known.max { ($0.count, $1) < ($1.count, $0) }
  }

  private static func mentions(_ text: String, _ name: String) -> Bool {
    guard !name.isEmpty, let range = text.firstRange(of: name) else { return false }
    let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
    let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
    return ![before, after].contains { $0?.isLetter == true || $0?.isNumber == true }
  }

  private func readStatus(_ record: ExportRecord, node: String, into draft: inout FleetDraft) {
    let position = draft.host(node, at: record.place)
    var log = DiagnosticLog()
    let sockets = record.positive("cpuinfo/sockets", log: &log)
    let perSocket = record.positive("cpuinfo/cores", log: &log)
    let threads = record.positive("cpuinfo/cpus", log: &log)
    let clock = record.positive("cpuinfo/mhz", log: &log)
    let memory = record.positive("memory/total", log: &log)
    draft.log.merge(log)
    draft.update(host: position) { entry in
      if let sockets, let perSocket {
        // Some versions count the cores of all sockets, which together exceed the threads there are.
        let product = sockets * perSocket
        entry.host.cores = product > (threads ?? product) ? perSocket : product
        entry.host.sockets = Int(sockets)
        entry.host.threadsPerCore = threads.map { max(1, Int($0 / entry.host.cores)) }
      }
      entry.host.cpuMHz = clock
      entry.host.cpuModel = record.text("cpuinfo/model")
      if let memory { entry.host.memoryMiB = (memory / 1_048_576).rounded(.down) }
      HypervisorText.proxmox(record.text("pveversion"))?.describe(&entry.host)
      entry.host.attributes["x.proxmox.version"] = record.text("pveversion")
    }
  }

  private func assumeCores(_ draft: inout FleetDraft) {
    for position in draft.hosts.indices {
      let entry = draft.hosts[position]
      guard entry.host.cores <= 0,
        let threads = entry.host.attributes["x.proxmox.threads"].flatMap(Double.init)
      else { continue }
      draft.update(host: position) { $0.host.cores = threads }
      draft.assume("host", "its cores taken as its hardware threads, for want of its node status")
    }
  }
}
