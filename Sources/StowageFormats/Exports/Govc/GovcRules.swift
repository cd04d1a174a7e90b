import StowageDiagnostics
import StowageModel

/// Reads `govc cluster.rule.info`, which prints lines for people, also within its JSON.
struct GovcRules {
  private var names: [String] = []
  private var kinds: [String: String] = [:]
  private var members: [String: [String]] = [:]
  private var disabled: Set<String> = []
  private var places: [String: SourcePlace] = [:]

  /// Takes the lines in.
  init(_ lines: [(text: String, place: SourcePlace)]) {
    for line in lines {
      guard let (key, value) = Stanzas.pair(Substring(line.text)) else { continue }
      switch key {
      case "Rule":
        names.append(value)
        places[value] = line.place
      case "Type": if let name = names.last { kinds[name] = value }
      case "VM": if let name = names.last { members[name, default: []].append(value) }
      case "Enabled": if let name = names.last, value == "false" { disabled.insert(name) }
      default: continue
      }
    }
  }

  /// Adds the rules between VMs; groups are named without their members.
  func read(into draft: inout FleetDraft) {
    var keys: [String: String] = [:]
    for entry in draft.vms { keys[entry.name] = entry.key }
    for name in names {
      if disabled.contains(name) {
        draft.skip("rule that is switched off")
        continue
      }
      let listed = (members[name] ?? []).map { keys[$0] ?? $0 }
      switch kinds[name] {
      case "ClusterAntiAffinityRuleSpec":
        draft.rules.append(DraftRule(name: name, kind: .apart(.host), members: listed))
      case "ClusterAffinityRuleSpec":
        draft.rules.append(DraftRule(name: name, kind: .together, members: listed))
      default:
        draft.skip("rule whose groups are named without their members")
        draft.log.report(
          .inventorySkipped, .warning, at: places[name],
          "DRS rule \(Diagnostic.quoted(name)) speaks of groups, whose members are not in the export: it is not held",
          remedy: "write it as 'only_on' or 'never_on' into a rules file and give it with --rules")
      }
    }
  }
}
