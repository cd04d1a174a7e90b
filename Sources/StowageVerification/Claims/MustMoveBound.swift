import StowageModel

extension Rooms {
  /// What must move at the least, each VM counted as `weight` says.
  ///
  /// When an objective before this one says how many hosts stay on, the VMs of all other hosts that
  /// hold any move too, of the lightest ones at the least.
  func mustMove(hostsOn: Int?, weight: (VM) -> Double) -> Double {
    let leaving = mustLeave.reduce(0) { $0 + weight(roster.vms[$1]) }
    guard let hostsOn else { return leaving }
    let isLeaving = Set(mustLeave)
    let rest = roster.startResidents.filter { !$0.isEmpty }.map { residents in
      residents.filter { !isLeaving.contains($0) }.reduce(0) { $0 + weight(roster.vms[$1]) }
    }
    return leaving + rest.sorted().prefix(max(0, rest.count - hostsOn)).reduce(0, +)
  }
}
