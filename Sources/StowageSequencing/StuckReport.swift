import StowageFleet
import StowageModel

/// Says of every leg that a timeline could not make what stands in its way.
struct StuckReport {
  let blockages: [Stuck.Blockage]

  init(_ timeline: Timeline) {
    var timeline = timeline
    blockages = timeline.waiting.legs.map { leg in
      let move = timeline.legs[leg]
      return Stuck.Blockage(vm: move.vm, host: move.to, obstacle: timeline.obstacle(of: leg))
    }.sorted { $0.vm < $1.vm }
  }
}

extension Timeline {
  /// What keeps a leg from starting when nothing is under way.
  fileprivate mutating func obstacle(of leg: Int) -> Stuck.Obstacle {
    let move = legs[leg]
    guard !hasRoom(leg) else {
      if let rule = gateRule(leg) ?? convoyRule(leg) { return .waits(rule) }
      return failoverPermits(step(leg)) ? .others : .failover
    }
    let demand = fleet.demand[move.vm]
    let load = charges.load[move.to] + demand
    let short = Resource.allCases.first {
      demand[$0] > 0 && load[$0] > fleet.ceilings[move.to][$0]
    }
    if let short { return .resource(short) }
    if let hours = charges.hours,
      let column = hours.obstacle(
        to: move.vm, on: move.to, limit: fleet.limits[move.to], floor: fleet.startHours)
    {
      return .resource(hours.demand.resource(of: column))
    }
    if let rule = charges.ruleAgainst(move.vm, on: move.to) { return .rule(rule) }
    return crowdedRule(move).map { .apart($0) } ?? .others
  }

  /// The rule of order or time that keeps a leg from starting.
  private func gateRule(_ leg: Int) -> Rule.ID? {
    switch gates.obstacle(legs[leg]) {
    case .gate(_, let rule), .never(let rule): gates.rule(rule)
    case nil: hoursRule(leg)
    }
  }

  /// The rule that has a leg wait for others, when all of them have room, each for itself.
  private mutating func convoyRule(_ leg: Int) -> Rule.ID? {
    for other in problem.convoys.company(of: leg) ?? [] where !hasRoom(other) { return nil }
    return problem.convoys.rule(of: leg)
  }

  /// The first rule of hours, dates or deadlines of a leg that can start at no time any more.
  private func hoursRule(_ leg: Int) -> Rule.ID? {
    guard opening(leg, from: clock, lasting: legs[leg].preferred.duration) == nil else { return nil }
    let calendar = fleet.timeRules.calendar
    return calendar.entry(of: legs[leg].vm).flatMap { calendar.entries[$0].rules.first }
  }

  /// The anti-affinity rule that keeps a VM out: the first with a member in the target's domain.
  private func crowdedRule(_ move: Leg) -> Rule.ID? {
    let hard = fleet.antiAffinities.filter(\.isHard)
    return problem.apartGroupsOfVM[move.vm].map { hard[$0] }.first { group in
      let domain = fleet.domains(group.scope).domainOfHost
      return group.members.contains { $0 != move.vm && domain[location[$0]] == domain[move.to] }
    }?.rule
  }
}

extension MoveBook {
  /// Why a VM cannot go from one host to another at all.
  func impossibility(of vm: Int, from: Int, to: Int) -> Stuck.Blockage {
    guard let route = routes.route(from: from, to: to) else {
      return Stuck.Blockage(vm: vm, host: to, obstacle: .noRoute)
    }
    let obstacles = forecaster.obstacles(
      fleet.vms[vm], from: fleet.hosts[from], to: fleet.hosts[to], on: routes.path(route),
      mostSeconds: fleet.timeRules.calendar.longestSeconds(of: vm))
    return Stuck.Blockage(vm: vm, host: to, obstacle: .noTechnique(obstacles))
  }
}
