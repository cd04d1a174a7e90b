import StowageFleet
import StowageModel

/// VMs that go in one wave: of one application, of one hard affinity, of one `together`, of one hard
/// dependency, and whatever these connect.
enum MoveGroups {
  /// A member of its group for each VM, the same for all of the group.
  static func representatives(_ fleet: Fleet) -> [Int] {
    var sets = DisjointSets(count: fleet.vms.count)
    var firstOfApp: [String: Int] = [:]
    for (index, vm) in fleet.vms.enumerated() {
      guard let app = vm.app, !app.isEmpty else { continue }
      if let first = firstOfApp[app] { sets.join(first, index) } else { firstOfApp[app] = index }
    }
    let tied =
      fleet.affinities.filter(\.isHard).map(\.members) + fleet.timeRules.together.map(\.members)
      + fleet.dependencies.filter(\.isHard).map { $0.from + $0.to }
    for members in tied {
      for (first, second) in zip(members, members.dropFirst()) { sets.join(first, second) }
    }
    return fleet.vms.indices.map { sets.representative($0) }
  }
}
