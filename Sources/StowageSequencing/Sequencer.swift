public import LinearOptimization
public import StowageCosts
public import StowageFleet
import StowageModel

/// Finds the order, the techniques and the times of the moves to a placement.
///
/// Moves are started by a list scheduler: whenever something is given back, the most urgent waiting
/// move that can start does, at the rate at which it takes least of its path. Attempts with varied
/// urgencies and rates are made, the best is varied further, and the one that ends first wins. Moves of a busy port are
/// also cut into lanes that end together. Moves that wait for each other are brought apart by the cheapest of a detour over a
/// third host and stopping them together; when that fails, all orders of a small set are tried.
/// What is legal at an instant, and the words, are those of `Move`, `Plan` and the rules.
public struct Sequencer: Sendable {
  private let fleet: Fleet
  private let forecaster: any MoveForecasting
  private let seed: UInt64
  private let attempts: Int?
  private let solver: (any Solver)?

  /// A sequencer for a fleet on a platform.
  ///
  /// - Parameters:
  ///   - fleet: hosts, VMs, rules and network.
  ///   - engine: the platform's model and limits.
  ///   - solver: gives nights to move groups where waves go by the calendar; needed only then.
  ///   - seed: of the variation between attempts.
  ///   - attempts: how many schedules are made at most; by default as many as make about 150 000 moves,
  ///     3 to 2000.
  public init(
    fleet: Fleet, engine: MigrationEngine, solver: (any Solver)? = nil, seed: UInt64 = 1, attempts: Int? = nil
  ) {
    self.init(
      fleet: fleet, forecaster: ModelForecaster(engine: engine), solver: solver, seed: seed,
      attempts: attempts)
  }

  init(
    fleet: Fleet, forecaster: any MoveForecasting, solver: (any Solver)? = nil, seed: UInt64 = 1,
    attempts: Int? = nil
  ) {
    self.solver = solver
    self.fleet = fleet
    self.forecaster = forecaster
    self.seed = seed
    self.attempts = attempts
  }

  /// Orders and times the moves from the fleet's start to a placement.
  ///
  /// - Parameters:
  ///   - placement: the host of each VM of the fleet, by index.
  ///   - reasons: why VMs move, by index; copied into their moves.
  /// - Returns: the timed moves, or what blocks and how sure that is.
  /// - Throws: when the solver breaks down that gives nights to move groups.
  public func schedule(
    to placement: [Int], reasons: [Int: String] = [:]
  ) throws(SolverFailure) -> SequencingAnswer {
    precondition(
      placement.count == fleet.vms.count, "\(placement.count) hosts for \(fleet.vms.count) VMs")
    let protection = fleet.options.protection.map { ProtectionPlan($0, fleet, placement: placement) }
    if let obstacle = protection?.obstacle {
      return .stuck(CopyObstacle(obstacle, fleet, placement: placement).stuck)
    }
    let seeds = seeds(placement, protection)
    if let endless = seeds?.endless, !endless.isEmpty, let seeds {
      return .stuck(self.endless(endless, seeds))
    }
    let book = MoveBook(fleet: fleet, forecaster: forecaster, seeds: seeds, protection: protection)
    var legs: [Leg] = []
    var impossible: [Stuck.Blockage] = []
    for vm in fleet.vms.indices where placement[vm] != fleet.start[vm] {
      if let leg = book.leg(vm, from: fleet.start[vm], to: placement[vm]) {
        legs.append(leg)
      } else {
        impossible.append(book.impossibility(of: vm, from: fleet.start[vm], to: placement[vm]))
      }
    }
    guard impossible.isEmpty else { return .stuck(Stuck(blockages: impossible, certainty: .proved)) }
    let problem = Problem(book: book, legs: legs)
    switch try outcome(problem, attempts: attempts ?? max(3, min(2000, 150_000 / max(1, legs.count)))) {
    case .failure(let stuck): return .stuck(stuck)
    case .success(let timeline):
      return .scheduled(sequence(timeline, placement: placement, reasons: reasons))
    }
  }

