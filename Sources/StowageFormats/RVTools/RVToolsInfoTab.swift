import StowageDiagnostics
import StowageModel

/// Reads vInfo: one row for each VM, template and placeholder.
struct RVToolsInfoTab {
  private let sheet: RVToolsSheet
  private let customColumns: [TableColumn]

  /// Prepares to read the tab.
  init(_ sheet: RVToolsSheet) {
    self.sheet = sheet
    customColumns = sheet.table.columns.filter {
      !$0.name.isEmpty && !RVToolsInfoHeaders.standard.contains(RVToolsSheet.key($0.name, .info))
    }
  }

  /// The names of custom attributes and tag categories, which become labels.
  var customNames: [String] { customColumns.map(\.name) }

  /// Reads every row.
  func read(into machines: inout RVToolsMachines, _ counts: inout ReadCounts, _ log: inout DiagnosticLog) {
    guard sheet.require([.vm], into: &log) else { return }
    for row in sheet.table.rows { read(row, into: &machines, &counts, &log) }
  }

  private func read(
    _ row: TableRow, into machines: inout RVToolsMachines, _ counts: inout ReadCounts,
    _ log: inout DiagnosticLog
  ) {
    counts.vms += 1
    guard let name = sheet.name(row, .vm) else {
      log.report(
        .tableMissingValue, .error, at: sheet.place(row, .vm), "the row names no VM",
        remedy: "fill in the column VM, or remove the row")
      return
    }
    if let flaw = IdentifierText.flaw(name) {
      log.report(
        .tableBadValue, .error, at: sheet.place(row, .vm), "the name of the VM \(flaw)",
        remedy: "use a shorter name")
      return
    }
    let objectID = sheet.text(row, .vmID)
    if sheet.flag(row, .template) || sheet.flag(row, .placeholder) {
      if sheet.flag(row, .template) { counts.templates += 1 } else { counts.placeholders += 1 }
      machines.leaveOut(name: name, objectID: objectID)
      return
    }
    machines.add(
      RVToolsMachine(
        name: name, objectID: objectID, vCenter: sheet.vCenter(row), server: sheet.text(row, .sdkServer),
        place: sheet.place(row, .vm), hostName: sheet.text(row, .host), vm: vm(row, name, &log),
        rules: RVToolsRules.mentions(
          kinds: sheet.text(row, .ruleKinds) ?? "", names: sheet.text(row, .ruleNames) ?? "")))
  }

  private func vm(_ row: TableRow, _ name: String, _ log: inout DiagnosticLog) -> VM {
    var vm = VM(
      id: VM.ID(name), vCPUs: sheet.number(row, .cpus, into: &log) ?? 0,
      memoryMiB: sheet.number(row, .memory, into: &log) ?? 0)
    vm.site = sheet.text(row, .datacenter)
    vm.cluster = sheet.text(row, .cluster)
    vm.powerState = powerState(row, name, &log)
    vm.memoryActiveMiB = positive(sheet.sample(row, .activeMemory, into: &log))
    vm.diskProvisionedGiB = gibibytes(sheet.sample(row, .provisioned, into: &log))
    vm.diskUsedGiB = gibibytes(sheet.sample(row, .inUse, into: &log))
    vm.datastores = sheet.text(row, .path).flatMap(RVToolsPath.datastore).map { [$0] } ?? []
    vm.networks = RVToolsColumn.networks.reduce(into: []) { networks, column in
      if let network = sheet.text(row, column), !networks.contains(network) { networks.append(network) }
    }
    vm.operatingSystem = sheet.text(row, .toolsOS) ?? sheet.text(row, .configuredOS)
    vm.restartPriority = sheet.text(row, .restartPriority)
    vm.annotation = sheet.text(row, .annotation)
    vm.blockers = blockers(row)
    vm.labels = labels(row)
    vm.attributes = attributes(row)
    checkConnection(row, &vm, &log)
    return vm
  }

  private func powerState(_ row: TableRow, _ name: String, _ log: inout DiagnosticLog) -> VM.PowerState {
    let text = sheet.text(row, .powerState)
    switch text.map(RVToolsColumn.plain) {
    case "poweredon": return .on
    case "poweredoff": return .off
    case "suspended": return .suspended
    default:
      log.report(
        .inventoryAssumed, .warning, at: sheet.place(row, .powerState),
        "the power state of VM \(Diagnostic.quoted(name)) is \(text.map { Diagnostic.quoted($0) } ?? "empty"); "
          + "it is taken as running", remedy: "write poweredOn, poweredOff or suspended")
      return .on
    }
  }

  private func blockers(_ row: TableRow) -> Set<Blocker> {
    var blockers: Set<Blocker> = []
    if sheet.flag(row, .passthrough) { blockers.insert(.passthrough) }
    // Such a VM has its vCPUs to itself on the cores of its host.
    if sheet.text(row, .latencySensitivity)?.lowercased() == "high" { blockers.insert(.pinnedCPU) }
    if let state = sheet.text(row, .faultToleranceState).map(RVToolsColumn.plain), state != "notconfigured" {
      blockers.insert(.faultTolerance)
    }
    // Disks of a snapshot that was deleted but not yet merged.
    if sheet.flag(row, .consolidationNeeded) { blockers.insert(.snapshot) }
    return blockers
  }

  private func labels(_ row: TableRow) -> [String: String] {
    var labels: [String: String] = [:]
    for column in customColumns {
      let text = sheet.table.text(row, column)
      if !text.utf8.allSatisfy(\.isBlank) { labels[column.name] = text }
    }
    return labels
  }

  private func attributes(_ row: TableRow) -> [String: String] {
    var attributes: [String: String] = [:]
    for (name, column) in Self.attributes { attributes[name] = sheet.text(row, column) }
    return attributes
  }

  private static let attributes: [(String, RVToolsColumn)] = [
    ("x.rvtools.vm_id", .vmID), ("x.rvtools.folder", .folder), ("x.rvtools.resource_pool", .resourcePool),
    ("x.rvtools.required_evc", .requiredEVC), ("x.rvtools.vcenter", .sdkServer),
  ]

  /// vCenter cannot move what it has lost sight of.
  private func checkConnection(_ row: TableRow, _ vm: inout VM, _ log: inout DiagnosticLog) {
    guard let state = sheet.text(row, .connectionState), state.lowercased() != "connected" else { return }
    vm.isMovable = false
    log.report(
      .inventoryAssumed, .warning, at: sheet.place(row, .connectionState),
      "VM \(Diagnostic.quoted(vm.id.rawValue)) is \(Diagnostic.quoted(state)); it is left where it is",
      remedy: "mend it in vCenter and export again, if it is to move")
  }

  private func positive(_ number: Double?) -> Double? {
    number.flatMap { $0 > 0 ? $0 : nil }
  }

  private func gibibytes(_ mebibytes: Double?) -> Double? {
    mebibytes.flatMap { $0 >= 0 ? $0 / 1024 : nil }
  }
}
