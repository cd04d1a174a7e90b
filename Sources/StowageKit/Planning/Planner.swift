import GLPKBackend
public import LinearOptimization
import StowageCosts
import StowageFleet
import StowageFormats
public import StowageModel
import StowagePlacement
import StowageReports
import StowageSequencing
import StowageVerification

/// From an inventory to a plan that the verifier accepts.
///
/// A placement is worth nothing if it cannot be reached: when the sequencer finds no legal order,
/// what blocks it is ruled out and the placement is sought again, a few times.
public struct Planner: Sendable {
  /// The goals that this version pursues.
  public static let goals: [Goal] = [.consolidate, .balance, .colocate, .evacuate, .repair, .restore]
  /// How often a placement without a legal order is replaced by another. Chosen: each costs a
  /// whole search, and an order that eight placements lack is not found by a ninth.
  private static let attempts = 8
  /// The part of the time that a placement sought after the first has at least. The second is sought even if the
  /// first took all the time.
  private static let leastShare = 0.25
  /// For how many other placements it is looked when the order to one has to stop VMs. Chosen: a search
  /// each, for a few pauses.
  private static let attemptsWithoutStops = 1

  /// For how many other placements it is looked when the moves to one do not go in the waves asked for: what
  /// waves lack is seldom a matter of hosts.
  private static let attemptsWithoutWaves = 1
  /// The same when the disks of one find no datastore.
  private static let attemptsWithoutSpace = 1

  let solver: any Solver
  private let watch: PlanWatch

  /// A planner on GLPK.
  public init(watch: PlanWatch = PlanWatch()) {
    self.init(solver: GLPKSolver(), watch: watch)
  }

  /// A planner on any solver.
  public init(solver: any Solver, watch: PlanWatch = PlanWatch()) {
    self.solver = InterruptibleSolver(solver, watch.interruption)
    self.watch = watch
  }

  /// Plans, verifies, and answers. Where hosts cannot be emptied, the answer says whom to stop, if that helps.
  public func plan(_ inventory: Inventory, _ request: PlanRequest) throws(SolverFailure) -> PlanningAnswer {
    let answer = try sought(inventory, request, explains: true)
    guard case .noPlan(var noPlan) = answer else { return answer }
    let (fleet, _) = Self.fleet(inventory, request)
    guard !fleet.drained.isEmpty, !watch.isInterrupted else { return answer }
    let words = NoPlanWords(request: request, inventory: inventory, fleet: fleet)
    var stops = StopSearch(inventory, request, fleet) { (stopped, request) throws(SolverFailure) in
      try sought(stopped, request, explains: false)
    }
    guard let found = try stops.run() else { return answer }
    let offer = words.offer(found.vms, moves: found.moves)
    noPlan.stops = offer
    noPlan.remedies.insert(words.sentence(offer, of: found.vms), at: 0)
    return .noPlan(noPlan)
  }

