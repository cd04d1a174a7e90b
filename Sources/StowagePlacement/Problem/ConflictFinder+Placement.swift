import StowageFleet
import StowageModel

// Contradictions of the rules that no single host decides, and of the limits on moves.
extension ConflictFinder {
  /// Spreads that need more domains than their members can reach.
  var lackOfPlaces: [Conflict] {
    fleet.spreads.filter(\.isHard).compactMap { group in
      let domains = fleet.domains(group.scope).domainOfHost
      var hosts = HostSet(universe: fleet.hosts.count)
      for member in group.members {
        for host in candidates.hosts(of: partition.blockOfVM[member]) { hosts.insert(host) }
      }
      let places = Set(hosts.members.map { domains[$0] }).count
      let each = group.maxPerDomain ?? group.members.count
      let needed = max(group.minDomains ?? 1, (group.members.count + each - 1) / each)
      guard places < needed || needed > group.members.count else { return nil }
      return .tooFewPlaces(
        spread: group.rule, scope: group.scope, needed: needed, places: min(places, group.members.count))
    }
  }

  /// Blocks that hold members of a dedication and others.
  var strangers: [Conflict] {
    fleet.dedications.filter(\.isHard).compactMap { group in
      let isMember = Set(group.members)
      for member in group.members {
        let block = partition.blocks[partition.blockOfVM[member]]
        guard let other = block.first(where: { !isMember.contains($0) }) else { continue }
        return .boundToStranger(
          affinities: affinities(of: [member, other]), dedicated: group.rule, ids([member, other]))
      }
      return nil
    }
  }

  /// Caps that the VMs exceed which have no host outside.
  var overCaps: [Conflict] {
    fleet.hostCaps.filter(\.isHard).compactMap { cap in
      let demand = cap.members.reduce(Int64(0)) { sum, vm in
        let amount = fleet.demand[vm][cap.resource]
        guard amount > 0 else { return sum }
        let hosts = candidates.hosts(of: partition.blockOfVM[vm])
        return !hosts.isEmpty && hosts.allSatisfy(cap.hosts.contains) ? sum + amount : sum
      }
      return demand > cap.limit
        ? .overCap(rule: cap.rule, cap.resource, demand: demand, limit: cap.limit) : nil
    }
  }

  /// Limits that the moves exceed which must be made.
  var overMoved: [Conflict] {
    guard !fleet.moveLimits.isEmpty else { return [] }
    let leaves = MustMoveBound.leaves(fleet)
    return fleet.moveLimits.compactMap { limit in
      let movers = (limit.members ?? Array(fleet.vms.indices)).filter { leaves[$0] }
      let least = movers.reduce(0) { $0 + limit.weight(of: $1, in: fleet) }
      guard least > limit.most else { return nil }
      switch (limit.quantity, limit.rule) {
      case (.memoryMiB, let rule?): return .tooMuchMoved(rule: rule, leastMiB: least, mostMiB: limit.most)
      default: return .tooManyMoves(least: Int(least), most: Int(limit.most))
      }
    }
  }
}
