import StowageDiagnostics
import StowageModel

/// Joins inventories of several platforms or several exports into one.
struct InventoryMerge {
  private var log: DiagnosticLog

  /// Prepares to join, after what is already reported.
  init(log: DiagnosticLog = DiagnosticLog()) { self.log = log }

  /// The one inventory. An id that two parts have gets the part's label behind it. Rules of a file
  /// replace those of all parts.
  func merge(_ parts: [(label: String, result: ReadResult)], rules file: String?) -> ReadResult {
    var log = log
    var counts = ReadCounts()
    var inventories: [(label: String, inventory: Inventory)] = []
    var places: [Rule.ID: SourcePlace] = [:]
    for part in parts {
      log.merge(part.result.log)
      counts.add(part.result.counts)
      places.merge(part.result.rulePlaces) { first, _ in first }
      if let inventory = part.result.inventory { inventories.append((part.label, inventory)) }
    }
    guard inventories.count == parts.count else {
      return ReadResult(inventory: nil, log: log, counts: counts)
    }
    if inventories.count > 1 { separate(&inventories) }
    var inventory = Self.join(inventories.map(\.inventory))
    if let file {
      let placed = RuleFile.read(file, into: &log)
      inventory.rules = placed.map(\.rule)
      places = Dictionary(
        placed.compactMap { rule in rule.place.map { (rule.rule.id, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    if !log.hasErrors { Self.check(inventory, places, isOperators: file != nil, into: &log) }
    return ReadResult(inventory: inventory, log: log, rulePlaces: places, counts: counts)
  }

  /// What platforms export may contradict itself, and they live with it: that keeps nobody from
  /// looking at the fleet, while rules that the operator writes must make sense.
  private static func check(
    _ inventory: Inventory, _ places: [Rule.ID: SourcePlace], isOperators: Bool, into log: inout DiagnosticLog
  ) {
    let found = RuleCheck.check(inventory, places: places)
    guard found.hasErrors, !isOperators else {
      log.merge(found)
      return
    }
    for diagnostic in found.kept {
      log.report(
        diagnostic.code, diagnostic.severity == .error ? .warning : diagnostic.severity, at: diagnostic.place,
        diagnostic.summary, remedy: diagnostic.remedy)
    }
  }

  private static func join(_ parts: [Inventory]) -> Inventory {
    var kinds: [String] = []
    for part in parts where !kinds.contains(part.sourceKind) { kinds.append(part.sourceKind) }
    return Inventory(
      hosts: parts.flatMap(\.hosts), vms: parts.flatMap(\.vms), links: parts.flatMap(\.links),
      datastores: parts.flatMap(\.datastores).sorted { $0.id < $1.id },
      dependencies: parts.flatMap(\.dependencies), rules: parts.flatMap(\.rules),
      sourceKind: kinds.joined(separator: "+"), notes: parts.flatMap(\.notes))
  }

  /// Renames what several parts call the same.
  private func separate(_ parts: inout [(label: String, inventory: Inventory)]) {
    let inventories = parts.map(\.inventory)
    let repeated = InventoryRenaming.Repeated(
      hosts: Self.repeated(inventories.map { $0.hosts.map(\.id.rawValue) }),
      vms: Self.repeated(inventories.map { $0.vms.map(\.id.rawValue) }),
      datastores: Self.repeated(inventories.map { $0.datastores.map(\.id) }),
      links: Self.repeated(inventories.map { $0.links.map(\.id.rawValue) }),
      rules: Self.repeated(inventories.map { $0.rules.map(\.id.rawValue) }))
    let labels = FleetIdentity.ids(parts.map { ($0.label, $0.label) })
    for index in parts.indices {
      InventoryRenaming(label: labels[index], repeated: repeated).apply(to: &parts[index].inventory)
    }
  }

  private static func repeated(_ lists: [[String]]) -> Set<String> {
    var seen: Set<String> = []
    return Set(lists.flatMap { Set($0) }.filter { !seen.insert($0).inserted })
  }
}
