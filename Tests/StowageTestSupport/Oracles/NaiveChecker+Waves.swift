import StowageFleet
import StowageModel

// Waves as they were asked for, hours apart (those are the naive clock's).
extension NaiveChecker {
  func waves(_ moves: [Move]) -> [String] {
    guard let policy = fleet.options.waves, let last = moves.map(\.wave).max() else { return [] }
    var found: [String] = []
    for wave in 1...last {
      let own = moves.filter { $0.wave == wave }
      let vms = Set(own.map(\.vm))
      if own.isEmpty { found.append("wave \(wave) is empty") }
      let most = wave == 1 ? policy.pilotVMs ?? policy.mostVMs : policy.mostVMs
      if let most, vms.count > most { found.append("wave \(wave) moves \(vms.count)") }
      let before = moves.filter { $0.wave < wave }.map(\.endSeconds).max() ?? -policy.validationSeconds
      if own.contains(where: { $0.startSeconds < before + policy.validationSeconds - 1e-6 }) {
        found.append("wave \(wave) starts before the gate")
      }
      for group in fleet.antiAffinities where group.isHard {
        let moved = group.members.filter { vms.contains(fleet.vms[$0].id) }
        let isTied = moved.allSatisfy { tied(to: moved[0]).contains($0) }
        if moved.count > 1, moved.count * 2 >= group.members.count, !isTied {
          found.append("\(group.rule) has \(moved.count) in wave \(wave)")
        }
      }
    }
    for (index, vm) in fleet.vms.enumerated() {
      let group = tied(to: index)
      let names = Set(group.map { fleet.vms[$0].id })
      if Set(moves.filter { names.contains($0.vm) }.map(\.wave)).count > 1 {
        found.append("the group of \(vm.id) is split")
      }
    }
    return found
  }

  /// All VMs of the move group of one.
  private func tied(to vm: Int) -> Set<Int> {
    var group: Set<Int> = [vm]
    var ties = fleet.affinities.filter(\.isHard).map { Set($0.members) }
    ties += fleet.timeRules.together.map { Set($0.members) }
    while true {
      let apps = Set(group.compactMap { fleet.vms[$0].app })
      var larger = group.union(fleet.vms.indices.filter { fleet.vms[$0].app.map(apps.contains) ?? false })
      for tie in ties where !tie.isDisjoint(with: larger) { larger.formUnion(tie) }
      if larger == group { return group }
      group = larger
    }
  }
}
