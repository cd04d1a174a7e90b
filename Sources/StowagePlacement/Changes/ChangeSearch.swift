import LinearOptimization
import StowageFleet
import StowageModel

/// Fewest moves by changes of hosts: a bound from the linear program, and placements from dives,
/// from GLPK's branch and bound over the changes that could be part of a better one, and from both
/// again with more changes.
struct ChangeSearch {
  let task: PlacementTask
  let hosts: [Int]

  /// What came of it.
  struct Finding {
    var placement: [Int]?
    /// What is proved; `nil` when nothing is.
    var bound: MoveWeights?
    /// Whether weights prove that what must leave finds no room, however others are rearranged.
    var lacksRoom = false
    /// Whether residents were sent home for as long as it helps.
    var isPacked = false
  }

  /// Sizes told apart in programs. Chosen: the linear program over some hundred rows is solved in
  /// seconds, and rounding costs little beyond.
  static let planClassLimit = 90
  static let boundClassLimit = 120
  /// Sizes beyond which bounds round them. Chosen: up to here whoever checks the bound tabulates them in seconds.
  private static let fineClassLimit = 2500
  /// Sizes that have weights of their own from the start; for more see ``FineWeights``.
  var ownWeightLimit = Self.boundClassLimit

  /// How many times the usual steps send residents home. Chosen: one move in 120 fewer than with a quarter of them,
  /// and ten times as many do no better.
  static let homeEffort = 4
  /// The same where what must leave is packed anew, for up to so many blocks and for more. Chosen: about ten seconds;
  /// on fleets of 700 and 2300 VMs that are nine tenths full a third of it took a move in 90 more.
  private static let packEffort = (few: 16, many: 11)
  private static let fewBlocks = 1000

  private static let dives = 6
  /// Nodes of a search over changes. Chosen: what is settled at all is settled in some hundred.
  private static let nodeLimit = 3000
  private static let columnLimit = 4000
  /// Changes that the first search by GLPK chooses among; each further one has as many more. Chosen: of drains that need
  /// one, most are settled by a thousand in a tenth of the time that twice as many take.
  private static let firstColumns = 1000

  func run(_ random: inout SeededGenerator) throws(SolverFailure) -> Finding {
    let rooms = MoveRooms(task.fleet, mendsOverloads: task.overloads == .repaired)
    guard let problem = task.problem.settlingDomains() else { return Finding() }
    let outline = ChangeModel(rooms, classLimit: Self.fineClassLimit)
    let isFine = isFine(outline)
    var finding = Finding()
    if isFine {
      // Changes would round sizes to classes; annealing takes them as they are. It comes first, so that whoever runs
      // out of time has an answer.
      let placement = settled(&random)
      finding = try proved(outline, rooms, hasAnswer: placement != nil)
      if !finding.lacksRoom { finding.placement = placement }
      finding.isPacked = placement != nil
      if finding.lacksRoom || finding.placement != nil { return finding }
    }
    let plan = ChangeModel(problem, eligible: hosts, classLimit: Self.planClassLimit)
    let master = try ChangeMaster(plan, solver: task.solver, workers: task.workers)
    let provesItself = !isFine && plan.proves(outline)
    if !isFine, !provesItself {
      finding = try proved(outline, rooms)
      if finding.lacksRoom { return finding }
    }
    try master.converge(task.stopwatch.part(0.5))
    if provesItself {
      if master.isStandingIn, try lacksRoom(outline) { return Finding(lacksRoom: true) }
      finding.bound = master.boundWeights.flatMap {
        MoveWeights(plan, weights: $0, rooms: rooms, workers: task.workers)
      }
    }
    try search(master, SearchSpace(problem, open: hosts), &finding, &random)
    return finding
  }

  /// Whether a model tells more sizes apart than have weights of their own.
  private func isFine(_ outline: ChangeModel) -> Bool { outline.classes.count > ownWeightLimit }

  /// What the linear program of a model for bounds proves.
  private func proved(
    _ outline: ChangeModel, _ rooms: MoveRooms, hasAnswer: Bool = false
  ) throws(SolverFailure) -> Finding {
    let prover: ChangeMaster
    if isFine(outline) {
      prover = try FineWeights(task: task, outline: outline).master()
    } else {
      prover = try ChangeMaster(outline, solver: task.solver, workers: task.workers)
      try prover.converge(task.stopwatch.part(0.5))
    }
    // Walls hold weights back where without them these would grow beyond all bounds.
    let maybeLacks = prover.isStandingIn || prover.isAtWall && !hasAnswer
    if maybeLacks, try lacksRoom(outline) { return Finding(lacksRoom: true) }
    return Finding(
      bound: prover.boundWeights.flatMap {
        MoveWeights(outline, weights: $0, rooms: rooms, workers: task.workers)
      })
  }