  /// A plan of what is asked for. `explains` says whether it is also sought what of the input leaves none.
  private func sought(
    _ inventory: Inventory, _ request: PlanRequest, explains: Bool
  ) throws(SolverFailure) -> PlanningAnswer {
    let (fleet, engine) = Self.fleet(inventory, request)
    let words = NoPlanWords(request: request, inventory: inventory, fleet: fleet)
    if let shortage = SpaceShortage.find(fleet, datastores: inventory.datastores) {
      return .noPlan(words.noSpace(shortage))
    }
    let space = DiskSpace(fleet, datastores: inventory.datastores)
    var shortage: DiskSpace.Shortage?
    let travel = TravelCheck(fleet: fleet, engine: engine)
    var options = PlacementOptions(
      timeLimitSeconds: request.timeLimitSeconds, isDeterministic: request.isDeterministic, seed: request.seed
    )
    options.threads = request.threads
    options.watch = watch.search
    options.leastHostsOn = request.leastHostsOn
    var stuck: Stuck?
    var stuckPlacement: [Int]?
    /// Why there are no waves, or no order at all.
    func refusal(_ stuck: Stuck) throws(SolverFailure) -> PlanningAnswer {
      let noPlan = words.stuck(stuck)
      guard explains, stuck.waveObstacle != nil, let placement = stuckPlacement, !watch.isInterrupted else {
        return .noPlan(noPlan)
      }
      return .noPlan(try withWaveConflict(noPlan, inventory, request, fleet, placement))
    }
    /// What stood in the way of placements that were found before; `nil` when none was.
    func earlierObstacle() throws(SolverFailure) -> PlanningAnswer? {
      if let stuck { return try refusal(stuck) }
      return shortage.map { .noPlan(words.noSpace($0)) }
    }
    var exceedsMoves = false
    var withStops: (outcome: PlanAssembly.Outcome, sequence: MoveSequence)?
    var attemptsLeft = Self.attempts
    let budget = TimeBudget(request, watch)
    while attemptsLeft > 0, !budget.isSpent || attemptsLeft >= Self.attempts - 1 {
      attemptsLeft -= 1
      options.timeLimitSeconds = budget.seconds(atLeast: Self.leastShare)
      let placement = PlacementEngine(
        fleet: fleet, solver: solver, options: options,
        canTravel: travel.hindersNobody
          ? nil : { vm, host in travel.isUnhindered(vm) || travel.canTravel(vm, to: host) })
      let answer = try placement.answer(request.goal)
      if let found = withStops, !Self.isAsGood(answer, as: found.outcome) { break }
      switch answer {
      case .notHeld(let goal):
        return .noPlan(words.notHeld(goal))
      case .infeasible(let infeasibility):
        // With hosts ruled out for want of an order, "infeasible" is no longer a proof.
        if let earlier = try earlierObstacle() { return earlier }
        guard explains else { return .noPlan(words.infeasible(infeasibility)) }
        return .noPlan(try explained(infeasibility, inventory, request, words))
      case .undecided(let undecided):
        return try earlierObstacle() ?? .noPlan(words.undecided(undecided))
      case .placed(let result):
        let sequencer = Sequencer(fleet: fleet, engine: engine, solver: solver, seed: request.seed)
        switch try sequencer.schedule(to: result.placement, reasons: reasons(result)) {
        case .scheduled(let sequence) where !keepsMoveLimits(sequence, fleet):
          // A detour over a third host moves a VM twice.
          exceedsMoves = true
          options.excludedPlacements.append(result.placement)
        case .scheduled(let ordered):
          let sequence: MoveSequence
          switch space.assigned(ordered) {
          case .fits(let placed): sequence = placed
          case .lacks(let lack):
            shortage = shortage ?? lack
            attemptsLeft = min(attemptsLeft, Self.attemptsWithoutSpace)
            options.excludedPlacements.append(result.placement)
            continue
          }
          let outcome = PlanAssembly.Outcome(
            placement: result.placement, objectives: result.objectives, poweredOff: result.poweredOff,
            certificate: result.certificate, notes: result.notes + interruptionNote)
          guard sequence.stoppedVMs > 0 else {
            return judged(inventory, request, fleet, outcome, sequence, words)
          }
          if withStops.map({ sequence.stoppedVMs < $0.sequence.stoppedVMs }) ?? true {
            attemptsLeft = min(attemptsLeft, Self.attemptsWithoutStops)
            withStops = (outcome, sequence)
          }
          options.excludedPlacements.append(result.placement)
        case .stuck(let obstacle) where obstacle.waveObstacle != nil:
          // These moves have an order, if not in waves: that says more than any that have none.
          if stuck?.waveObstacle == nil { (stuck, stuckPlacement) = (obstacle, result.placement) }
          attemptsLeft = min(attemptsLeft, Self.attemptsWithoutWaves)
          options.excludedPlacements.append(result.placement)
        case .stuck(let obstacle):
          if stuck?.waveObstacle == nil { stuck = obstacle }
          options.excludedPlacements.append(result.placement)
          options.excluded += obstacle.blockages.map { .init(vm: $0.vm, host: $0.host) }
        }
      }
    }
    if let (outcome, sequence) = withStops {
      return judged(inventory, request, fleet, outcome, sequence, words)
    }
    return try earlierObstacle() ?? .noPlan(exceedsMoves ? words.detours : words.refused([]))
  }

  private var interruptionNote: [String] {
    watch.isInterrupted
      ? ["the search was ended from outside: the placement is the best that it had by then"] : []
  }

