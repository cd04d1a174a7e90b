import LinearOptimization
import StowageCalendar
import StowageCosts
import StowageFleet
import StowageModel

/// Puts units into nights, one wave a night, by the program of ``NightPlanner``.
struct NightAssignment {
  private let problem: Problem
  private let policy: WavePolicy
  private let units: [WaveUnit]
  private let hours: NightHours
  private let stretches: [[Range<Int>?]]
  private let nights: NightProblem

  /// An assignment that reckons with `slack` times the least time that moves of a wave take.
  init(_ problem: Problem, _ policy: WavePolicy, _ calendar: NightPolicy, _ all: [WaveUnit], slack: Double) {
    self.problem = problem
    self.policy = policy
    let units = Self.withLegs(all)
    self.units = units
    var hours = NightHours(problem.fleet.timeRules.calendar)
    let calendars = units.map { hours.calendar(of: $0.legs.map { problem.legs[$0].vm }) }
    self.hours = hours
    let count = problem.fleet.timeRules.calendar.entries.isEmpty ? units.count : NightHours.horizon
    let stretches = Self.together(hours.hours.map { NightHours.stretches($0, nights: max(1, count)) })
    self.stretches = stretches
    let gate = WaveGate(policy)
    let usable = stretches.map { $0.map { Double($0.map { gate.usable(of: $0.count) } ?? 0) } }
    let loads = NightLoads(
      units.map(\.legs), problem, slack: slack,
      shortestNight: usable.joined().filter { $0 > 0 }.min() ?? 0)
    let talk = NightTalk(units.map(\.legs), problem)
    let openings = Self.openings(stretches)
    let seeds = NightSeeds(
      units.map(\.legs), problem, slack: slack, firstOpening: openings.first ?? 0)
    let ready = Self.pilotReady(units, problem, most: policy.pilotVMs)
    nights = NightProblem(
      units: units.enumerated().map { index, unit in
        NightProblem.Unit(
          vms: unit.legs.count, groups: unit.groups, isPilotReady: ready[index], calendar: calendars[index],
          least: loads.least[index], work: loads.work[index], seeds: seeds.times[index],
          waitsFor: unit.waitsFor,
          stakes: Self.stakes(unit, problem))
      },
      usable: usable,
      dimensions: loads.dimensions, opening: openings, seedChannels: seeds.channels,
      mostVMs: policy.mostVMs, mostGroups: calendar.mostGroups,
      pilotVMs: policy.pilotVMs, mostAtStake: problem.mostAtStake, pairs: talk.pairs, waiting: talk.waiting)
  }

  /// `proof` is what was proved of the same moves, and what is.
  func outcome(
    _ input: NightBoundInput, proof: inout NightPlanner.Proof?, solver: any Solver, seed: UInt64
  ) throws(SolverFailure) -> WaveAssignment.Outcome {
    if let refused = oversize { return .refused(refused) }
    var planner = NightPlanner(nights, bound: input.bound, solver: solver, seed: seed)
    planner.proof = proof
    let outcome = try planner.outcome()
    proof = planner.proof
    switch outcome {
    case .closed(let unit):
      let own = nights.units[unit]
      let least = Int(([own.least] + own.work.map(\.time)).max() ?? 0)
      return .refused(
        blockages(
          unit,
          .hours(neededSeconds: Milliseconds.seconds(least + WaveGate(policy).reserved(after: least)))))
    case .tooFew(let atLeast, _):
      let open = stretches[0].indices.count { night in stretches.contains { $0[night] != nil } }
      return .refused(blockages(0, .nights(open: open, atLeast: atLeast)))
    case .assigned(let assignment):
      return .assigned(plan(assignment, input))
    }
  }

  private func plan(_ assignment: NightPlanner.Assignment, _ input: NightBoundInput) -> WavePlan {
    var waves: [WavePlan.Wave] = []
    var waveOfVM: [Int: Int] = [:]
    for night in Set(assignment.nightOfUnit).sorted() {
      var draft = WaveDraft()
      for unit in units.indices where assignment.nightOfUnit[unit] == night {
        draft.add(units[unit].legs, problem)
      }
      for leg in draft.legs { waveOfVM[problem.legs[leg].vm] = waves.count }
      let span = OpenTimes.within(night * NightHours.night..<(night + 1) * NightHours.night)
      waves.append(WavePlan.Wave(open: draft.open.intersection(span), work: draft.load.milliseconds))
    }
    let prices = Dictionary(uniqueKeysWithValues: zip(input.named, assignment.prices)).filter { $0.value > 0 }
    return WavePlan(
      waves: waves, waveOfVM: waveOfVM, gate: WaveGate(policy),
      nights: NightClaims(
        nights: assignment.nights, lowerBound: assignment.bound,
        prices: Certificate.NightPrices(ofGroup: prices), traffic: assignment.traffic,
        isTrafficProved: assignment.isTrafficProved))
  }