  private func seeds(_ placement: [Int], _ protection: ProtectionPlan?) -> SeedPlan? {
    guard let policy = fleet.options.waves, policy.nights != nil, let seeding = policy.seeding else {
      return nil
    }
    return SeedPlan(
      seeding, fleet, placement: placement, forecaster: forecaster, protection: protection)
  }

  /// The slowest part of the way must be faster than this for the copy to end, in Gb/s; `nil` when it is not known.
  private func leastGbps(_ seeded: SeedPlan.Seeded, _ seeds: SeedPlan) -> Double? {
    let slowest = seeded.route.compactMap { fleet.network.channels[$0].gbps }.min()
    let share = seeds.rate(seeded.route)
    return slowest.flatMap { share > 0 ? $0 * seeded.changeMiBPerSecond / share : nil }
  }

  private func endless(_ seeded: [SeedPlan.Seeded], _ seeds: SeedPlan) -> Stuck {
    Stuck(
      blockages: seeded.map { seeded in
        Stuck.Blockage(
          vm: seeded.vm, host: seeded.to,
          obstacle: .wave(
            .endlessSeed(
              changeMiBPerSecond: seeded.changeMiBPerSecond, shareMiBPerSecond: seeds.rate(seeded.route),
              leastGbps: leastGbps(seeded, seeds))))
      }, certainty: .proved)
  }

  private func outcome(
    _ problem: Problem, attempts: Int
  ) throws(SolverFailure) -> ScheduleSearch.Outcome {
    if let policy = fleet.options.waves, !problem.legs.isEmpty {
      let search = WaveSearch(problem: problem, policy: policy, solver: solver, seed: seed)
      return try search.best(attempts: attempts)
    }
    var search = ScheduleSearch(problem, seed: seed)
    return search.best(attempts: attempts)
  }

  private func sequence(
    _ timeline: Timeline, placement: [Int], reasons: [Int: String]
  ) -> MoveSequence {
    let writer = MoveWriter(timeline, reasons: reasons, seeds: SeedSchedule.seeds(of: timeline) ?? [:])
    let moves = writer.moves()
    let bound = MakespanBound(
      timeline.runs.map { (leg: timeline.legs[$0.leg], manner: $0.option.manner) },
      timeline.problem.book)
    // Without the pauses between waves the moves would be a schedule of their own, which takes the bound.
    var least = Milliseconds.seconds(bound.milliseconds + timeline.problem.pauses)
    var binding =
      timeline.problem.waves == nil
      ? bound.binding : "\(bound.binding); and the time to validate between waves"
    if let nights = timeline.problem.waves?.nights {
      let opening = NightBoundInput(timeline.problem).opening(ofNight: nights.lowerBound)
      if opening > least { (least, binding) = (opening, "waves need \(nights.lowerBound) nights at least") }
    }
    let makespan = moves.map(\.endSeconds).max() ?? 0
    // Detours are outside of what is bounded, and may be quicker.
    let isDirect = Set(moves.map(\.vm)).count == moves.count
    let schedule = Plan.Schedule(
      makespanSeconds: makespan,
      lowerBoundSeconds: min(isDirect ? .infinity : makespan, least),
      binding: binding)
    var sequence = MoveSequence(
      moves: moves, schedule: schedule, finalPlacement: placement, stoppedVMs: writer.stoppedVMs,
      notes: writer.notes(), nights: timeline.problem.waves?.nights)
    sequence.protections = protections(timeline.problem.book, moves)
    return sequence
  }

  private func protections(_ book: MoveBook, _ moves: [Move]) -> [Protection] {
    // Only a move straight to the host of the copy builds on it: one by way of a third host sends all of the disks.
    let counts = Dictionary(grouping: moves, by: \.vm).mapValues(\.count)
    let delta = (book.seeds?.seeded ?? [:]).filter { vm, seeded in
      seeded.isThere && counts[fleet.vms[vm].id] == 1
    }.mapValues(\.deltaMiB)
    return book.protection?.protections(fleet, book.routes, delta: delta) ?? []
  }
}
