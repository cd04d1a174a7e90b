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
    return fits && (hours?.isKept(blocks.map { placement[$0[0]] }, limits) ?? true)
      && fleet.antiAffinities.allSatisfy { keepsApart($0, placement) }
      && fleet.affinities.allSatisfy { keepsTogether($0, placement) } && keepsPlacementRules(placement)
  }

  /// Whether a placement keeps every hard `spread`, `dedicated` and `group_cap`.
  private func keepsPlacementRules(_ placement: [Int]) -> Bool {
    fleet.spreads.allSatisfy { !$0.isHard || isSpread($0, placement) }
      && fleet.dedications.allSatisfy { !$0.isHard || isDedicated($0, placement) }
      && fleet.hostCaps.allSatisfy { !$0.isHard || isCapped($0, placement) }
  }

  private func isSpread(_ group: SpreadGroup, _ placement: [Int]) -> Bool {
    let domains = fleet.domains(group.scope).domainOfHost
    var counts: [Int: Int] = [:]
    for member in group.members { counts[domains[placement[member]], default: 0] += 1 }
    return counts.count >= group.minDomains ?? 1
      && counts.values.allSatisfy { $0 <= group.maxPerDomain ?? .max }
  }

  private func isDedicated(_ group: DedicatedGroup, _ placement: [Int]) -> Bool {
    let members = Set(group.members)
    let own = Set(group.members.map { placement[$0] })
    return placement.indices.allSatisfy { members.contains($0) || !own.contains(placement[$0]) }
  }

  private func isCapped(_ cap: HostCap, _ placement: [Int]) -> Bool {
    cap.members.reduce(0) { sum, vm in
      sum + (cap.hosts.contains(placement[vm]) ? fleet.demand[vm][cap.resource] : 0)
    } <= cap.limit
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