  // MARK: Units

  /// When each night opens to anybody, in ms; when it opens to nobody, when it ends.
  private static func openings(_ stretches: [[Range<Int>?]]) -> [Double] {
    (stretches.first ?? []).indices.map { night in
      Double(stretches.compactMap { $0[night]?.lowerBound }.min() ?? (night + 1) * NightHours.night)
    }
  }

  /// Units that move somebody; waits for others lead to those that these wait for.
  private static func withLegs(_ all: [WaveUnit]) -> [WaveUnit] {
    let kept = all.indices.filter { !all[$0].legs.isEmpty }
    let position = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    return kept.map { index in
      var waits: Set<Int> = []
      var seen: Set<Int> = [index]
      var open = all[index].waitsFor
      while let other = open.popLast() {
        guard seen.insert(other).inserted else { continue }
        if let own = position[other] { waits.insert(own) } else { open += all[other].waitsFor }
      }
      return WaveUnit(
        legs: all[index].legs, groups: all[index].groups, start: all[index].start, waitsFor: waits.sorted())
    }
  }

  /// A night is only as long as its longest stretch: what other hours leave of that is what they have of it.
  private static func together(_ stretches: [[Range<Int>?]]) -> [[Range<Int>?]] {
    guard stretches.count > 1 else { return stretches }
    let main = stretches[0].indices.map { night in
      stretches.compactMap { $0[night] }.max { ($0.count, -$0.lowerBound) < ($1.count, -$1.lowerBound) }
    }
    return stretches.map { own in
      zip(own, main).map { part, main in
        guard let part, let main else { return nil }
        let common = part.clamped(to: main)
        return common.isEmpty ? nil : common
      }
    }
  }

  private static func stakes(_ unit: WaveUnit, _ problem: Problem) -> [(group: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for leg in unit.legs {
      for group in problem.apartGroupsOfVM[problem.legs[leg].vm] { counts[group, default: 0] += 1 }
    }
    // Those whom one unit ties together are excepted.
    return counts.sorted { $0.key < $1.key }.map { ($0.key, min($0.value, problem.mostAtStake[$0.key])) }
  }

  /// Units of the lowest service tier that is small enough for the pilot.
  private static func pilotReady(_ units: [WaveUnit], _ problem: Problem, most: Int?) -> [Bool] {
    guard let most else { return units.map { _ in true } }
    let tiers: [ServiceTier] = [.bronze, .silver, .gold, .platinum]
    let risks = units.map { unit in
      unit.legs.compactMap { tiers.firstIndex(of: ServiceTier(problem.fleet.vms[problem.legs[$0].vm].tier)) }
        .max() ?? 0
    }
    let small = units.indices.filter { units[$0].legs.count <= most && units[$0].waitsFor.isEmpty }
    let lowest = small.map { risks[$0] }.min() ?? tiers.count
    return units.indices.map { risks[$0] <= lowest }
  }

  // MARK: Refusals

  /// A unit with more VMs than a wave takes, or more than any that could go first in a pilot.
  private var oversize: [Stuck.Blockage]? {
    let sizes = units.map(\.legs.count)
    if let most = policy.mostVMs, let largest = units.indices.max(by: { sizes[$0] < sizes[$1] }),
      sizes[largest] > most
    {
      return blockages(largest, .group(vms: sizes[largest], mostVMs: most))
    }
    guard let pilot = policy.pilotVMs,
      let smallest = units.indices.filter({ units[$0].waitsFor.isEmpty }).min(by: { sizes[$0] < sizes[$1] }),
      sizes[smallest] > pilot
    else { return nil }
    return blockages(smallest, .noPilot(mostVMs: pilot, smallest: sizes[smallest]))
  }

  private func blockages(_ unit: Int, _ obstacle: Stuck.WaveObstacle) -> [Stuck.Blockage] {
    units[unit].legs.map { problem.legs[$0] }.map {
      Stuck.Blockage(vm: $0.vm, host: $0.to, obstacle: .wave(obstacle))
    }
  }
}
