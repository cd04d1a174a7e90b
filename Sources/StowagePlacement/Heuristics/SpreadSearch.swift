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

  /// A placement that is no less even.
  func improve(_ base: [Int], _ random: inout SeededGenerator) -> [Int] {
    let meter = ObjectiveMeter(task.fleet)
    let descended = descended(from: base)
    let moves = task.fleet.options.maxMoves ?? meter.moves(descended)
    let annealing = SpreadAnnealing(task: task, hosts: hosts, mostMoves: moves)
    guard let annealed = annealing.improve(descended, &random), task.accepts(annealed),
      meter.loadSpread(annealed) < meter.loadSpread(descended) - Self.leastGain
    else { return descended }
    return annealed
  }

  // MARK: Descent

  /// The placement after steepest descent.
  func descended(from base: [Int]) -> [Int] {
    var descent = task.descent(from: base, on: hosts)
    var levels = SpreadLevels(task.fleet, loads: descent.arrangement.peakLoads)
    let accompanied = task.problem.accompanied
    while !task.stopwatch.hasRunOut, let step = bestStep(descent, levels, accompanied) {
      let touched = descent.take([(step.block, step.to)], moves: step.moves)
      levels.take(touched.map { ($0, descent.arrangement.peakLoad(of: $0)) })
    }
    return descent.placement
  }

  private func bestStep(
    _ descent: Descent, _ levels: SpreadLevels, _ accompanied: Set<Int>
  ) -> Descent.Shift? {
    let arrangement = descent.arrangement
    var best: Descent.Shift?
    let deviations = levels.deviations
    let (sources, targets) = ends(levels)
    for source in sources {
      for block in arrangement.residents[source].map(Int.init).sorted() where !accompanied.contains(block) {
        let left = arrangement.peakLoad(of: source, going: block)
        let away = task.problem.awayCount(block, on: source)
        for target in targets where target != source {
          let after = levels.deviations(
            source, left, target, arrangement.peakLoad(of: target, coming: block))
          let gain = deviations.sum - after.sum
          guard gain > Self.leastGain else { continue }
          let moves = task.problem.awayCount(block, on: target) - away
          let worth = gain / Double(max(1, moves))
          guard moves <= descent.movesLeft, best.map({ worth > $0.worth }) ?? true,
            isWorth(moves, from: deviations, to: after), arrangement.hasRoom(for: block, on: target),
            descent.softChange([(block, target)]) <= 1e-9
          else { continue }
          best = Descent.Shift(block: block, to: target, moves: moves, worth: worth)
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
