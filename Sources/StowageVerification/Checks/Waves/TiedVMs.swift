import StowageModel

/// Which VMs go in one wave: the same number for all of one move group.
///
/// A walk from VM to VM along applications, hard affinities, hard dependencies and rules that have VMs switch over
/// together.
struct TiedVMs {
  private(set) var group: [Int]

  init(_ roster: Roster, _ rulebook: Rulebook) {
    let ties = Self.ties(roster, rulebook) + rulebook.dependents.tied
    var tiesOfVM = [[Int]](repeating: [], count: roster.vms.count)
    for (tie, members) in ties.enumerated() {
      for vm in members { tiesOfVM[vm].append(tie) }
    }
    group = Array(repeating: -1, count: roster.vms.count)
    var isWalked = [Bool](repeating: false, count: ties.count)
    for first in roster.vms.indices where group[first] < 0 {
      group[first] = first
      var open = [first]
      while let vm = open.popLast() {
        for tie in tiesOfVM[vm] where !isWalked[tie] {
          isWalked[tie] = true
          for other in ties[tie] where group[other] < 0 {
            group[other] = first
            open.append(other)
          }
        }
      }
    }
  }

  private static func ties(_ roster: Roster, _ rulebook: Rulebook) -> [[Int]] {
    var ofApp: [String: [Int]] = [:]
    for (index, vm) in roster.vms.enumerated() where roster.startHost[index] != nil {
      if let app = vm.app, !app.isEmpty { ofApp[app, default: []].append(index) }
    }
    let ruled = rulebook.hard.compactMap { entry -> [Int]? in
      switch entry.meaning {
      case .together(let affinity): affinity.members
      case .inStep(let members): members.sorted()
      default: nil
      }
    }
    return ofApp.keys.sorted().map { ofApp[$0] ?? [] } + ruled
  }
}