  /// Whether an answer is a placement as good as one that was found before.
  private static func isAsGood(_ answer: PlacementAnswer, as found: PlanAssembly.Outcome) -> Bool {
    guard case .placed(let result) = answer else { return false }
    return result.objectives.map(\.value) == found.objectives.map(\.value)
  }

  private func keepsMoveLimits(_ sequence: MoveSequence, _ fleet: Fleet) -> Bool {
    guard !fleet.moveLimits.isEmpty else { return true }
    let index = Dictionary(uniqueKeysWithValues: fleet.vms.enumerated().map { ($1.id, $0) })
    return fleet.permitsMoves(sequence.moves.compactMap { index[$0.vm] })
  }

  /// The fleet as planner and sequencer see it, and the platform's engine.
  static func fleet(_ inventory: Inventory, _ request: PlanRequest) -> (Fleet, MigrationEngine) {
    let engine = MigrationEngine.of(request.options)
    let fleet = Fleet(inventory, options: request.options) { vm in
      if case .pinned(let because) = Feasibility.mobility(of: vm, engine: engine) { because } else { nil }
    }
    return (fleet, engine)
  }

  /// A program without solution says nothing by itself: what of it is needed for that is sought.
  private func explained(
    _ infeasibility: Infeasibility, _ inventory: Inventory, _ request: PlanRequest, _ words: NoPlanWords
  ) throws(SolverFailure) -> NoPlan {
    var noPlan = words.infeasible(infeasibility)
    let isBare = infeasibility.conflicts.allSatisfy { conflict in
      switch conflict {
      case .program: true
      // That all VMs are too many does not say whose going there is.
      case .volume, .noRoom: request.goal == .colocate
      default: false
      }
    }
    guard isBare, !watch.isInterrupted else { return noPlan }
    let filter = ConflictFilter(inventory: inventory, request: request, solver: solver)
    guard let parts = try filter.smallest() else { return noPlan }
    let sentences = ConflictWords(inventory: inventory, options: request.options)
    noPlan.conflict = sentences.sentences(parts)
    return noPlan
  }

  /// What of move groups, rules and limits leaves no waves, where that can be shown.
  func withWaveConflict(
    _ noPlan: NoPlan, _ inventory: Inventory, _ request: PlanRequest, _ fleet: Fleet, _ placement: [Int]
  ) throws(SolverFailure) -> NoPlan {
    let filter = WaveConflictFilter(inventory, request, fleet, placement: placement, solver: solver)
    guard let conflict = try filter.smallest() else { return noPlan }
    var explained = noPlan
    explained.conflict = WaveConflictWords(inventory: inventory, fleet: fleet, options: request.options)
      .sentences(conflict)
    if conflict.holdsAnywhere {
      explained.finding = .infeasible(
        proof: "what the move groups below need, on whatever hosts of the sites, against what waves offer")
    }
    return explained
  }

  private func reasons(_ result: PlacementResult) -> [Int: String] {
    var reasons: [Int: String] = [:]
    for (vm, reason) in result.reasons.enumerated() { reasons[vm] = reason }
    return reasons
  }

  /// A plan that the verifier refuses is a fault of ours; it is never handed out.
  func judged(
    _ inventory: Inventory, _ request: PlanRequest, _ fleet: Fleet, _ outcome: PlanAssembly.Outcome,
    _ sequence: MoveSequence, _ words: NoPlanWords
  ) -> PlanningAnswer {
    let digest = InventoryDigest.sha256(of: inventory)
    let audit = PlacementAudit(inventory, sizing: request.options.sizing)
    let assembly = PlanAssembly(
      inventory: inventory, digest: digest, request: request, fleet: fleet,
      violationsAtStart: audit.violations)
    let plan = assembly.plan(outcome, sequence)
    let verdict = Verifier.judge(plan, of: inventory)
    guard verdict.decision == .accepted else {
      return .noPlan(words.refused(verdict.findings.map(\.description)))
    }
    let pinned = fleet.vms.indices.compactMap { vm in
      fleet.pins[vm].map { PinnedVM(vm: fleet.vms[vm].id, because: words.because($0)) }
    }
    return .planned(PlannedFleet(plan: plan, verdict: verdict, pinned: pinned))
  }
}
