import StowageFleet
import StowageModel

/// Lowers what hosts hold above targets of utilisation, step by step, each step the one that takes off most for its moves.
struct TargetSearch {
  let task: PlacementTask
  let hosts: [Int]

  /// Hosts above a target that are looked at together: the first so many, and the next where nobody can leave these.
  private static let reach = 16
  /// A step that takes off less is rounding.
  private static let leastGain = 1e-9

  /// A placement with less above the targets.
  func improve(_ base: [Int]) -> [Int] {
    var descent = task.descent(from: base, on: hosts)
    let accompanied = task.problem.accompanied
    while !task.stopwatch.hasRunOut, let step = bestStep(descent, accompanied) {
      _ = descent.take([(step.block, step.to)], moves: step.moves)
    }
    return descent.placement
  }

  private func bestStep(_ descent: Descent, _ accompanied: Set<Int>) -> Descent.Shift? {
    let arrangement = descent.arrangement
    var over: [(host: Int, above: Double)] = []
    for host in hosts {
      let above = excess(arrangement.peakLoad(of: host), on: host)
      if above > 0 { over.append((host, above)) }
    }
    over.sort { $0.above != $1.above ? $0.above > $1.above : $0.host < $1.host }
    for first in stride(from: 0, to: over.count, by: Self.reach) {
      let step = bestStep(from: over[first...].prefix(Self.reach), descent, accompanied)
      if let step { return step }
    }
    return nil
  }

  /// The step that takes off most for its moves from some hosts, given with how far they are above targets.
  private func bestStep(
    from over: ArraySlice<(host: Int, above: Double)>, _ descent: Descent, _ accompanied: Set<Int>
  ) -> Descent.Shift? {
    let arrangement = descent.arrangement
    var best: Descent.Shift?
    for (source, above) in over {
      for block in arrangement.residents[source].map(Int.init).sorted() where !accompanied.contains(block) {
        let relief = above - excess(arrangement.peakLoad(of: source, going: block), on: source)
        let away = task.problem.awayCount(block, on: source)
        for target in hosts where target != source && relief > Self.leastGain {
          let before = excess(arrangement.peakLoad(of: target), on: target)
          let added = excess(arrangement.peakLoad(of: target, coming: block), on: target) - before
          let gain = relief - added
          let moves = task.problem.awayCount(block, on: target) - away
          let worth = gain / Double(max(1, moves))
          guard gain > Self.leastGain, moves <= descent.movesLeft, best.map({ worth > $0.worth }) ?? true,
            arrangement.hasRoom(for: block, on: target),
            descent.softChange([(block, target)]) <= 1e-9
          else { continue }
          best = Descent.Shift(block: block, to: target, moves: moves, worth: worth)
        }
      }
    }
    return best
  }

  /// The utilisation of a host above its targets with a load.
  private func excess(_ load: LoadVector, on host: Int) -> Double {
    let meter = ObjectiveMeter(task.fleet)
    return Resource.allCases.reduce(0) { $0 + meter.excess(of: host, $1, load: load[$1]) }
  }
}
