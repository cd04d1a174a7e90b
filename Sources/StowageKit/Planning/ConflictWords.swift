import StowageDiagnostics
import StowageModel
import StowageReports

/// Puts the parts of a conflict into an operator's words.
struct ConflictWords {
  let inventory: Inventory
  let options: PlanOptions

  /// One sentence a part, without capital and full stop; all groups are one, and resources say how much they ask and there is.
  func sentences(_ parts: [ConflictFilter.Part]) -> [String] {
    let groups = parts.compactMap { part -> [VM.ID]? in
      if case .group(let vms) = part { vms } else { nil }
    }
    guard !groups.isEmpty else { return parts.map(sentence) }
    let vms = Set(groups.joined())
    let needs = SiteNeeds(inventory: inventory, options: options, vms: vms)
    return [self.groups(groups, vms)]
      + parts.compactMap { part in
        switch part {
        case .group: nil
        case .resource(let resource): needs.sentence(resource) ?? sentence(part)
        default: sentence(part)
        }
      }
  }

  private func groups(_ groups: [[VM.ID]], _ vms: Set<VM.ID>) -> String {
    let byID = Dictionary(inventory.vms.map { ($0.id, $0) }) { first, _ in first }
    let names = groups.map { group in byID[group[0]]?.app ?? group[0].rawValue }
    return
      "\(Units.count(vms.count, "VM")) in \(Units.count(groups.count, "move group")) go to \(list(options.sites)): \(list(names))"
  }

  func sentence(_ part: ConflictFilter.Part) -> String {
    switch part {
    case .group(let vms): "\(list(vms.map(\.rawValue))) go to \(list(options.sites))"
    case .rule(let id):
      inventory.rules.first { $0.id == id }.map(sentence) ?? "rule \(Diagnostic.quoted(id.rawValue))"
    case .resource(let resource): "no host may hold more \(Self.name(resource)) than it offers"
    case .drainedHosts: "\(list(options.hosts.map(\.rawValue))) must end empty (--hosts)"
    case .mostMoves: "at most \(Units.count(options.maxMoves ?? 0, "move")) may be made (--max-moves)"
    case .moveBudget:
      "at most \(Units.gibibytes(fromMiB: options.moveBudgetMiB ?? 0)) of memory may be moved (--move-budget)"
    case .clusters: "VMs stay in their clusters (--within-clusters)"
    }
  }

  private func sentence(_ rule: Rule) -> String {
    let name = "rule \(Diagnostic.quoted(rule.id.rawValue))"
    switch rule.requirement {
    case .affinity(let group): return "\(vms(group.vms)) must be in one \(group.scope.rawValue) (\(name))"
    case .antiAffinity(let group):
      return "\(vms(group.vms)) must be apart by \(group.scope.rawValue) (\(name))"
    case .onlyOn(let only): return "\(vms(only.vms)) may be only on \(hosts(only.hosts)) (\(name))"
    case .neverOn(let never): return "\(vms(never.vms)) may not be on \(hosts(never.hosts)) (\(name))"
    case .stay(let stay): return "\(vms(stay.vms)) may not move (\(name))"
    case .drain(let drain): return "\(hosts(drain.hosts)) must end empty (\(name))"
    case .window(let window): return "\(vms(window.vms)) may move only within its hours (\(name))"
    case .blackout(let blackout): return "\(vms(blackout.vms)) may not move in its hours (\(name))"
    case .deadline(let deadline): return "\(vms(deadline.vms)) must have moved by its date (\(name))"
    case .before(let before): return "\(vms(before.vms)) move before \(vms(before.then)) (\(name))"
    case .together(let group): return "\(vms(group.vms)) switch over together (\(name))"
    default: return "\(name) (\(rule.kindWords)) must hold"
    }
  }

  private func vms(_ selection: Selection) -> String {
    list(inventory.vms.filter { selection.includes($0) }.map(\.id.rawValue))
  }

  private func hosts(_ selection: Selection) -> String {
    list(inventory.hosts.filter { selection.includes($0) }.map(\.id.rawValue))
  }

  private func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "nobody" }
    let shown = names.prefix(6).map { Diagnostic.quoted($0) }.joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }

  static func name(_ resource: Resource) -> String {
    switch resource {
    case .cpu: "CPU"
    case .memory: "memory"
    case .network: "network"
    case .localDisk: "local disk"
    case .slots: "VMs"
    case .gpus: "GPUs"
    }
  }
}
