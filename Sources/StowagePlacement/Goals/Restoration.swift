import LinearOptimization
import StowageFleet
import StowageModel

/// VMs back on the hosts from which an earlier plan took them, with nobody else moved.
///
/// Mostly all of them can return, and that is all there is to decide. Where rules, room or a host that is gone keep some
/// away, a program decides who returns: each VM is where it is or at home.
struct Restoration {
  let task: PlacementTask
  private let meter: ObjectiveMeter
  /// Where each block returns; `nil` for one that stays or whose members have no home in common.
  private let home: [Int?]

  /// Columns beyond which who returns is settled one by one. All but two for each VM that returns are for VMs that stay,
  /// which the solver strikes out at once.
  private static let columnLimit = 20_000
  /// How often those who have found no room are asked again, when others have left.
  private static let passes = 8

  init(_ task: PlacementTask) {
    self.task = task
    meter = ObjectiveMeter(task.fleet)
    let fleet = task.fleet
    let hosts = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
    let homeOfVM = fleet.vms.indices.map { vm in
      fleet.options.homes[fleet.vms[vm].id].map { hosts[$0] } ?? fleet.start[vm]
    }
    home = task.problem.blocks.enumerated().map { block, members in
      guard let host = homeOfVM[members[0]], members.allSatisfy({ homeOfVM[$0] == host }),
        members.contains(where: { fleet.start[$0] != host }), task.problem.candidates.allows(block, on: host)
      else { return nil }
      return host
    }
  }

  func answer() throws(SolverFailure) -> PlacementAnswer {
    let everyone = returned { _ in true }
    if task.accepts(everyone) { return answer(everyone) }
    if let chosen = try byProgram() { return answer(chosen) }
    let found = oneByOne()
    return task.accepts(found) ? answer(found) : .undecided(task.undecided)
  }

  /// Where VMs are when some of the blocks have returned.
  private func returned(_ returns: (_ block: Int) -> Bool) -> [Int] {
    var placement = task.fleet.start
    for (block, host) in home.enumerated() {
      guard let host, returns(block) else { continue }
      for vm in task.problem.blocks[block] { placement[vm] = host }
    }
    return placement
  }

  /// As many as can, by the program in which everybody else stays; `nil` where it has not been solved.
  private func byProgram() throws(SolverFailure) -> [Int]? {
    guard home.count <= Self.columnLimit else { return nil }
    let confined = task.confined { candidates in
      for block in home.indices {
        if let host = candidates.remainsAt[block] {
          candidates.restrict(
            block, to: HostSet(universe: task.fleet.hosts.count, [host, home[block] ?? host]))
        } else if home[block] != nil {
          // A set of its own keeps it apart from blocks that return elsewhere.
          candidates.restrict(block, to: HostSet(universe: task.fleet.hosts.count, full: true))
        }
      }
    }
    let hosts = task.eligibleHosts
    guard AssignmentProgram.size(confined.problem, hosts: hosts) <= Self.columnLimit else { return nil }
    return try ExactProgram(task: confined, hosts: hosts, countsHosts: false).solve { program in
      program.program.minimize(program.away(home: home))
    }.placement
  }

  /// As many as come in one by one, small VMs first, while all is kept.
  private func oneByOne() -> [Int] {
    var arrangement = task.arrangement(task.fleet.start, on: task.eligibleHosts)
    var steps: [PlacementTask.Shifts] = []
    var waiting = home.indices.filter { home[$0] != nil }.sorted {
      (task.problem.demand[$0][.memory], $0) < (task.problem.demand[$1][.memory], $1)
    }
    for _ in 0..<Self.passes {
      let before = waiting.count
      waiting.removeAll { block in
        guard let host = home[block], arrangement.hasRoom(for: block, on: host) else { return false }
        arrangement.shift(block, to: host)
        steps.append([(block, host)])
        return true
      }
      if waiting.count == before { break }
    }
    return task.longestAccepted(task.fleet.start, steps)
  }

  private func answer(_ placement: [Int]) -> PlacementAnswer {
    let (fleet, bound) = (task.fleet, ReturningBound(task.fleet))
    let away = fleet.vms.indices.count { fleet.isAway($0, on: placement[$0]) }
    return task.placed(
      placement,
      [
        task.noBrokenRules, Objective(.away, value: Double(away), lowerBound: 0, proof: .trivial),
        Objective(
          .moves, value: Double(meter.moves(placement)), lowerBound: bound.least(away: away) { _ in 1 },
          proof: .mustMove),
        Objective(
          .movedMiB, value: meter.movedMiB(placement),
          lowerBound: bound.least(away: away) { fleet.vms[$0].memoryMiB }, proof: .mustMove),
      ])
  }
}
