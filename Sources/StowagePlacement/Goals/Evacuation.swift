import LinearOptimization
import StowageFleet
import StowageModel

/// Hosts emptied with the fewest moves, then the least memory moved, then the least utilisation of
/// the fullest host.
///
/// VMs that must leave are placed into what room there is, largest first and then in random orders.
/// If nobody else has to move for it, no plan has fewer moves. Otherwise residents make room: by
/// annealing in which every move costs, and by the program where the fleet is small enough; and are sent home again
/// where annealing finds a way.
struct Evacuation {
  let task: PlacementTask
  private let meter: ObjectiveMeter
  private let hosts: [Int]
  private var random: SeededGenerator

  /// Orders in which the leaving VMs are tried before residents are asked to make room.
  private static let restarts = 200
  /// Annealings with different random numbers.
  private static let annealings = 3
  /// The same from a placement that is known. Chosen: a second still finds a move in 120 now and then, a third hardly ever.
  private static let homings = 2

  init(_ task: PlacementTask) {
    self.task = task
    meter = ObjectiveMeter(task.fleet)
    hosts = task.eligibleHosts
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer() throws(SolverFailure) -> PlacementAnswer {
    var moves = ProvedBound(Double(MustMoveBound(task.fleet).moves), .mustMove)
    if let most = task.fleet.options.maxMoves, Int(moves.value) > most {
      return .infeasible(Infeasibility(conflicts: [.tooManyMoves(least: Int(moves.value), most: most)]))
    }
    let exact = ExactEvacuation(task: task, hosts: hosts)
    var certificate: Certificate?
    var best = filled()
    var isPacked = false
    if !exact.isQuick, best.map({ Double(meter.moves($0)) > moves.value }) ?? true {
      let found = try ChangeSearch(task: task, hosts: hosts).run(&random)
      if found.lacksRoom {
        return .infeasible(Infeasibility(conflicts: [.noRoom(vms: MustMoveBound(task.fleet).moves)]))
      }
      if let bound = found.bound, Double(bound.moves) > moves.value {
        moves.raise(to: Double(bound.moves), .moveWeights)
        certificate = Certificate(moveWeights: bound.certificate)
      }
      if let placement = found.placement, best.map({ meter.moves(placement) < meter.moves($0) }) ?? true {
        best = placement
        isPacked = found.isPacked
      }
    }
    task.tell(.moves, moves, value: best.map { Double(meter.moves($0)) })
    if !exact.isQuick, best == nil { best = fewestByAnnealing() }
    if !exact.isQuick, !isPacked, let found = best { best = sentHome(found, until: moves.value) }
    if exact.isWorthwhile, best.map({ Double(meter.moves($0)) > moves.value }) ?? true {
      let answer = try exact.fewestMoves()
      if answer.isInfeasible, task.provesBounds { return .infeasible(task.refuted) }
      if let found = answer.placement, best.map({ meter.moves(found) < meter.moves($0) }) ?? true {
        best = found
      }
      if task.provesBounds { moves.raise(to: answer.bound.map(ProvedBound.roundedUp), .branchAndBound) }
      if moves.proof == .branchAndBound { certificate = nil }
    }
    if exact.isQuick, best == nil { best = fewestByAnnealing() }
    guard var best else { return .undecided(task.undecided) }
    task.tell(.moves, moves, value: Double(meter.moves(best)))
    if let most = task.fleet.options.maxMoves, meter.moves(best) > most { return .undecided(task.undecided) }
    let moved = try leastMemory(&best, exact)
    best = levelled(best)
    return answer(best, moves, moved, certificate)
  }

  /// The fleet with everything kept and few moves, for a goal that goes on from there.
  mutating func mended() throws(SolverFailure) -> [Int]? {
    if let found = filled() { return found }
    let exact = ExactEvacuation(task: task, hosts: hosts)
    if exact.isQuick {
      let answer = try exact.fewestMoves()
      if let found = answer.placement { return found }
      if answer.isInfeasible, task.provesBounds { return nil }
    }
    return fewestByAnnealing()
  }

  // MARK: Moves

  private mutating func filled() -> [Int]? {
    EvacuationFill(task: task, hosts: hosts).place(restarts: Self.restarts, &random)
  }

  /// Fewer moves by annealing from a placement: residents are sent home while what must leave keeps to its room.
  private mutating func sentHome(_ placement: [Int], until bound: Double) -> [Int] {
    var search = task.homeSearch(weight: weight)
    search.effort = ChangeSearch.homeEffort
    let isOpen = task.problem.isOpen(hosts)
    guard Double(meter.moves(placement)) > bound else { return placement }
    let (homes, meter, stopwatch) = (search, meter, task.stopwatch)
    let starts = (0..<Self.homings).map { _ in SeededGenerator(seed: random.next()) }
    let found = task.workers.map(starts, until: { Double(meter.moves($0)) <= bound }) { start in
      var random = start
      return homes.improve(placement, isOpen: isOpen, &random, stopwatch.part(0.4))
    }
    return found.reduce(placement) { best, next in
      meter.moves(next) < meter.moves(best) && task.accepts(next) ? next : best
    }
  }

  /// What a VM that moves costs: moves first, memory as a tie-break. All memory together counts for half a move.
  private var weight: @Sendable (_ vm: Int) -> Double {
    let memory = task.fleet.vms.map(\.memoryMiB)
    let total = max(1, memory.reduce(0, +))
    return { 1 + 0.5 * memory[$0] / total }
  }

  private mutating func fewestByAnnealing() -> [Int]? {
    let search = MoveSearch(task: task, hosts: hosts, weight: weight)
    var best: [Int]?
    for _ in 0..<Self.annealings {
      let found = search.place(&random, task.stopwatch.part(0.4))
      if let found, best.map({ search.cost(found) < search.cost($0) }) ?? true { best = found }
      if task.stopwatch.hasRunOut { break }
    }
    return best
  }

  // MARK: Ties

  private func leastMemory(_ best: inout [Int], _ exact: ExactEvacuation) throws(SolverFailure) -> ProvedBound
  {
    var moved = ProvedBound(MustMoveBound(task.fleet).leavingMiB, .mustMove)
    guard meter.movedMiB(best) > moved.value, exact.isWorthwhile else { return moved }
    let answer = try exact.leastMemory(moves: meter.moves(best))
    if let found = answer.placement, meter.movedMiB(found) < meter.movedMiB(best) { best = found }
    if task.provesBounds { moved.raise(to: answer.bound, .branchAndBound) }
    return moved
  }

  private mutating func levelled(_ placement: [Int]) -> [Int] {
    let search = LevelSearch(task: task, hosts: hosts)
    let better = search.levelMoved(placement)
    return task.accepts(better) ? better : placement
  }

  private func answer(
    _ placement: [Int], _ moves: ProvedBound, _ moved: ProvedBound, _ certificate: Certificate?
  ) -> PlacementAnswer {
    let mean = ProvedBound(MeanLoadBound(task.fleet).utilisation, .meanLoad)
    return task.placed(
      placement,
      [
        task.noBrokenRules, moves.objective(.moves, value: Double(meter.moves(placement))),
        moved.objective(.movedMiB, value: meter.movedMiB(placement)),
        mean.objective(.maxUtilisation, value: meter.maxUtilisation(placement)),
      ], certificate: certificate)
  }
}
