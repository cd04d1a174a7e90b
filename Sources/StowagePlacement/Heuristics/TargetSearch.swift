import StowageFleet
import StowageModel

/// Lowers what hosts hold above targets of utilisation, step by step, each step the one that takes off most for its moves.
struct TargetSearch {
  let task: PlacementTask
  let hosts: [Int]

  /// Hosts above a target that are looked at in each step.
  private static let reach = 16
  /// A step that takes off less is rounding.
  private static let leastGain = 1e-9

  private struct Step {
    let block: Int
    let to: Int
    let moves: Int
    let worth: Double
  }

  /// A placement with less above the targets.
  func improve(_ base: [Int]) -> [Int] {
    var arrangement = task.arrangement(base, on: hosts)
    var soft = task.softRules.ledger.filled(base)
    var left = (task.fleet.options.maxMoves ?? Int.max) - ObjectiveMeter(task.fleet).moves(base)
    var steps: [PlacementTask.Shifts] = []
    let accompanied = Set(task.problem.together.flatMap(\.blocks))
    while !task.stopwatch.hasRunOut, let step = bestStep(arrangement, soft, accompanied, movesLeft: left) {
      let from = Int(arrangement.hostOf[step.block])
      for vm in task.problem.blocks[step.block] {
        soft.leave(vm, from)
        soft.enter(vm, step.to)
      }
      arrangement.shift(step.block, to: step.to)
      left -= step.moves
      steps.append([(step.block, step.to)])
    }
    return task.longestAccepted(base, steps)
  }

  private func bestStep(
    _ arrangement: Arrangement, _ soft: RuleLedger, _ accompanied: Set<Int>, movesLeft: Int
  ) -> Step? {
    var over: [(host: Int, above: Double)] = []
    for host in hosts {
      let above = excess(arrangement.peakLoad(of: host), on: host)
      if above > 0 { over.append((host, above)) }
    }
    over.sort { $0.above != $1.above ? $0.above > $1.above : $0.host < $1.host }
    var best: Step?
    for (source, above) in over.prefix(Self.reach) {
      for block in arrangement.residents[source].map(Int.init).sorted() where !accompanied.contains(block) {
        let relief = above - excess(arrangement.peakLoad(of: source, going: block), on: source)
        let away = task.problem.awayCount(block, on: source)
        for target in hosts where target != source && relief > Self.leastGain {
          let before = excess(arrangement.peakLoad(of: target), on: target)
          let added = excess(arrangement.peakLoad(of: target, coming: block), on: target) - before
          let gain = relief - added
          let moves = task.problem.awayCount(block, on: target) - away
          let worth = gain / Double(max(1, moves))
          guard gain > Self.leastGain, moves <= movesLeft, best.map({ worth > $0.worth }) ?? true,
            arrangement.hasRoom(for: block, on: target),
            task.problem.softChange([(block, target)], arrangement, soft) <= 1e-9
          else { continue }
          best = Step(block: block, to: target, moves: moves, worth: worth)
        }
      }
    }
    return best
  }

  /// The utilisation of a host above its targets with a load.
  private func excess(_ load: LoadVector, on host: Int) -> Double {
    guard task.fleet.hosts[host].isUsableAsTarget else { return 0 }
    var sum = 0.0
    for resource in Resource.allCases {
      guard let target = task.fleet.options.targetPercent[resource],
        let limit = task.fleet.capacity[host][resource], limit > 0
      else { continue }
      sum += max(0, load[resource] / Double(limit) - target / 100)
    }
    return sum
  }
}
