import Glibc
import StowageFleet
import StowageModel

/// Annealing for evenness with a limit on moves: single blocks go anywhere or home, two change places, and one goes home so
/// that another may go.
///
/// What is kept leaves no resource less even than it was before (see ``SpreadRun``).
struct SpreadAnnealing {
  let task: PlacementTask
  let hosts: [Int]
  let mostMoves: Int

  /// Changes tried in each run: for each block, at the least and at the most. Chosen: a tenth of a second for some hundred VMs,
  /// a second for ten thousand. Measured on 24 Ganeti clusters of 10 to 40 nodes: five times as many better none more.
  private static let stepsPerBlock = 1000
  private static let stepLimits = 200_000...4_000_000
  private static let runs = 4
  /// First temperature in parts of what the resource that is worst off costs, how it falls with many moves, of which each
  /// does less, and what is left of it at the end. Measured on the same clusters: from half of it to three times of what is
  /// left, one fewer ends better than it began.
  private static let heat = (first: 0.2, timesMoves: 7.0, cooling: 0.003)
  private static let stepsPerCheck = 1024

  /// A more even placement, if one is found.
  func improve(_ base: [Int], _ random: inout SeededGenerator) -> [Int]? {
    var best = SpreadRun(task: task, hosts: hosts, mostMoves: mostMoves, placement: base)
    guard best.isWorthwhile else { return nil }
    let steps = min(
      max(Self.stepLimits.lowerBound, Self.stepsPerBlock * task.problem.blocks.count),
      Self.stepLimits.upperBound)
    for _ in 0..<Self.runs {
      var run = best.restarted
      anneal(&run, steps, &random)
      if run.bestSpread < best.bestSpread { best = run }
      if task.stopwatch.hasRunOut { break }
    }
    return best.found
  }

  private func anneal(_ run: inout SpreadRun, _ steps: Int, _ random: inout SeededGenerator) {
    let first = min(Self.heat.first, Self.heat.timesMoves / Double(max(1, mostMoves)))
    let cooling = pow(Self.heat.cooling, Double(Self.stepsPerCheck) / Double(steps))
    var temperature = first
    for _ in 0..<max(1, steps / Self.stepsPerCheck) {
      for _ in 0..<Self.stepsPerCheck {
        run.propose(&random, temperature: temperature)
      }
      temperature *= cooling
      if task.stopwatch.hasRunOut { return }
    }
  }
}
