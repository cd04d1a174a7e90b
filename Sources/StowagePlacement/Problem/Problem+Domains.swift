import StowageFleet
import StowageModel

extension Problem {
  /// The problem with the domain of every affinity over racks, clusters or sites decided: its
  /// members may end in that domain only. What a search by moves and swaps needs, which could not
  /// take a group from one rack to another step by step.
  ///
  /// The domain in which most memory of the group is; `variant` counts through the others.
  ///
  /// - Returns: `nil` when some group has no domain in which each member may be.
  func settlingDomains(variant: Int = 0) -> Problem? {
    var settled = self
    for group in together {
      var domains = settled.commonDomains(group)
      guard !domains.isEmpty else { return nil }
      let memory = settled.memoryByDomain(group)
      domains.sort { memory[$0] != memory[$1] ? memory[$0] > memory[$1] : $0 < $1 }
      settled.keep(group, in: domains[variant % domains.count])
    }
    return settled
  }

  /// The problem with the members of every affinity over racks, clusters or sites kept in the domain in which a placement
  /// has them.
  func keepingDomains(of placement: [Int]) -> Problem {
    var kept = self
    for group in together {
      kept.keep(group, in: group.domainOfHost[placement[blocks[group.blocks[0]][0]]])
    }
    return kept
  }

  private mutating func keep(_ group: TogetherGroup, in domain: Int) {
    let hosts = HostSet(
      universe: fleet.hosts.count, fleet.hosts.indices.filter { group.domainOfHost[$0] == domain })
    for block in group.blocks { candidates.restrict(block, to: hosts) }
  }

  /// Blocks that share a rack, a cluster or a site with others, and do not leave it by themselves.
  var accompanied: Set<Int> { Set(together.flatMap(\.blocks)) }

  /// The domains in which every member of a group may be, ascending.
  func commonDomains(_ group: TogetherGroup) -> [Int] {
    var counts = [Int](repeating: 0, count: group.domainCount)
    for block in group.blocks {
      for domain in Set(candidates.hosts(of: block).map { group.domainOfHost[$0] }) { counts[domain] += 1 }
    }
    return counts.indices.filter { counts[$0] == group.blocks.count }
  }

  private func memoryByDomain(_ group: TogetherGroup) -> [Double] {
    var memory = [Double](repeating: 0, count: group.domainCount)
    for vm in group.blocks.flatMap({ blocks[$0] }) {
      memory[group.domainOfHost[fleet.start[vm]]] += fleet.vms[vm].memoryMiB
    }
    return memory
  }
}
