import LinearOptimization
import StowageFleet
import StowageModel

/// No plan with at most *K* moves has a lower highest utilisation: with every host kept to a level
/// below, weights for sizes of VMs prove that more than *K* must move (see ``ChangeModel``).
///
/// Unlike ``CountingBound`` it also counts who takes in what others give away, and what must leave
/// there to make room. Halving finds how high a level can be ruled out.
struct LevelBound {
  let task: PlacementTask
  let moves: Int

  /// What is proved.
  struct Finding {
    let utilisation: Double
    let certificate: Certificate.LevelWeights
  }

  /// Levels tried. Chosen: each leaves two thirds or one of a gap of some points; seven leave tenths.
  private static let attempts = 7
  /// How far above what is proved, in parts, the first of them is. Chosen: the counted bound of fleets of 1000 hosts
  /// was 3.3 to 3.6 % below what weights prove. At least an eighth of the gap, for a bound that says next to nothing.
  private static let firstStep = 0.04
  /// Rounds of pricing for one level. Chosen, like ``sizeLimit``, to be careful rather than measured.
  private static let roundLimit = 60
  /// Hosts times sizes beyond which no weights are looked for: each round solves a linear program with
  /// a row for every host of a group and every size.
  private static let sizeLimit = 200_000
  /// Hosts of a group at most. Weights found for a group of hosts that are like all of them are good ones for all,
  /// and are then counted on all.
  private static let groupSize = 100

  /// A bound above `low`, if one below `high` can be proved.
  func raised(from low: Double, below high: Double) throws(SolverFailure) -> Finding? {
    let levels = UtilisationLevels(task.fleet)
    let stopwatch = task.stopwatch.part(0.3)
    var (reached, open) = (millionths(low, .down), millionths(high, .down))
    var finding: Finding?
    // Changes of hosts from earlier levels are where the next begins.
    var known: [HostChange] = []
    let step = max(Int(Double(reached) * Self.firstStep), (open - reached) / 8)
    var middle = reached + min(step, (open - reached) / 2)
    for _ in 0..<Self.attempts where open - reached > 1 && !stopwatch.hasRunOut {
      let rooms = MoveRooms(levels, at: middle)
      let model = ChangeModel(rooms, classLimit: ChangeSearch.boundClassLimit, resources: .three)
      guard model.hosts.count * model.classes.count <= Self.sizeLimit else { return finding }
      if let weights = try weights(model, &known, stopwatch),
        let proved = MoveWeights(model, weights: weights, rooms: rooms, workers: task.workers),
        proved.moves > moves,
        let next = levels.next(above: middle)
      {
        finding = Finding(
          utilisation: next, certificate: .init(millionths: middle, weights: proved.certificate))
        reached = max(middle, millionths(next, .up) - 1)
      } else {
        // Down to the level below which hosts hold less: none between asks anything new.
        open = levels.floor(middle)
      }
      middle = reached + (open - reached) * 2 / 3
    }
    return finding
  }

  private func millionths(_ level: Double, _ rule: FloatingPointRoundingRule) -> Int {
    Int((min(max(0, level), 1) * Double(UtilisationLevels.whole)).rounded(rule))
  }

  /// Weights that may prove more moves than are allowed, of a group of hosts where there are many; `nil` when none
  /// were found in time, or so many moves plainly do.
  private func weights(
    _ whole: ChangeModel, _ known: inout [HostChange], _ stopwatch: Stopwatch
  ) throws(SolverFailure) -> [Int]? {
    let group = HostGroups(whole, size: Self.groupSize).groups[0]
    let isWhole = group.positions.count == whole.hosts.count
    let model = isWhole ? whole : whole.part(group)
    let share = Double(model.memberCount) / Double(max(1, whole.memberCount))
    let allowed = Double(moves) * (isWhole ? 1 : share)
    let enough = Int(allowed * Double(ChangePricing.scale))
    let master = try ChangeMaster(model, solver: task.solver, workers: task.workers)
    master.pricing.wantsOnlyBest = true
    for change in known where model.permits(change) { master.add(change) }
    // What a group proves is near what the whole does, not the same: in between, both are looked at.
    let margin = isWhole ? 0 : Self.margin
    _ = try master.generate(rounds: Self.roundLimit, stopwatch: stopwatch) { relaxed in
      if Double(master.bound ?? 0) > Double(enough) * (1 + margin) { return true }
      return !relaxed.isStandingIn && relaxed.objective <= allowed * (1 - margin) + 1e-6
    }
    known = master.changes
    guard let bound = master.bound, Double(bound) > Double(enough) * (1 - margin) else { return nil }
    return master.boundWeights
  }

  /// By how much, in parts, a group's moves may be off. Chosen: twice what was seen in groups of 100 hosts.
  private static let margin = 0.04
}

extension ChangeModel {
  /// Blocks that may move.
  fileprivate var memberCount: Int { classes.reduce(0) { $0 + $1.blocks.count } }

  /// Whether a change found at another level is a change of the same VMs here, and legal.
  fileprivate func permits(_ change: HostChange) -> Bool {
    guard hosts.indices.contains(change.position) else { return false }
    let room = hosts[change.position]
    guard change.leavers.allSatisfy(room.residents.indices.contains),
      change.entering.allSatisfy(classes.indices.contains)
    else { return false }
    var free = change.leavers.reduce(room.free) { $0 + room.residents[$1].demand }
    for index in change.entering { free = free - classes[index].demand }
    return Resource.allCases.allSatisfy { free[$0] >= 0 }
  }
}
