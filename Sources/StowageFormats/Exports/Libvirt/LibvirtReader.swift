import StowageDiagnostics
import StowageModel

/// Reads libvirt: `virsh dumpxml`, `nodeinfo`, `nodememstats`, `capabilities`, `domcapabilities`, `version`, `domstats`, `dominfo`,
/// and snapshots (`snapshot-dumpxml`, or `snapshot-list` in a file whose name ends with the domain's).
///
/// None of these says on which host it was taken. Files of one host lie in a folder of its own, which
/// gives it its name, or their names start with the host's: `kvm1-nodeinfo.txt`, `kvm1-web01.xml`.
struct LibvirtReader: PlatformReader {
  static let format = InventoryFormat.libvirt

  private enum Piece {
    case domains([XMLNode])
    case capabilities(XMLNode)
    case domainCapabilities(XMLNode)
    case nodeinfo(ExportRecord)
    case memory(ExportRecord)
    case version(ExportRecord)
    case snapshot(of: String)
    case statistics([LibvirtStatistics])
    case information([ExportRecord])
  }

  private var pieces: [(file: ExportFile, piece: Piece)] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    guard let piece = Self.piece(file) else { return false }
    if let piece = piece { pieces.append((file, piece)) }
    return true
  }

  /// What a file holds; `.some(nil)` for what is libvirt's and says nothing that is needed.
  private static func piece(_ file: ExportFile) -> Piece?? {
    if let root = file.elements.first {
      switch root.name {
      case "domain": return .domains(file.elements)
      case "capabilities": return .capabilities(root)
      case "domainsnapshot":
        let names = root.descendant("domain", "name") ?? root.descendant("inactiveDomain", "name")
        return .some(names.map { .snapshot(of: $0.text) })
      case "domainCapabilities": return .domainCapabilities(root)
      case "network", "pool": return .some(nil)
      case "domstatus": return .domains(file.elements.compactMap { $0.child("domain") })
      default: return nil
      }
    }
    guard let source = file.text else { return nil }
    let statistics = LibvirtStatistics.all(source)
    if !statistics.isEmpty { return .statistics(statistics) }
    let records = Stanzas.records(source)
    guard let first = records.first else { return snapshots(file, source) }
    if first.has("CPU(s)", "Memory size") { return .nodeinfo(first) }
    if first.has("total", "free", "buffers") { return .memory(first) }
    if first.has("Name", "UUID", "CPU(s)") { return .information(records) }
    if first.has("Compiled against library") { return .version(first) }
    let other = first.has("Capacity", "Allocation") || first.has("Job type")
    return other ? .some(nil) : snapshots(file, source)
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "add `virsh nodeinfo` of each host, in a folder with its domains",
      vms: "add `virsh dumpxml` of each domain"
    )
    let names = hostNames
    for (file, piece) in pieces {
      switch piece {
      case .nodeinfo(let record): LibvirtHost.readNodeInfo(record, position(file, names, &draft), &draft)
      case .capabilities(let root): LibvirtHost.readCapabilities(root, position(file, names, &draft), &draft)
      default: continue
      }
    }
    // What hosts are known of otherwise says what runs on them, and what their processors are good for.
    for (file, piece) in pieces {
      guard let host = draft.knownHost(names(file)) else { continue }
      switch piece {
      case .version(let record): LibvirtHost.readVersion(record, host, &draft)
      case .domainCapabilities(let root): LibvirtHost.readDomainCapabilities(root, host, &draft)
      default: continue
      }
    }
    // What the running kernel has counts most: `nodeinfo` may be older than a module that was added.
    for case (let file, .memory(let record)) in pieces {
      LibvirtHost.readMemory(record, position(file, names, &draft), &draft)
    }
    for case (let file, .domains(let nodes)) in pieces {
      let host = names(file)
      for node in nodes { LibvirtDomain(node, file: file.path).describe(host: host, &draft) }
    }
    for (file, piece) in pieces {
      switch piece {
      case .statistics(let all): for one in all { one.describe(host: names(file), &draft) }
      case .information(let all):
        for one in all { LibvirtDomain.readInformation(one, host: names(file), &draft) }
      case .snapshot(let name):
        guard let vm = draft.knownVM("\(names(file))/\(name)") else { continue }
        draft.update(vm: vm) { $0.vm.blockers.insert(.snapshot) }
      default: continue
      }
    }
  }

  /// The domain whose snapshots a list shows, by its file's name; the list itself does not say.
  private static func snapshots(_ file: ExportFile, _ source: SourceText) -> Piece?? {
    let lines = source.lines.filter { !$0.allSatisfy(\.isWhitespace) }
    guard let range = file.stem.firstRange(of: "snapshot-list"), let head = lines.first,
      head.contains("Creation Time")
    else { return nil }
    let name = file.stem[range.upperBound...].drop(while: isSeparator)
    // A head and a rule, then a line for each.
    return .some(lines.count > 2 && !name.isEmpty ? .snapshot(of: String(name)) : nil)
  }

  private func position(
    _ file: ExportFile, _ names: (ExportFile) -> String, _ draft: inout FleetDraft
  ) -> Int {
    draft.host(names(file), at: SourcePlace(file: file.path))
  }

  /// Gives the host of a file: the prefix that its name shares with a file about a host, else its
  /// folder.
  private var hostNames: (ExportFile) -> String {
    var prefixes: Set<String> = []
    for (file, piece) in pieces {
      switch piece {
      case .nodeinfo, .capabilities, .memory: prefixes.insert(Self.prefix(file.stem))
      default: continue
      }
    }
    let known = prefixes.filter { !$0.isEmpty }.sorted { ($0.count, $0) > ($1.count, $1) }
    return { file in
      let stem = file.stem
      if let prefix = known.first(where: {
        stem.hasPrefix($0) && stem.dropFirst($0.count).first.map(Self.isSeparator) == true
      }) {
        return prefix
      }
      return file.folder.isEmpty ? "host" : file.folder
    }
  }

  /// What stands before the name of the command in a file's name.
  private static func prefix(_ stem: String) -> String {
    for word in ["nodeinfo", "capabilities", "nodememstats"] {
      guard let range = stem.firstRange(of: word) else { continue }
      let head = stem[..<range.lowerBound]
      return String(head.reversed().drop(while: isSeparator).reversed())
    }
    return ""
  }

  private static func isSeparator(_ character: Character) -> Bool { "-_. ".contains(character) }
}
