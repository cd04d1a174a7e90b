import StowageDiagnostics
import StowageModel

/// Reads what `govc … -json` prints: `vm.info`, `host.info`, `datastore.info`, `cluster.rule.info`,
/// and the listings of `find -l` and `ls`.
struct GovcReader: PlatformReader {
  static let format = InventoryFormat.govc

  private var vms: [ExportRecord] = []
  private var hosts: [ExportRecord] = []
  private var datastores: [ExportRecord] = []
  private var ruleLines: [(text: String, place: SourcePlace)] = []
  private var paths: [(kind: String, path: String)] = []
  private var changes: [ExportRecord] = []
  private var text = GovcText()

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    if let source = file.text { return take(source) }
    guard case .json(let values) = file.content else { return false }
    let vmList = file.list("virtualMachines")
    let hostList = file.list("hostSystems")
    let datastoreList = file.list("datastores").filter { $0.has("summary", "self") }
    if !vmList.isEmpty || !hostList.isEmpty || !datastoreList.isEmpty {
      vms += vmList
      hosts += hostList
      datastores += datastoreList
      return true
    }
    if let first = values.first?.array, first.first?.string?.hasPrefix("Rule: ") == true {
      take(rules: first, file.path)
      return true
    }
    let records = file.records
    guard let first = records.first else { return isNames(values) }
    if first.has("obj", "changeSet") {
      changes += records
      return true
    }
    // Answers that hold nothing of a size: listings, usage of a cluster, samples.
    return first.has("virtualMachines") || first.has("hostSystems") || first.has("elements")
      || first.has("memory", "cpu", "storage") || first.has("sample") && first.names.count == 1
  }

  /// A list of names: of rules or groups.
  private func isNames(_ values: [JSONValue]) -> Bool {
    guard let list = values.first?.array, !list.isEmpty else { return false }
    return list.allSatisfy { $0.string != nil }
  }

  private mutating func take(rules: [JSONValue], _ file: String) {
    for value in rules {
      guard let text = value.string else { continue }
      ruleLines.append(
        (text, SourcePlace(file: file, line: value.position.line, column: value.position.column)))
    }
  }

  private mutating func take(_ source: SourceText) -> Bool {
    if text.take(source) { return true }
    let lines = source.lines
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return false }
    if first.hasPrefix("Rule: ") {
      for (number, line) in lines.enumerated() {
        ruleLines.append((String(line), SourcePlace(file: source.file, line: number + 1, column: 1)))
      }
      return true
    }
    let parts = first.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    guard parts.count == 2, parts[1].trimmedOfBlanks.hasPrefix("/"),
      ["Folder", "Datacenter", "VirtualMachine", "HostSystem", "ClusterComputeResource"].contains(
        String(parts[0]))
    else { return isText(first) }
    for line in lines {
      let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      if parts.count == 2 { paths.append((String(parts[0]), parts[1].trimmedOfBlanks)) }
    }
    return true
  }

  /// What govc prints for people has less in it than its JSON.
  private func isText(_ line: Substring) -> Bool {
    line.hasPrefix("/") && line.hasSuffix(")") || line.hasSuffix("RuleSpec)") || line.hasSuffix("RuleInfo)")
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "add `govc host.info -json` of each host", vms: "add `govc vm.info -json '*'`"
    )
    let places = GovcPlaces(paths)
    var names: [String: String] = [:]
    for record in datastores { readDatastore(record, &names, &draft) }
    for record in hosts { readHost(record, places, names, &draft) }
    for record in vms { GovcMachine(record).describe(&draft) }
    readChanges(&draft)
    text.describe(&draft, places)
    resolveDatastores(names, &draft)
    GovcRules(ruleLines).read(into: &draft)
  }

  private func readHost(
    _ record: ExportRecord, _ places: GovcPlaces, _ names: [String: String], _ draft: inout FleetDraft
  ) {
    guard let name = record.text("name", "summary/config/name") else { return }
    let position = draft.host(record.text("self/value") ?? name, name: name, at: record.place)
    let cores = record.positive("summary/hardware/numCpuCores", log: &draft.log)
    let threads = record.positive("summary/hardware/numCpuThreads", log: &draft.log)
    let sockets = record.positive("summary/hardware/numCpuPkgs", log: &draft.log)
    let clock = record.positive("summary/hardware/cpuMhz", log: &draft.log)
    let memory = record.positive("summary/hardware/memorySize", log: &draft.log)
    let megabits = record.children("config/network/pnic").compactMap { nic in
      nic.positive("linkSpeed/speedMb", log: &draft.log)
    }.reduce(0, +)
    draft.update(host: position) { entry in
      entry.host.cores = cores ?? 0
      entry.host.sockets = sockets.map { Int($0) }
      if let threads, let cores { entry.host.threadsPerCore = max(1, Int(threads / cores)) }
      entry.host.cpuMHz = clock
      entry.host.cpuModel = record.text("summary/hardware/cpuModel")
      entry.host.memoryMiB = memory.map { ($0 / 1_048_576).rounded(.down) } ?? 0
      entry.host.cpuCompatibilityLevel = record.text("summary/currentEVCModeKey")
      if megabits > 0 { entry.host.networkGbps = megabits / 1000 }
      entry.host.isInMaintenance =
        record.flag("runtime/inMaintenanceMode", "summary/runtime/inMaintenanceMode") ?? false
      entry.host.isSchedulable = record.flag("runtime/inQuarantineMode") != true
      let connection = record.text("runtime/connectionState", "summary/runtime/connectionState")
      let power = record.text("runtime/powerState", "summary/runtime/powerState")
      if connection.map({ $0 != "connected" }) == true || power.map({ $0 != "poweredOn" }) == true {
        entry.host.state = .offline
      }
      let isInCluster = record.text("parent/type") != "ComputeResource"
      entry.host.cluster = isInCluster ? places.cluster(of: name) ?? record.text("parent/value") : nil
      entry.host.site = places.datacenter(of: name)
      entry.host.datastores = record.children("datastore").compactMap {
        $0.text("value").flatMap { names[$0] }
      }
      entry.host.attributes["x.govc.id"] = record.text("self/value")
      let version = record.text("summary/config/product/version")
      HypervisorText.esx(version)?.describe(&entry.host)
      entry.host.attributes["x.govc.version"] = version
    }
    // The host lists its VMs; a VM that lacks its own reference is found by it.
    for reference in record.children("vm") {
      guard let key = reference.text("value"), let vm = draft.knownVM(key) else { continue }
      draft.update(vm: vm) { $0.hostName = $0.hostName ?? name }
    }
  }

  private func readDatastore(
    _ record: ExportRecord, _ names: inout [String: String], _ draft: inout FleetDraft
  ) {
    guard let name = record.text("name", "summary/name") else { return }
    if let key = record.text("self/value") { names[key] = name }
    var datastore = Datastore(id: name)
    datastore.type = record.text("summary/type")
    let capacity = record.positive("summary/capacity", log: &draft.log)
    let free = record.number("summary/freeSpace", log: &draft.log)
    datastore.capacityGiB = capacity.map { $0 / 1_073_741_824 }
    if let capacity, let free { datastore.usedGiB = max(0, capacity - free) / 1_073_741_824 }
    let mounts = record.children("host").compactMap { $0.text("key/value") }
    datastore.hosts = mounts.map { Host.ID($0) }
    datastore.isShared =
      record.flag("summary/multipleHostAccess") ?? (mounts.isEmpty ? nil : mounts.count > 1)
    draft.datastores.append(datastore)
  }

  /// Names of hosts for their references, and local disks.
  private func resolveDatastores(_ names: [String: String], _ draft: inout FleetDraft) {
    let hosts = Dictionary(draft.hosts.map { ($0.key, $0.host.id) }, uniquingKeysWith: { first, _ in first })
    var isShared: [String: Bool] = [:]
    for index in draft.datastores.indices {
      draft.datastores[index].hosts = draft.datastores[index].hosts.compactMap { hosts[$0.rawValue] }
      isShared[draft.datastores[index].id] = draft.datastores[index].isShared
    }
    for position in draft.vms.indices {
      let own = draft.vms[position].vm.datastores.map { isShared[$0] }
      guard !own.isEmpty else { continue }
      if own.contains(false) {
        draft.update(vm: position) { $0.vm.hasLocalDisk = true }
      } else if own.allSatisfy({ $0 == true }) {
        draft.update(vm: position) { $0.vm.hasLocalDisk = false }
      }
    }
  }

  /// `object.collect -json` lists properties of one object after the other.
  private func readChanges(_ draft: inout FleetDraft) {
    for record in changes where record.text("obj/type") == "VirtualMachine" {
      guard let key = record.text("obj/value") else { continue }
      let position = draft.vm(key, at: record.place)
      for change in record.children("changeSet") {
        guard let name = change.text("name") else { continue }
        apply(name, change, position, &draft)
      }
    }
  }

  private func apply(_ name: String, _ change: ExportRecord, _ position: Int, _ draft: inout FleetDraft) {
    let number = change.json("val")?.number
    draft.update(vm: position) { entry in
      switch name {
      case "name", "config.name", "summary.config.name": entry.name = change.text("val") ?? entry.name
      case "runtime.host", "summary.runtime.host": entry.hostName = change.text("val/value") ?? entry.hostName
      case "config.hardware.numCPU", "summary.config.numCpu": entry.vm.vCPUs = number ?? entry.vm.vCPUs
      case "config.hardware.memoryMB", "summary.config.memorySizeMB":
        entry.vm.memoryMiB = number ?? entry.vm.memoryMiB
      case "runtime.powerState", "summary.runtime.powerState":
        entry.vm.powerState = GovcMachine.state(change.text("val"))
      default: break
      }
    }
  }
}
