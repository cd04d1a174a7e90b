import StowageFleet
import StowageModel

/// Makes every resource lie evenly, with few moves.
///
/// First the steepest descent: again and again the block goes where that lowers the sum of the standard deviations most
/// (see ``SpreadLevels``). Then, with no more moves than that took or the request allows, annealing over shifts, exchanges and ways home
/// looks for a lower sum that leaves no resource less even than the descent did.
struct SpreadSearch {
  let task: PlacementTask
  let hosts: [Int]

  /// Hosts up to which every block is tried on every host in each step; beyond, this many of the highest give and of the
  /// lowest take. Chosen: a step over 128 hosts takes some ten milliseconds.
  private static let wholeLimit = 128
  private static let reach = 48
  /// How far each move must lower the squared deviations, summed over hosts, on the mean of the resources, where the
  /// number of moves is not limited: as for ``BalanceSearch``.
  private static let worthwhileUnevenness = BalanceSearch.worthwhileUnevenness
  /// A lower sum by less than this is rounding.
  private static let leastGain = 1e-9

  private struct Step {
    let block: Int
    let to: Int
    let moves: Int
    let worth: Double
  }

  /// A placement that is no less even.
  func improve(_ base: [Int], _ random: inout SeededGenerator) -> [Int] {
    let meter = ObjectiveMeter(task.fleet)
    let descended = descended(from: base)
    let moves = task.fleet.options.maxMoves ?? meter.moves(descended)
    let annealing = SpreadAnnealing(task: task, hosts: hosts, mostMoves: moves)
    guard let annealed = annealing.improve(descended, &random), task.accepts(annealed),
      meter.loadSpread(annealed) < meter.loadSpread(descended)
    else { return descended }
    return annealed
  }

  // MARK: Descent

  /// The placement after steepest descent.
  func descended(from base: [Int]) -> [Int] {
    var arrangement = task.arrangement(base, on: hosts)
    var levels = SpreadLevels(task.fleet, loads: arrangement.peakLoads)
    var soft = task.softRules.ledger.filled(base)
    var left = (task.fleet.options.maxMoves ?? Int.max) - ObjectiveMeter(task.fleet).moves(base)
    var steps: [PlacementTask.Shifts] = []
    let movable = movable
    while !task.stopwatch.hasRunOut, let step = bestStep(arrangement, levels, soft, movable, movesLeft: left)
    {
      let from = Int(arrangement.hostOf[step.block])
      for vm in task.problem.blocks[step.block] {
        soft.leave(vm, from)
        soft.enter(vm, step.to)
      }
      arrangement.shift(step.block, to: step.to)
      levels.take([from, step.to].map { ($0, arrangement.peakLoad(of: $0)) })
      left -= step.moves
      steps.append([(step.block, step.to)])
    }
    return task.longestAccepted(base, steps)
  }

  /// Blocks that may move by themselves: no rack or site is shared with others.
  private var movable: [Bool] {
    var movable = [Bool](repeating: true, count: task.problem.blocks.count)
    for block in task.problem.together.flatMap(\.blocks) { movable[block] = false }
    return movable
  }

  private func bestStep(
    _ arrangement: Arrangement, _ levels: SpreadLevels, _ soft: RuleLedger, _ movable: [Bool], movesLeft: Int
  ) -> Step? {
    var best: Step?
    let deviations = levels.deviations
    let (sources, targets) = ends(levels)
    for source in sources {
      for block in arrangement.residents[source].map(Int.init).sorted() where movable[block] {
        let left = arrangement.peakLoad(of: source, going: block)
        let away = task.problem.awayCount(block, on: source)
        for target in targets where target != source {
          let after = levels.deviations(
            source, left, target, arrangement.peakLoad(of: target, coming: block))
          let gain = deviations.sum - after.sum
          guard gain > Self.leastGain else { continue }
          let moves = task.problem.awayCount(block, on: target) - away
          let worth = gain / Double(max(1, moves))
          guard moves <= movesLeft, best.map({ worth > $0.worth }) ?? true,
            isWorth(moves, from: deviations, to: after), arrangement.hasRoom(for: block, on: target),
            task.problem.softChange([(block, target)], arrangement, soft) <= 1e-9
          else { continue }
          best = Step(block: block, to: target, moves: moves, worth: worth)
        }
      }
    }
    return best
  }

  /// Hosts that may give and hosts that may take.
  private func ends(_ levels: SpreadLevels) -> (sources: [Int], targets: [Int]) {
    guard hosts.count > Self.wholeLimit else { return (hosts, hosts) }
    let heights = levels.heights
    let ranked = hosts.sorted { heights[$0] != heights[$1] ? heights[$0] > heights[$1] : $0 < $1 }
    return (Array(ranked.prefix(Self.reach)), Array(ranked.suffix(Self.reach)))
  }

  /// Whether so many moves are worth what they bring: as far as the request asks; within its limit on moves anything; else what
  /// is above noise.
  private func isWorth(_ moves: Int, from old: LoadVector, to new: LoadVector) -> Bool {
    guard moves > 0 else { return true }
    if let leastGain = task.leastGain { return old.sum - new.sum >= leastGain * Double(moves) }
    if task.fleet.options.maxMoves != nil { return true }
    let usable = Double(task.fleet.hosts.count { $0.isUsableAsTarget })
    let resources = Double(max(1, ObjectiveMeter(task.fleet).spreadResources.count))
    let squares = ((old * old).sum - (new * new).sum) * usable / resources
    return squares >= Self.worthwhileUnevenness * Double(moves)
  }
}

extension Problem {
  /// What shifts add to the cost of soft rules.
  func softChange(
    _ shifts: [(block: Int, to: Int)], _ arrangement: Arrangement, _ soft: RuleLedger
  ) -> Double {
    guard !soft.isIdle else { return 0 }
    return soft.change(
      shifts.flatMap { shift in
        blocks[shift.block].map {
          RuleLedger.Shift(vm: $0, from: Int(arrangement.hostOf[shift.block]), to: shift.to)
        }
      })
  }
}
