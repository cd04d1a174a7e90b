import LinearOptimization
import StowageFleet
import StowageModel

/// The lowest highest utilisation that a number of moves reaches, and what is proved about it.
///
/// Hosts that give away as little as can be come first, then, while a gap is left: the integer program of a small fleet,
/// bounds by weights, changes of hosts, and annealing level by level (see ``PeakSearch``, ``ExactBalance``,
/// ``LevelBound`` and ``LevelChanges``).
struct LimitedBalance {
  let task: PlacementTask
  let hosts: [Int]
  let moves: Int
  private let meter: ObjectiveMeter
  private let peaks: PeakSearch
  private(set) var maximum: ProvedBound
  private(set) var certificate: Certificate?

  /// Utilisations that differ by less are the same.
  private static let rounding = 1e-9

  init(_ task: PlacementTask, hosts: [Int], moves: Int, maximum: ProvedBound) {
    self.task = task
    self.hosts = hosts
    self.moves = moves
    self.maximum = maximum
    meter = ObjectiveMeter(task.fleet)
    self.maximum.raise(
      to: CountingBound(task.fleet, moves: moves, reliefs: HostRelief.ofHosts(task.fleet)).utilisation,
      .counting)
    peaks = PeakSearch(task, hosts: hosts)
  }

  /// A placement with a lower maximum, if one is found.
  mutating func lowered(
    _ base: [Int], _ exact: ExactBalance, _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [Int]? {
    var best = peaks.relieved(base, bound: maximum.value) ?? base
    tell(best)
    if isOpen(best), exact.isWorthwhile { take(try settled(exact), &best) }
    if isOpen(best) { try raiseByWeights(below: meter.maxUtilisation(best)) }
    if isOpen(best) {
      let (bound, reached) = (maximum.value, meter.maxUtilisation(best))
      let changed = try LevelChanges(task: task, hosts: hosts)
        .lowered(moves: moves, bound: bound, below: reached, &random)
      take(changed ?? peaks.annealed(best, bound: bound, &random), &best)
    }
    return best == base ? nil : best
  }

  /// Whether a placement is above what is proved.
  private func isOpen(_ placement: [Int]) -> Bool {
    maximum.leavesGap(to: meter.maxUtilisation(placement))
  }

  private func take(_ found: [Int]?, _ best: inout [Int]) {
    guard let found, meter.maxUtilisation(found) < meter.maxUtilisation(best) - Self.rounding else { return }
    best = found
    tell(best)
  }

  private func tell(_ placement: [Int]) {
    task.tell(.maxUtilisation, maximum, value: meter.maxUtilisation(placement))
  }

  // MARK: Programs

  /// What the integer program says, with the fewest moves that reach it.
  private mutating func settled(_ exact: ExactBalance) throws(SolverFailure) -> [Int]? {
    let lowest = try exact.lowestMaximum()
    if task.provesBounds { maximum.raise(to: lowest.bound, .branchAndBound) }
    guard let found = lowest.placement else { return nil }
    return try exact.fewestMoves(maximum: meter.maxUtilisation(found)).placement ?? found
  }

  private mutating func raiseByWeights(below reached: Double) throws(SolverFailure) {
    guard
      let found = try LevelBound(task: task, moves: moves).raised(from: maximum.value, below: reached),
      found.utilisation > maximum.value
    else { return }
    maximum.raise(to: found.utilisation, .levelWeights)
    certificate = Certificate(levelWeights: found.certificate)
  }
}
