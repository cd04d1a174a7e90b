import StowageDiagnostics
import StowageModel

/// Makes rules of high availability's groups (up to 8) and rules (9), and of ProxLB's tags.
struct ProxmoxRules {
  private var groups: [String: ExportRecord] = [:]
  private var groupMembers: [String: [String]] = [:]
  private var rules: [String: ExportRecord] = [:]

  /// Takes in groups, rules and resources.
  mutating func take(_ records: [ExportRecord]) {
    for record in records {
      if let rule = record.text("rule") {
        rules[rule] = record
      } else if let sid = record.text("sid") {
        if let group = record.text("group") { groupMembers[group, default: []].append(Self.key(sid)) }
      } else if let group = record.text("group") {
        groups[group] = record
      }
    }
  }

  /// Adds what was taken in, and the tags of the VMs, to the rules of a draft.
  func read(into draft: inout FleetDraft) {
    for (name, record) in rules.sorted(by: { $0.key < $1.key }) { readRule(name, record, into: &draft) }
    // Version 9 turns groups into rules; where both are exported the rules count.
    for (name, record) in groups.sorted(by: { $0.key < $1.key }) {
      guard let members = groupMembers[name] else { continue }
      let isStrict = record.flag("restricted") ?? false
      bind(name, members, Self.nodes(record.texts("nodes", separators: [","])), isStrict, into: &draft)
    }
    readTags(into: &draft)
  }

  private func readRule(_ name: String, _ record: ExportRecord, into draft: inout FleetDraft) {
    if record.flag("disable", "disabled") == true {
      draft.skip("rule that is switched off")
      return
    }
    let members = record.texts("resources", separators: [","]).map(Self.key)
    switch record.text("type") {
    case "node-affinity", "location":
      bind(
        name, members, Self.nodes(record.texts("nodes", separators: [","])), record.flag("strict") ?? false,
        into: &draft)
    case "resource-affinity", "colocation":
      switch record.text("affinity") {
      case "positive", "together":
        draft.rules.append(DraftRule(name: name, kind: .together, members: members))
      case "negative", "separate":
        draft.rules.append(DraftRule(name: name, kind: .apart(.host), members: members))
      default: draft.skip("rule of an unknown kind")
      }
    default: draft.skip("rule of an unknown kind")
    }
  }

  /// Binds members to nodes; those of the highest priority are preferred.
  private func bind(
    _ name: String, _ members: [String], _ nodes: [(name: String, priority: Int)], _ isStrict: Bool,
    into draft: inout FleetDraft
  ) {
    let all = nodes.map(\.name)
    if isStrict { draft.rules.append(DraftRule(name: name, kind: .onlyOn(all), members: members)) }
    let best = nodes.map(\.priority).max()
    let preferred = nodes.filter { $0.priority == best }.map(\.name)
    guard !isStrict || preferred.count < all.count else { return }
    draft.rules.append(
      DraftRule(
        name: isStrict ? "\(name) (priority)" : name, kind: .onlyOn(preferred), members: members,
        isHard: false))
  }

  /// ProxLB: `plb_affinity_x`, `plb_anti_affinity_x`, `plb_pin_node`, `plb_ignore_x`.
  private func readTags(into draft: inout FleetDraft) {
    var together: [String: [String]] = [:]
    var apart: [String: [String]] = [:]
    var ignored: [String] = []
    for entry in draft.vms {
      var pins: [String] = []
      for label in entry.vm.labels.keys.sorted() where label.hasPrefix("tag.plb_") {
        let tag = label.dropFirst("tag.plb_".count)
        if tag.hasPrefix("anti_affinity_") {
          apart["plb_\(tag)", default: []].append(entry.key)
        } else if tag.hasPrefix("affinity_") {
          together["plb_\(tag)", default: []].append(entry.key)
        } else if tag.hasPrefix("pin_") {
          pins.append(String(tag.dropFirst("pin_".count)))
        } else if tag.hasPrefix("ignore") {
          ignored.append(entry.key)
        }
      }
      guard !pins.isEmpty else { continue }
      draft.rules.append(DraftRule(name: "plb_pin \(entry.name)", kind: .onlyOn(pins), members: [entry.key]))
    }
    for (name, members) in together.sorted(by: { $0.key < $1.key }) {
      draft.rules.append(DraftRule(name: name, kind: .together, members: members))
    }
    for (name, members) in apart.sorted(by: { $0.key < $1.key }) {
      draft.rules.append(DraftRule(name: name, kind: .apart(.host), members: members))
    }
    if !ignored.isEmpty { draft.rules.append(DraftRule(name: "plb_ignore", kind: .stay, members: ignored)) }
  }

  /// `vm:100` is the VM with the number 100.
  private static func key(_ resource: String) -> String {
    resource.split(separator: ":").last.map(String.init) ?? resource
  }

  /// Nodes with their priorities: `node2:1`; 0 where none is given.
  private static func nodes(_ list: [String]) -> [(name: String, priority: Int)] {
    list.map { entry in
      let parts = entry.split(separator: ":")
      return (String(parts.first ?? ""), parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }
  }
}
