import StowageModel

// Rules about how VMs lie on hosts and how many move, beyond the groups and bindings that most fleets
// have.
extension FleetCompiler {
  var spreads: [SpreadGroup] {
    inventory.rules.compactMap { rule in
      guard case .spread(let spread) = rule.requirement else { return nil }
      let members = vmIndex.members(of: spread.vms)
      guard !members.isEmpty else { return nil }
      return SpreadGroup(
        rule: rule.id, isHard: rule.isHard, weight: rule.weight, members: members, scope: spread.scope,
        minDomains: spread.minDomains, maxPerDomain: spread.maxPerDomain)
    }
  }

  var dedications: [DedicatedGroup] {
    inventory.rules.compactMap { rule in
      guard case .dedicated(let dedicated) = rule.requirement else { return nil }
      let members = vmIndex.members(of: dedicated.vms)
      guard !members.isEmpty else { return nil }
      return DedicatedGroup(rule: rule.id, isHard: rule.isHard, weight: rule.weight, members: members)
    }
  }

  var hostCaps: [HostCap] {
    inventory.rules.compactMap { rule in
      guard case .groupCap(let cap) = rule.requirement else { return nil }
      return HostCap(
        rule: rule.id, isHard: rule.isHard, weight: rule.weight, hosts: hostSet(cap.hosts),
        members: vmIndex.members(of: cap.vms), resource: cap.resource, limit: cap.limitInUnits)
    }
  }

  var keptOn: [HostKeeping] {
    keepings { if case .keepOn(let rule) = $0 { rule.hosts } else { nil } }
  }

  var closed: [HostKeeping] {
    keepings { if case .noNew(let rule) = $0 { rule.hosts } else { nil } }
  }

  private func keepings(_ select: (Requirement) -> Selection?) -> [HostKeeping] {
    inventory.rules.compactMap { rule in
      select(rule.requirement).map {
        HostKeeping(rule: rule.id, isHard: rule.isHard, weight: rule.weight, hosts: hostSet($0))
      }
    }
  }

  var moveLimits: [MoveLimit] {
    let ofRequest = options.maxMoves.map {
      MoveLimit(rule: nil, members: nil, quantity: .moves, most: Double($0))
    }
    let budget = options.moveBudgetMiB.map {
      MoveLimit(rule: nil, members: nil, quantity: .memoryMiB, most: $0)
    }
    return [ofRequest, budget].compactMap { $0 }
      + inventory.rules.compactMap { rule in
        switch rule.requirement {
        case .maxMoves(let most): limit(rule, most.vms, .moves, Double(most.limit))
        case .moveBudget(let budget): limit(rule, budget.vms, .memoryMiB, budget.limitMiB)
        default: nil
        }
      }
  }

  private func limit(
    _ rule: Rule, _ vms: Selection, _ quantity: MoveLimit.Quantity, _ most: Double
  ) -> MoveLimit {
    MoveLimit(
      rule: rule.id, members: vms.isUnspecified ? nil : vmIndex.members(of: vms), quantity: quantity,
      most: most)
  }

  /// The soft rules that speak of VMs one by one.
  var preferences: [HostPreference] {
    inventory.rules.filter { !$0.isHard }.compactMap { rule in
      let everywhere = HostSet(universe: inventory.hosts.count, full: true)
      switch rule.requirement {
      case .onlyOn(let only): return preference(rule, only.vms, hostSet(only.hosts))
      case .preferOn(let prefer): return preference(rule, prefer.vms, hostSet(prefer.hosts))
      case .neverOn(let never): return preference(rule, never.vms, everywhere, without: never.hosts)
      case .stay(let stay):
        let nowhere = HostSet(universe: inventory.hosts.count)
        return preference(rule, stay.vms, nowhere, acceptsStart: true)
      case .drain(let drain): return preference(rule, nil, everywhere, without: drain.hosts)
      case .noNew(let closed):
        return preference(rule, nil, everywhere, without: closed.hosts, acceptsStart: true)
      default: return nil
      }
    }
  }

  private func preference(
    _ rule: Rule, _ vms: Selection?, _ hosts: HostSet, without: Selection? = nil, acceptsStart: Bool = false
  ) -> HostPreference {
    var hosts = hosts
    if let without { hosts.subtract(hostSet(without)) }
    return HostPreference(
      rule: rule.id, weight: rule.weight, members: vms.map { vmIndex.members(of: $0) }, hosts: hosts,
      acceptsStart: acceptsStart)
  }
}
