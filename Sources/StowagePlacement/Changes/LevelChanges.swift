import LinearOptimization
import StowageFleet
import StowageModel

/// Placements with no usable host above a level, by changes of hosts (see ``ChangeModel``): in groups of hosts that are
/// alike a linear program finds the fewest moves, and a dive rounds it.
///
/// Groups make the work grow with the number of hosts, not faster: VMs are exchanged within them only,
/// which in groups of many hosts costs few moves.
struct LevelChanges {
  let task: PlacementTask
  let hosts: [Int]
  private let levels: UtilisationLevels

  /// Hosts that are one group at most; and hosts of a group where there are more. Measured on fleets of 1000: with
  /// 100 and 400 columns a round, the first level that is tried was missed on two of seven, with these on none.
  private static let smallSize = 100
  private static let groupSize = 80
  private static let groupColumns = 250
  /// Hosts beyond which nothing is tried. Chosen: a group takes a second or less, and there is a minute.
  private static let hostLimit = 2000
  private static let roundLimit = 60

  init(task: PlacementTask, hosts: [Int]) {
    self.task = task
    self.hosts = hosts
    levels = UtilisationLevels(task.fleet)
  }

  /// A placement within the moves whose fullest host is as near to the bound as is found, and below `high`.
  func lowered(
    moves: Int, bound: Double, below high: Double, _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [Int]? {
    guard hosts.count <= Self.hostLimit else { return nil }
    let meter = ObjectiveMeter(task.fleet)
    let stopwatch = task.stopwatch.part(0.5)
    var (low, high) = (bound, high)
    var level = isLarge ? min(bound * (1 + Self.firstStep), (low + high) / 2) : (low + high) / 2
    var best: [Int]?
    for _ in 0..<(isLarge ? Self.fewAttempts : Self.attempts)
    where level < high && high - low > Self.worthwhile * bound && !stopwatch.hasRunOut {
      let found = try placement(atMost: Int(level * Double(UtilisationLevels.whole)), stopwatch, &random)
      if let found, task.accepts(found), meter.maxUtilisation(found) < high {
        best = found
        high = meter.maxUtilisation(found)
        if isLarge { break }
      } else {
        low = level
      }
      guard isLarge else {
        level = (low + high) / 2
        continue
      }
      // So many moves too many ask for a level higher by an eighth of that, and a little.
      let excess = found.map { Double(meter.moves($0)) / Double(max(1, moves)) - 1 } ?? Self.firstStep
      level *= 1 + max(0.005, 0.15 * excess)
    }
    return best
  }

  /// Levels tried.
  private static let attempts = 5
  /// The same where each takes seconds, and how far above the bound, in parts, the first of them is.
  private static let fewAttempts = 2
  private static let firstStep = 0.028
  /// A lower maximum by less than this part of the bound is not looked for.
  private static let worthwhile = 0.003

  /// A placement with no usable host above a level and few moves; `nil` when none is found.
  private func placement(
    atMost millionths: Int, _ stopwatch: Stopwatch, _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [Int]? {
    let limits = levels.limits(at: millionths)
    guard let problem = task.problem.limited(to: limits).settlingDomains() else { return nil }
    let model = ChangeModel(
      problem, eligible: hosts, classLimit: ChangeSearch.planClassLimit, resources: .three)
    var changes: [HostChange] = []
    var weights: [Int] = []
    for group in HostGroups(model, size: isLarge ? Self.groupSize : Self.smallSize).groups {
      guard let chosen = try fewestChanges(model.part(group), stopwatch, &weights, &random) else {
        return nil
      }
      changes += chosen.map {
        HostChange(
          position: group.positions[$0.position], leavers: $0.leavers, entering: $0.entering, cost: $0.cost)
      }
    }
    let assignment = ChangeAssignment(model: model, space: SearchSpace(problem, open: hosts), displaces: true)
    guard var arrangement = assignment.arrange(changes) else { return nil }
    if !isLarge { MoveTrimming(space: assignment.space).run(&arrangement) }
    return task.problem.placement(ofBlocks: arrangement.hosts)
  }

  /// Changes of a group's hosts; what they leave without room is left to the others. Weights of one group are where
  /// the next begins.
  private func fewestChanges(
    _ model: ChangeModel, _ stopwatch: Stopwatch, _ weights: inout [Int], _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [HostChange]? {
    let master = try ChangeMaster(model, solver: task.solver, workers: task.workers)
    master.pricing.wantsOnlyBest = true
    if isLarge { master.columnsPerRound = Self.groupColumns }
    for part in weights.isEmpty ? [] : [100, 90, 110] {
      master.addChanges(at: weights.map { $0 * part / 100 }) { _ in true }
    }
    let tolerance = isLarge ? 0.15 : 0.01
    _ = try master.generate(rounds: Self.roundLimit, stopwatch: stopwatch) { relaxed in
      guard !relaxed.isStandingIn, let bound = master.bound else { return false }
      return Double(bound) / Double(ChangePricing.scale) >= relaxed.objective * (1 - tolerance)
    }
    weights = master.boundWeights ?? weights
    var dive = ChangeDive(master: master, stopwatch: stopwatch, noise: 0)
    dive.roundsPerStep = isLarge ? 1 : 3
    dive.share = isLarge ? 0.1 : 0.02
    dive.leavesRest = true
    return try dive.run(below: .infinity, &random)?.map { master.changes[$0] }
  }

  private var isLarge: Bool { hosts.count > Self.smallSize }
}
