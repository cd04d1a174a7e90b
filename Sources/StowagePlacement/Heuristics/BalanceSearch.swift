import StowageFleet
import StowageModel

/// Levels a fleet step by step, each step the one that is worth most for its moves.
///
/// A step moves one block or swaps two. It is *worth* the sum of how far it lowers the highest
/// utilisation over ``worthwhileMaximum`` and how far it lowers the unevenness (see ``Levels``) over
/// ``worthwhileUnevenness``; it is taken if that is at least 1 for every VM that it moves away from
/// home, and never if the maximum would rise. Where the request states a least gain a move, that alone
/// is what a step is worth.
struct BalanceSearch {
  /// Lower maximum that is worth one move: half a percentage point. Chosen: less is within the noise
  /// of a week's measurements.
  static let worthwhileMaximum = 0.005
  /// Lower unevenness that is worth one move. Chosen: bringing two hosts from 3 points above and
  /// below the mean to the mean, 2 × 0.03² ≈ 0.002, is just worth it.
  static let worthwhileUnevenness = 0.002
  /// The fullest hosts whose blocks are considered in each step, and the emptiest hosts that may take
  /// them or swap with them. Chosen: small fleets are looked at whole; with hundreds of hosts the
  /// twentieth fullest is seldom the best to relieve, and its turn comes.
  private struct Reach {
    var sources: Int
    var targets: Int
    var swaps: Int

    init(hosts: Int) {
      (sources, targets, swaps) = hosts <= 64 ? (16, hosts, 16) : (6, 48, 8)
    }
  }

  let task: PlacementTask
  let hosts: [Int]
  /// How far each move must lower the maximum by request, in parts of 1.
  private let leastGain: Double?

  init(task: PlacementTask, hosts: [Int]) {
    self.task = task
    self.hosts = hosts
    leastGain = task.leastGain
  }

  private struct Step {
    var shifts: [(block: Int, to: Int)]
    var moves: Int
    var worth: Double
  }

  /// The placement levelled as far as it is worth.
  func improve(_ placement: [Int]) -> [Int] {
    var descent = task.descent(from: placement, on: hosts)
    var levels = Levels(task.fleet, loads: descent.arrangement.peakLoads)
    let reach = Reach(hosts: hosts.count)
    let accompanied = task.problem.accompanied
    while !task.stopwatch.hasRunOut, let step = bestStep(descent, levels, reach, accompanied) {
      let touched = descent.take(step.shifts, moves: step.moves)
      levels.update(touched, loads: descent.arrangement.peakLoads)
    }
    return descent.placement
  }

  // MARK: Steps

  private func bestStep(
    _ descent: Descent, _ levels: Levels, _ reach: Reach, _ accompanied: Set<Int>
  ) -> Step? {
    let arrangement = descent.arrangement
    let ranked = levels.fullestFirst
    var best: Step?
    func consider(_ shifts: [(block: Int, to: Int)], _ gain: (maximum: Double, unevenness: Double)) {
      let moves = shifts.reduce(0) { sum, shift in
        let from = Int(arrangement.hostOf[shift.block])
        return sum + task.problem.awayCount(shift.block, on: shift.to)
          - task.problem.awayCount(shift.block, on: from)
      }
      guard moves <= descent.movesLeft, gain.maximum > -1e-12 else { return }
      let worth =
        leastGain.map { gain.maximum / $0 }
        ?? gain.maximum / Self.worthwhileMaximum + gain.unevenness / Self.worthwhileUnevenness
      guard worth > 1e-6, worth >= Double(moves) else { return }
      let better = best.map { worth * Double(max(1, $0.moves)) > $0.worth * Double(max(1, moves)) } ?? true
      if better, descent.softChange(shifts) <= 1e-9 {
        best = Step(shifts: shifts, moves: moves, worth: worth)
      }
    }
    for source in ranked.prefix(reach.sources) {
      for block in arrangement.residents[source].map(Int.init).sorted() where !accompanied.contains(block) {
        for target in ranked.suffix(reach.targets).reversed()
        where target != source && arrangement.hasRoom(for: block, on: target) {
          consider([(block, target)], shiftGain(block, target, arrangement, levels))
        }
        for target in ranked.suffix(reach.swaps) where target != source {
          for other in arrangement.residents[target].map(Int.init).sorted() where !accompanied.contains(other)
          {
            guard canSwap(block, other, arrangement) else { continue }
            consider([(block, target), (other, source)], swapGain(block, other, arrangement, levels))
          }
        }
      }
    }
    return best
  }

  private func shiftGain(
    _ block: Int, _ target: Int, _ arrangement: Arrangement, _ levels: Levels
  ) -> (maximum: Double, unevenness: Double) {
    let source = Int(arrangement.hostOf[block])
    return levels.gain(
      source, arrangement.peakLoad(of: source, going: block),
      target, arrangement.peakLoad(of: target, coming: block))
  }

  private func swapGain(
    _ block: Int, _ other: Int, _ arrangement: Arrangement, _ levels: Levels
  ) -> (maximum: Double, unevenness: Double) {
    let (source, target) = (Int(arrangement.hostOf[block]), Int(arrangement.hostOf[other]))
    return levels.gain(
      source, arrangement.peakLoad(of: source, coming: other, going: block),
      target, arrangement.peakLoad(of: target, coming: block, going: other))
  }

  private func canSwap(_ block: Int, _ other: Int, _ arrangement: Arrangement) -> Bool {
    let space = arrangement.space
    let (source, target) = (Int(arrangement.hostOf[block]), Int(arrangement.hostOf[other]))
    guard space.allows(block, on: target), space.allows(other, on: source) else { return false }
    let difference = space.demand[block] - space.demand[other]
    guard (arrangement.load[source] - difference).fits(space.limit[source]),
      (arrangement.load[target] + difference).fits(space.limit[target]),
      arrangement.hoursPermit(block, on: target, after: other),
      arrangement.hoursPermit(other, on: source, after: block)
    else { return false }
    return arrangement.clashChange(swapping: block, other) == 0
  }
}
