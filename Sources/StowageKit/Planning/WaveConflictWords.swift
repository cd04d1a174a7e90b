import StowageDiagnostics
import StowageFleet
import StowageModel
import StowageReports

/// Puts the parts of a conflict about waves into an operator's words, one sentence a part, without capital and full stop.
struct WaveConflictWords {
  let inventory: Inventory
  let fleet: Fleet
  let options: PlanOptions

  func sentences(_ conflict: WaveConflictFilter.Conflict) -> [String] {
    conflict.parts.map { sentence($0, conflict) }
  }

  private func sentence(_ part: WaveConflictFilter.Part, _ conflict: WaveConflictFilter.Conflict) -> String {
    let waves = options.waves ?? WavePolicy()
    switch part {
    case .moves(let vms): return moves(vms, conflict)
    case .app(let app): return "the VMs of \(Diagnostic.quoted(app)) go in one wave (column app)"
    case .dependency(let position):
      let dependency = inventory.dependencies[position]
      return
        "\(Diagnostic.quoted(dependency.from)) and \(Diagnostic.quoted(dependency.to)) go in one wave (hard in dependencies.csv)"
    case .rule(let id):
      return ConflictWords(inventory: inventory, options: options).sentence(.rule(id))
    case .waveSize: return "a wave takes \(Units.count(waves.mostVMs ?? 0, "VM")) at most (--wave-size)"
    case .groupsPerNight:
      return
        "a night takes \(Units.count(waves.nights?.mostGroups ?? 0, "move group")) at most (--groups-per-night)"
    case .pilot: return "the first wave takes \(Units.count(waves.pilotVMs ?? 0, "VM")) at most (--pilot)"
    case .validation:
      return
        "\(Units.duration(seconds: waves.validationSeconds)) are left after the moves of a wave to see to its VMs (--validation-minutes)"
    case .rollback:
      let time = waves.rollbackSeconds.map { Units.duration(seconds: $0) } ?? "as long as its moves took"
      return "\(time) must be left of the hours of a wave to take it back (--rollback-minutes)"
    }
  }

  private func moves(_ vms: [Int], _ conflict: WaveConflictFilter.Conflict) -> String {
    let shown = vms.prefix(6).map { Diagnostic.quoted(fleet.vms[$0].id.rawValue) }.joined(separator: ", ")
    let names = vms.count > 6 ? "\(shown) and \(Units.count(vms.count - 6)) more" : shown
    let apps = Set(vms.map { fleet.vms[$0].app ?? "" }).sorted()
    let of =
      apps == [""]
      ? "" : " of " + apps.filter { !$0.isEmpty }.map { Diagnostic.quoted($0) }.joined(separator: ", ")
    let time = Units.duration(seconds: conflict.leastSeconds(vms))
    return vms.count == 1
      ? "\(names)\(of) moves, which takes \(time) at least"
      : "\(names)\(of) move: \(Units.count(vms.count, "VM")), which take \(time) at least together"
  }
}
