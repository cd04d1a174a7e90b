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

  /// Levels tried. Chosen: each halves a gap of some points; eight leave less than a tenth of one.
  private static let attempts = 8
  /// Rounds of pricing for one level. Chosen, like ``sizeLimit``, to be careful rather than measured.
  private static let roundLimit = 60
  /// Hosts times sizes beyond which no weights are looked for: each round solves a linear program with
  /// a row for every host and every size.
  private static let sizeLimit = 20_000

  /// A bound above `low`, if one below `high` can be proved.
  func raised(from low: Double, below high: Double) throws(SolverFailure) -> Finding? {
    let levels = UtilisationLevels(task.fleet)
    let stopwatch = task.stopwatch.part(0.1)
    var (reached, open) = (millionths(low), millionths(high))
    var finding: Finding?
    var known = Known()
    for _ in 0..<Self.attempts where open - reached > 1 && !stopwatch.hasRunOut {
      let middle = (reached + open) / 2
      let rooms = MoveRooms(levels, at: middle)
      let model = ChangeModel(rooms, classLimit: ChangeSearch.boundClassLimit)
      guard model.hosts.count * model.classes.count <= Self.sizeLimit else { return finding }
      if let weights = try weights(model, &known, stopwatch),
        let proved = MoveWeights(model, weights: weights, rooms: rooms), proved.moves > moves,
        let next = levels.next(above: middle)
      {
        finding = Finding(
          utilisation: next, certificate: .init(millionths: middle, weights: proved.certificate))
        reached = max(middle, millionths(next) - 1)
      } else {
        open = middle
      }
    }
    return finding
  }

  private func millionths(_ level: Double) -> Int {
    Int((min(max(0, level), 1) * Double(UtilisationLevels.whole)).rounded(.down))
  }

  /// What earlier levels taught: weights that ruled one out, and changes of hosts.
  private struct Known {
    var weights: [Int] = []
    var changes: [HostChange] = []
  }

  /// Weights that prove more moves than are allowed; `nil` when so many moves may do, or none were
  /// found in time.
  private func weights(
    _ model: ChangeModel, _ known: inout Known, _ stopwatch: Stopwatch
  ) throws(SolverFailure) -> [Int]? {
    let enough = moves * ChangePricing.scale
    let master = try ChangeMaster(model, solver: task.solver)
    if known.weights.count == model.classes.count {
      let tables = master.pricing.tables(known.weights)
      let offers = model.hosts.indices.map { master.pricing.offer($0, tables, wantsChanges: false) }
      if offers.allSatisfy(\.isComplete), let bound = master.pricing.bound(known.weights, offers),
        bound > enough
      {
        return known.weights
      }
    }
    for change in known.changes where model.permits(change) { master.add(change) }
    _ = try master.generate(rounds: Self.roundLimit, stopwatch: stopwatch) { relaxed in
      if master.bound ?? 0 > enough { return true }
      return !relaxed.isStandingIn && relaxed.objective <= Double(moves) + 1e-6
    }
    known.changes = master.changes
    guard let bound = master.bound, bound > enough, let weights = master.boundWeights else { return nil }
    known.weights = weights
    return weights
  }
}

extension ChangeModel {
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
