import StowageFleet
import StowageModel

extension Problem {
  /// Whether a placement keeps everything but failover: candidates, limits, and who is together and
  /// apart. Counted from the VMs up, apart from the tables of any search.
  func isLegal(_ placement: [Int]) -> Bool {
    var load = [Amounts](repeating: .zero, count: fleet.hosts.count)
    for (vm, host) in placement.enumerated() {
      guard candidates.allows(blockOfVM[vm], on: host) else { return false }
      load[host] += fleet.demand[vm]
    }
    for members in blocks where members.contains(where: { placement[$0] != placement[members[0]] }) {
      return false
    }
    let fits = load.indices.allSatisfy { host in
      Resource.allCases.allSatisfy { load[host][$0] <= limits[host][$0] }
    }
    return fits && fleet.antiAffinities.allSatisfy { keepsApart($0, placement) }
      && fleet.affinities.allSatisfy { keepsTogether($0, placement) }
  }

  private func keepsApart(_ group: VMGroup, _ placement: [Int]) -> Bool {
    guard group.isHard else { return true }
    let domains = fleet.domains(group.scope).domainOfHost
    return Set(group.members.map { domains[placement[$0]] }).count == group.members.count
  }

  private func keepsTogether(_ group: VMGroup, _ placement: [Int]) -> Bool {
    guard group.isHard else { return true }
    let domains = fleet.domains(group.scope).domainOfHost
    return Set(group.members.map { domains[placement[$0]] }).count == 1
  }
}
