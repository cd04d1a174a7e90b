import LinearOptimization
import StowageFleet
import StowageModel

/// What every goal works with.
struct PlacementTask {
  private(set) var fleet: Fleet
  let goal: Goal
  let overloads: Problem.Overloads
  let solver: any Solver
  let options: PlacementOptions
  let stopwatch: Stopwatch
  private(set) var problem: Problem
  let occupancy: Occupancy
  let failover: FailoverGuard
  let softRules: SoftRules
  private let canTravel: ((_ vm: Int, _ host: Int) -> Bool)?

  init(
    _ fleet: Fleet, goal: Goal, overloads: Problem.Overloads, solver: any Solver, options: PlacementOptions,
    canTravel: ((_ vm: Int, _ host: Int) -> Bool)?
  ) {
    self.fleet = fleet
    self.goal = goal
    self.solver = solver
    self.options = options
    self.canTravel = canTravel
    stopwatch = Stopwatch(options)
    self.overloads = overloads
    problem = Problem(fleet, overloads: overloads, excluded: options.excluded, canTravel: canTravel)
    occupancy = Occupancy(fleet: fleet, goal: goal)
    failover = FailoverGuard(problem, occupancy: occupancy)
    softRules = SoftRules(fleet, occupancy: occupancy)
  }

  /// The same with blocks kept on some of their hosts only, which proves nothing about the fleet.
  func confined(_ confine: (inout Candidates) -> Void) -> PlacementTask {
    var task = self
    confine(&task.problem.candidates)
    return task
  }

  /// The same with some loads left out of the highest utilisation, which their hosts may not exceed.
  func settingAside(_ loads: [Fleet.HostLoad], holding amounts: [Amounts]) -> PlacementTask {
    var task = self
    task.problem = problem.settingAside(loads, holding: amounts)
    task.fleet = task.problem.fleet
    return task
  }

  /// Who does what can be done at the same time.
  var workers: Workers { Workers(options.threads) }

  /// Lets whoever watches know where the search stands.
  func tell(_ name: Objective.Name, _ bound: ProvedBound, value: Double?) {
    options.watch.tell?(SearchNews(name, value: value, lowerBound: bound.value))
  }

  /// Contradictions that need no search. What a caller excluded is no part of a proof.
  var evidentInfeasibility: Infeasibility? {
    let unrestricted = options.excluded.isEmpty ? problem : Problem(fleet, canTravel: canTravel)
    var conflicts = unrestricted.conflicts
    if let shortage = VolumeBound(HostTypes(fleet)).shortage {
      conflicts.append(.volume(shortage.resource, demand: shortage.demand, capacity: shortage.capacity))
    }
    return conflicts.isEmpty ? nil : Infeasibility(conflicts: conflicts)
  }

  /// Hosts that may hold VMs at the end, ascending.
  var eligibleHosts: [Int] {
    var holds = [Bool](repeating: false, count: fleet.hosts.count)
    for host in fleet.start { holds[host] = true }
    let kept = options.keepHosts.map(Set.init)
    let reachable = problem.candidates.reachable(hosts: fleet.hosts.count)
    return fleet.hosts.indices.filter { host in
      guard !fleet.drained.contains(host), kept?.contains(host) ?? true else { return false }
      return (fleet.targets.contains(host) || holds[host]) && reachable.contains(host)
    }
  }

  var search: PackingSearch {
    PackingSearch(problem: problem, failover: failover, excluded: Set(options.excludedPlacements))
  }

  /// A search that sends VMs home, each of which costs `weight` elsewhere.
  func homeSearch(weight: @escaping @Sendable (_ vm: Int) -> Double) -> HomeSearch {
    HomeSearch(
      problem: problem, failover: failover, excluded: Set(options.excludedPlacements), weight: weight)
  }

  /// Whether a placement keeps everything asked, and is not one that the caller has ruled out.
  func accepts(_ placement: [Int]) -> Bool {
    problem.isLegal(placement)
      && fleet.permitsMoves(placement.indices.filter { placement[$0] != fleet.start[$0] })
      && failover.uncovered(placement).isEmpty
      && !options.excludedPlacements.contains(placement)
      && (options.keepHosts.map { kept in placement.allSatisfy(kept.contains) } ?? true)
  }

  /// How far each move of a balance must lower the highest utilisation, in parts of 1; `nil` where the
  /// request does not say.
  var leastGain: Double? { fleet.options.leastGainPercent.map { max($0 / 100 - 1e-9, 1e-9) } }

  /// Whether the caller has ruled anything out; what a search then proves is no news about the fleet.
  var isRestricted: Bool {
    !options.excluded.isEmpty || !options.excludedPlacements.isEmpty || options.keepHosts != nil
  }

  /// Whether what a program of this task proves, a bound or that there is no placement, holds for every plan. A program that mends
  /// overloads asks for more than a plan must.
  var provesBounds: Bool {
    !isRestricted && (overloads != .mended || !problem.startsOverloaded)
  }

  /// What a program without solution says.
  var refuted: Infeasibility {
    let rules =
      fleet.antiAffinities.filter(\.isHard).map(\.rule) + fleet.affinities.filter(\.isHard).map(\.rule)
      + fleet.bindings.map(\.rule) + fleet.drains.map(\.rule) + fleet.failovers.filter(\.isHard).map(\.rule)
      + fleet.spreads.filter(\.isHard).map(\.rule) + fleet.dedications.filter(\.isHard).map(\.rule)
      + fleet.hostCaps.filter(\.isHard).map(\.rule) + fleet.closed.filter(\.isHard).map(\.rule)
      + fleet.moveLimits.compactMap(\.rule)
    let limited = Resource.allCases.filter { resource in
      fleet.capacity.contains { $0[resource] != nil } && fleet.demand.contains { $0[resource] > 0 }
    }
    return Infeasibility(conflicts: [.program(rules: Set(rules).sorted(), resources: limited)])
  }

  /// An answer for a search that came to nothing.
  var undecided: Undecided {
    Shortfall(self).undecided
  }

  /// A placement with its objectives and reasons.
  func placed(
    _ placement: [Int], _ objectives: [Objective], certificate: Certificate? = nil, notes: [String] = [],
    softBound: Double = 0
  ) -> PlacementAnswer {
    .placed(
      result(
        placement,
        softRules.isWeighed
          ? objectives.withSoftRules(softRules.objective(placement, bound: softBound)) : objectives,
        certificate: certificate, notes: notes))
  }

  /// The same, with the objectives as they are.
  func result(
    _ placement: [Int], _ objectives: [Objective], certificate: Certificate?, notes: [String]
  ) -> PlacementResult {
    let reasons = MoveReasons(problem, placement: placement, goal: goal)
    return PlacementResult(
      placement: placement, objectives: objectives,
      reasons: fleet.vms.indices.map { reasons.reason(for: $0) },
      poweredOff: occupancy.poweredOff(placement), certificate: certificate, notes: notes)
  }

  /// The first objective of every goal: all hard rules are kept.
  var noBrokenRules: Objective {
    Objective(.brokenRules, value: 0, lowerBound: 0, proof: .trivial)
  }
}
