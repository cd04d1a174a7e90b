import Foundation
import StowageDiagnostics
import StowageModel

/// Reads an RVTools export.
struct RVToolsReader {
  private let source: String
  private var log: DiagnosticLog
  private var sheets: [RVToolsTab: RVToolsSheet] = [:]

  /// Prepares to read a folder or workbook, after what is already reported.
  init(_ source: String, log: DiagnosticLog) {
    self.source = source
    self.log = log
  }

  /// Reads a folder with a file for each tab.
  mutating func readFolder(rules: String?) -> ReadResult {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: source)) ?? []
    var files: [RVToolsTab: String] = [:]
    for name in names.sorted() where SourceDetector.isRVToolsTab(name) {
      guard let tab = RVToolsTab.named(String(name.dropLast(4))) else { continue }
      let path = SourceDetector.join(source, name)
      if let first = files.updateValue(path, forKey: tab) {
        log.report(
          .fileUnknownFormat, .error, at: SourcePlace(file: path),
          "there are two files of the tab \(tab.rawValue), the other is \(Diagnostic.quoted(first))",
          remedy: "keep the files of one export in a folder of their own")
      }
    }
    var tables: [RVToolsTab: Table] = [:]
    for tab in RVToolsTab.allCases {
      guard let path = files[tab], let text = SourceText.read(path, log: &log) else { continue }
      tables[tab] = Table.parse(text, log: &log)
    }
    use(tables)
    return read(rules: rules)
  }

  /// Reads a workbook with a sheet for each tab.
  mutating func readWorkbook(rules: String?) -> ReadResult {
    guard let bytes = FileBytes.read(source, log: &log),
      let workbook = Workbook.open(bytes, file: source, log: &log)
    else { return ReadResult(inventory: nil, log: log) }
    var tables: [RVToolsTab: Table] = [:]
    for name in workbook.sheetNames {
      guard let tab = RVToolsTab.named(name), tables[tab] == nil else { continue }
      tables[tab] = workbook.table(name, log: &log)
    }
    use(tables)
    guard sheets[.info] != nil || sheets[.host] != nil || log.hasErrors else {
      let found = workbook.sheetNames.prefix(8).map { Diagnostic.quoted($0) }.joined(separator: ", ")
      log.report(
        .fileUnknownFormat, .error, at: SourcePlace(file: source),
        "the workbook has no sheet 'vInfo' or 'tabvInfo', so it is no RVTools export; it has \(found)",
        remedy: "give a workbook that RVTools wrote, or the native form")
      return ReadResult(inventory: nil, log: log)
    }
    return read(rules: rules)
  }

  /// Takes the tabs in. A tab without any fraction is read as the others are.
  private mutating func use(_ tables: [RVToolsTab: Table]) {
    let numbers = NumberConvention(inferredFrom: Array(tables.values))
    for (tab, table) in tables { sheets[tab] = RVToolsSheet(tab, table, numbers) }
  }

  private mutating func read(rules: String?) -> ReadResult {
    requireTabs()
    var export = RVToolsExport()
    readMachines(&export)
    readHosts(&export)
    // Consumed: a second owner would make the assembly copy a hundred thousand VMs before it changes one.
    var assembly = RVToolsAssembly(consume export, source: source, log: log)
    return assembly.assemble(rules: rules)
  }

  private mutating func requireTabs() {
    let needed: [(RVToolsTab, String)] = [
      (.info, "without it no VM is known"), (.host, "without it no host's cores and memory are known"),
    ]
    for (tab, why) in needed where sheets[tab] == nil && !log.hasErrors {
      log.report(
        tab == .host ? .inventoryNoHosts : .fileUnknownFormat, .error, at: SourcePlace(file: source),
        "the export has no tab \(tab.rawValue): \(why)", remedy: "export the tab \(tab.rawValue) too")
    }
  }

  private mutating func readMachines(_ export: inout RVToolsExport) {
    guard let info = sheets[.info] else { return }
    var tabs = RVToolsVMTabs()
    let reader = RVToolsInfoTab(info)
    reader.read(into: &tabs.machines, &export.counts, &log)
    export.customNames = reader.customNames
    if let sheet = sheets[.cpu] { tabs.readCPU(sheet, &log) }
    if let sheet = sheets[.memory] { tabs.readMemory(sheet, &log) }
    if let sheet = sheets[.disk] { tabs.readDisks(sheet) }
    if let sheet = sheets[.network] { tabs.readNetworks(sheet) }
    if let sheet = sheets[.cd] { tabs.readBlocker(.iso, sheet, onlyConnected: true) }
    if let sheet = sheets[.usb] { tabs.readBlocker(.usb, sheet, onlyConnected: true) }
    if let sheet = sheets[.snapshot] { tabs.readBlocker(.snapshot, sheet, onlyConnected: false) }
    tabs.reportStrangers(source, &log)
    export.cpuSamples = tabs.cpuSamples
    export.machines = tabs.machines.takeAll()
    requireSizes(export.machines)
  }

  /// A VM whose size no tab tells cannot be planned, and leaving it out would make room that is not.
  private mutating func requireSizes(_ machines: [RVToolsMachine]) {
    for position in machines.indices
    where machines[position].vm.vCPUs <= 0 || machines[position].vm.memoryMiB <= 0 {
      let machine = machines[position]
      let missing = [("CPUs", machine.vm.vCPUs), ("Memory", machine.vm.memoryMiB)].filter { $0.1 <= 0 }.map(
        \.0)
      log.report(
        .tableMissingValue, .error, at: machine.place,
        "VM \(Diagnostic.quoted(machine.name)) has no \(missing.joined(separator: " and no ")) in any tab",
        remedy: "export again while its host is connected, or fill the cells in")
    }
  }

  private mutating func readHosts(_ export: inout RVToolsExport) {
    var tabs = RVToolsHostTabs()
    if let sheet = sheets[.host] { tabs.readHosts(sheet, &log) }
    if let sheet = sheets[.nic] { tabs.readNICs(sheet, &log) }
    if let sheet = sheets[.cluster] { tabs.readClusters(sheet, &log) }
    if let sheet = sheets[.datastore] { tabs.readDatastores(sheet, &log) }
    export.hosts = tabs.hosts
    export.counts.hosts = tabs.hosts.entries.count
    export.datastores = tabs.datastores
    export.protectedClusters = tabs.protectedClusters
  }
}
