import StowageDiagnostics
import StowageModel
import StowageReports

/// Puts the parts of a conflict into an operator's words.
struct ConflictWords {
  let inventory: Inventory
  let options: PlanOptions

  /// One sentence a part, without capital and full stop.
  func sentence(_ part: ConflictFilter.Part) -> String {
    switch part {
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

  private static func name(_ resource: Resource) -> String {
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
