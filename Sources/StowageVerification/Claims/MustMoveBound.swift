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

  /// What must move at the least, each VM counted as `weight` says, when all but `away` of the VMs that were to return do.
  ///
  /// VMs that must leave anyway move, and of the others that start elsewhere than at home the lightest, as
  /// many as return beyond those.
  func mustMove(away: Int, homes: [VM.ID: Host.ID], weight: (VM) -> Double) -> Double {
    let leaving = Set(mustLeave)
    let others = roster.vms.indices.filter { vm in
      guard let home = homes[roster.vms[vm].id], let host = roster.startHost[vm] else { return false }
      return roster.hosts[host].id != home && !leaving.contains(vm)
    }.map { weight(roster.vms[$0]) }.sorted()
    let returning = max(0, others.count - away)
    return mustLeave.reduce(0) { $0 + weight(roster.vms[$1]) } + others.prefix(returning).reduce(0, +)
  }
}
