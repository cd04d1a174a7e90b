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
      datastores: parts.flatMap(\.datastores).sorted { $0.id < $1.id }, rules: parts.flatMap(\.rules),
      sourceKind: kinds.joined(separator: "+"), notes: parts.flatMap(\.notes))
  }

  /// Renames what several parts call the same.
  private func separate(_ parts: inout [(label: String, inventory: Inventory)]) {
    let hosts = Self.repeated(parts.map { $0.inventory.hosts.map(\.id.rawValue) })
    let vms = Self.repeated(parts.map { $0.inventory.vms.map(\.id.rawValue) })
    let datastores = Self.repeated(parts.map { $0.inventory.datastores.map(\.id) })
    let rules = Self.repeated(parts.map { $0.inventory.rules.map(\.id.rawValue) })
    let labels = FleetIdentity.ids(parts.map { ($0.label, $0.label) })
    for index in parts.indices {
      let renaming = InventoryRenaming(
        label: labels[index], hosts: hosts, vms: vms, datastores: datastores, rules: rules)
      renaming.apply(to: &parts[index].inventory)
    }
  }

  private static func repeated(_ lists: [[String]]) -> Set<String> {
    var seen: Set<String> = []
    return Set(lists.flatMap { Set($0) }.filter { !seen.insert($0).inserted })
  }
}

/// Puts a part's label behind the ids that other parts have too.
struct InventoryRenaming {
  let label: String
  let hosts: Set<String>
  let vms: Set<String>
  let datastores: Set<String>
  let rules: Set<String>

  /// Renames within one inventory, references included.
  func apply(to inventory: inout Inventory) {
    guard !(hosts.isEmpty && vms.isEmpty && datastores.isEmpty && rules.isEmpty) else { return }
    for index in inventory.hosts.indices {
      inventory.hosts[index].id = Host.ID(new(inventory.hosts[index].id.rawValue, hosts))
      inventory.hosts[index].datastores = inventory.hosts[index].datastores.map { new($0, datastores) }
    }
    for index in inventory.vms.indices {
      inventory.vms[index].id = VM.ID(new(inventory.vms[index].id.rawValue, vms))
      inventory.vms[index].host = inventory.vms[index].host.map { Host.ID(new($0.rawValue, hosts)) }
      inventory.vms[index].datastores = inventory.vms[index].datastores.map { new($0, datastores) }
      inventory.vms[index].allowedHosts = inventory.vms[index].allowedHosts.map { new($0, hosts) }
      inventory.vms[index].forbiddenHosts = inventory.vms[index].forbiddenHosts.map { new($0, hosts) }
    }
    for index in inventory.datastores.indices {
      inventory.datastores[index].id = new(inventory.datastores[index].id, datastores)
      inventory.datastores[index].hosts = inventory.datastores[index].hosts.map {
        Host.ID(new($0.rawValue, hosts))
      }
    }
    for index in inventory.rules.indices {
      inventory.rules[index].id = Rule.ID(new(inventory.rules[index].id.rawValue, rules))
      inventory.rules[index].requirement = renamed(inventory.rules[index].requirement)
    }
  }

  private func new(_ id: String, _ repeated: Set<String>) -> String {
    repeated.contains(id) ? "\(id) @ \(label)" : id
  }

  private func renamed(_ selection: Selection, _ repeated: Set<String>) -> Selection {
    Selection(globs: selection.globs.map { Glob(new($0.pattern, repeated)) }, labels: selection.labels)
  }

  /// The rules that exports carry; others speak of all hosts alike.
  private func renamed(_ requirement: Requirement) -> Requirement {
    switch requirement {
    case .affinity(var affinity):
      affinity.vms = renamed(affinity.vms, vms)
      return .affinity(affinity)
    case .antiAffinity(var apart):
      apart.vms = renamed(apart.vms, vms)
      return .antiAffinity(apart)
    case .onlyOn(var only):
      only.vms = renamed(only.vms, vms)
      only.hosts = renamed(only.hosts, hosts)
      return .onlyOn(only)
    case .neverOn(var never):
      never.vms = renamed(never.vms, vms)
      never.hosts = renamed(never.hosts, hosts)
      return .neverOn(never)
    case .stay(var stay):
      stay.vms = renamed(stay.vms, vms)
      return .stay(stay)
    default:
      return requirement
    }
  }
}