  /// What must leave packed around residents at home, by annealing; `nil` when there was no room.
  private func settled(_ random: inout SeededGenerator) -> [Int]? {
    var search = task.homeSearch { _ in 1 }
    let isSmall = task.problem.blocks.count <= Self.fewBlocks
    search.effort = isSmall ? Self.packEffort.few : Self.packEffort.many
    let found = search.settle(on: hosts, &random, task.stopwatch.part(0.4))
    return found.flatMap { task.accepts($0) ? $0 : nil }
  }

  /// Whether weights prove that there is no room: with moves free of charge, what must leave weighs
  /// more than all hosts can gain.
  private func lacksRoom(_ outline: ChangeModel) throws(SolverFailure) -> Bool {
    let smooth = isFine(outline) ? FineWeights.smooth(outline) : nil
    let master = try ChangeMaster(
      outline, solver: task.solver, countsMoves: false, smooth: smooth, workers: task.workers)
    master.pricing.wantsOnlyBest = smooth != nil
    let last = try master.generate(rounds: ChangeMaster.roundLimit, stopwatch: task.stopwatch.part(0.5)) {
      relaxed in
      !relaxed.isStandingIn || master.bound ?? 0 > 0
    }
    return last != nil && master.bound ?? 0 > 0
  }

  private func search(
    _ master: ChangeMaster, _ space: SearchSpace, _ finding: inout Finding,
    _ random: inout SeededGenerator
  ) throws(SolverFailure) {
    let least = finding.bound?.moves ?? 0
    let meter = ObjectiveMeter(task.fleet)
    let assignment = ChangeAssignment(model: master.model, space: space)
    func isDone() -> Bool {
      finding.placement.map { meter.moves($0) <= least } ?? false || task.stopwatch.hasRunOut
    }
    func take(_ chosen: [Int]?) {
      guard let chosen, var arrangement = assignment.arrange(chosen.map { master.changes[$0] }) else {
        return
      }
      let trimming = MoveTrimming(space: space)
      trimming.run(&arrangement)
      trimming.lighten(&arrangement)
      let placement = task.problem.placement(ofBlocks: arrangement.hosts)
      guard task.accepts(placement) else { return }
      if let best = finding.placement, meter.moves(best) <= meter.moves(placement) { return }
      finding.placement = placement
    }
    for attempt in 0..<Self.dives {
      let ceiling = finding.placement.map { Double(meter.moves($0)) } ?? .infinity
      let dive = ChangeDive(
        master: master, stopwatch: task.stopwatch.part(0.5), noise: attempt == 0 ? 0 : 0.3)
      take(try dive.run(below: ceiling, &random))
      if isDone() { return }
      take(try choose(master, finding, least, columns: Self.firstColumns * (attempt + 1), &random))
      if isDone() { return }
    }
  }

  /// GLPK's choice among the changes that could be part of fewer moves.
  private func choose(
    _ master: ChangeMaster, _ finding: Finding, _ least: Int, columns: Int, _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [Int]? {
    guard let relaxed = try master.relax(), !relaxed.isStandingIn else { return nil }
    let meter = ObjectiveMeter(task.fleet)
    let ceiling = finding.placement.map { meter.moves($0) } ?? Int(relaxed.objective.rounded(.up)) + 4
    let gap = Double(ceiling - 1) - relaxed.objective + 1e-6
    guard gap >= 0 else { return nil }
    for _ in 0..<6 {
      let weights = relaxed.weights.map { weight in
        weight + (weight * (random.below(21) - 10)) / 100
      }
      master.addChanges(at: weights) { change in
        let worth = Double(master.pricing.worth(change, relaxed.weights)) / Double(ChangePricing.scale)
        return -(worth + relaxed.hostDuals[change.position]) <= gap
      }
    }
    guard let again = try master.relax() else { return nil }
    let useful = again.reducedCosts.indices.filter { again.reducedCosts[$0] <= gap }
      .sorted { (again.reducedCosts[$0], $0) < (again.reducedCosts[$1], $1) }
      .prefix(min(columns, Self.columnLimit)).sorted()
    return try master.choose(
      among: useful, cutoff: ceiling, knownBound: least, solver: task.solver,
      seconds: task.stopwatch.part(0.2).secondsLeft.map { min($0, 4) }, nodes: Self.nodeLimit)
  }

}

extension ChangeModel {
  /// Whether the weights of this model's classes prove what those of another, made for bounds, would.
  func proves(_ other: ChangeModel) -> Bool {
    let rooms = hosts.filter { !$0.residents.isEmpty || $0.takesIn }
    let others = other.hosts.filter { !$0.residents.isEmpty || $0.takesIn }
    guard isExact, other.isExact, classes.count == other.classes.count, Set(classes.map(\.set)).count == 1,
      classes.allSatisfy({ $0.cost == 1 }), grid.all == other.grid.all,
      rooms.map(\.host) == others.map(\.host),
      classes.map(\.blocks.count).sorted() == other.classes.map(\.blocks.count).sorted()
    else { return false }
    return zip(rooms, others).allSatisfy { a, b in
      a.free.only(grid.all) == b.free.only(grid.all) && a.residents.count == b.residents.count
    }
  }
}
