import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// What soft rules cost: the sum of weight times breaches, pushed down by whoever minimises or limits
  /// it. `emptied` are the hosts that go off when they hold nobody.
  mutating func softCost(emptied: HostSet) -> LinearExpression {
    let fleet = problem.fleet
    var cost = LinearExpression()
    for group in fleet.antiAffinities where !group.isHard {
      let counts = membersByDomain(group.members, fleet.domains(group.scope).domainOfHost)
      cost += group.weight * excess(counts, over: 1)
    }
    for group in fleet.spreads where !group.isHard {
      let counts = membersByDomain(group.members, fleet.domains(group.scope).domainOfHost)
      if let most = group.maxPerDomain { cost += group.weight * excess(counts, over: most) }
      if let least = group.minDomains { cost += group.weight * missing(counts, of: least) }
    }
    for group in fleet.affinities where !group.isHard { cost += group.weight * strays(group) }
    for group in fleet.dedications where !group.isHard {
      for host in hosts { cost += group.weight * mixed(group, host) }
    }
    for cap in fleet.hostCaps where !cap.isHard { cost += cap.weight * exceeded(cap) }
    for wish in fleet.preferences { cost += wish.weight * elsewhere(wish) }
    for keeping in fleet.keptOn where !keeping.isHard {
      cost += keeping.weight * switchedOff(keeping, emptied: emptied)
    }
    return cost
  }

  /// Members of domains beyond a number.
  private mutating func excess(_ counts: [LinearExpression], over most: Int) -> LinearExpression {
    var excess = LinearExpression()
    for count in counts {
      let beyond = program.addContinuous("beyond \(most)", in: .atLeast(0))
      program.require("beyond \(most)", count - beyond, atMost: Double(most))
      excess.add(1, beyond)
    }
    return excess
  }

  private mutating func missing(_ counts: [LinearExpression], of least: Int) -> LinearExpression {
    let missing = program.addContinuous("domains missing", in: .atLeast(0))
    program.require("domains missing", held(counts) + missing, atLeast: Double(least))
    return LinearExpression(missing)
  }

  /// Members outside the domain that holds most of them, which the program chooses.
  private mutating func strays(_ group: VMGroup) -> LinearExpression {
    let counts = membersByDomain(group.members, problem.fleet.domains(group.scope).domainOfHost)
    let all = Double(group.members.count)
    var strays = LinearExpression(all)
    var chosen = LinearExpression()
    for count in counts {
      let isHere = program.addBinary("\(group.rule) here")
      let here = program.addContinuous("\(group.rule) members here", in: .between(0, all))
      program.require("\(group.rule) members here", here - count, atMost: 0)
      program.require("\(group.rule) only here", here - all * isHere, atMost: 0)
      chosen.add(1, isHere)
      strays.add(-1, here)
    }
    if !counts.isEmpty { program.require("\(group.rule) somewhere", chosen, equals: 1) }
    return strays
  }

  /// Members or others on a host, whichever are fewer.
  private mutating func mixed(_ group: DedicatedGroup, _ host: Int) -> LinearExpression {
    let company = company(group.members, on: host)
    guard company.members.most > 0, company.others.most > 0 else { return LinearExpression() }
    let name = problem.fleet.hosts[host].id
    let isTheirs = program.addBinary("\(group.rule) has \(name)")
    let mixed = program.addContinuous("\(group.rule) mixed", in: .atLeast(0))
    program.require(
      "\(group.rule) strangers", company.others.count + company.others.most * isTheirs - mixed,
      atMost: company.others.most)
    program.require(
      "\(group.rule) guests", company.members.count - company.members.most * isTheirs - mixed, atMost: 0)
    return LinearExpression(mixed)
  }

  private mutating func exceeded(_ cap: HostCap) -> LinearExpression {
    let total = total(of: cap)
    let limit = Double(cap.limit / total.unit)
    guard total.most > limit else { return LinearExpression() }
    let isExceeded = program.addBinary("\(cap.rule) exceeded")
    program.require("\(cap.rule)", total.demand - (total.most - limit) * isExceeded, atMost: limit)
    return LinearExpression(isExceeded)
  }

  private func elsewhere(_ wish: HostPreference) -> LinearExpression {
    let isMember = wish.members.map(Set.init)
    var elsewhere = LinearExpression()
    for index in classes.indices {
      let vms = problem.blocks[classes[index].blocks[0]].filter { isMember?.contains($0) ?? true }
      guard !vms.isEmpty else { continue }
      for host in classes[index].hosts where !wish.hosts.contains(host) {
        guard let column = members[index][host] else { continue }
        // Blocks that are as well off at home stand alone in their class.
        let unhappy = vms.count { !wish.acceptsStart || problem.fleet.start[$0] != host }
        if unhappy > 0 { elsewhere.add(Double(unhappy), column) }
      }
    }
    return elsewhere
  }

  private mutating func switchedOff(_ keeping: HostKeeping, emptied: HostSet) -> LinearExpression {
    var off = LinearExpression()
    for host in keeping.hosts.members
    where emptied.contains(host) && !problem.fleet.countsAsOn.contains(host) {
      off.constant += 1
      let count = sum(classes.indices.compactMap { members[$0][host] })
      guard !count.terms.isEmpty else { continue }
      off -= held([count])
    }
    return off
  }
}
