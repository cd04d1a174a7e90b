import StowageFleet
import StowageModel

/// A placement that is bettered step by step, with what steps are weighed by: where blocks are, what soft rules cost, and how
/// many moves may still be made.
struct Descent {
  /// One block that goes to another host.
  struct Shift {
    let block: Int
    let to: Int
    let moves: Int
    let worth: Double
  }

  private let task: PlacementTask
  private let start: [Int]
  private(set) var arrangement: Arrangement
  private(set) var soft: RuleLedger
  private(set) var movesLeft: Int
  private var steps: [PlacementTask.Shifts] = []

  init(task: PlacementTask, start: [Int], arrangement: Arrangement) {
    self.task = task
    self.start = start
    self.arrangement = arrangement
    soft = task.softRules.ledger.filled(start)
    movesLeft = (task.fleet.options.maxMoves ?? Int.max) - ObjectiveMeter(task.fleet).moves(start)
  }

  /// Takes a step that makes so many moves more.
  ///
  /// - Returns: the hosts that it concerns.
  mutating func take(_ shifts: PlacementTask.Shifts, moves: Int) -> [Int] {
    let hosts = shifts.flatMap { [Int(arrangement.hostOf[$0.block]), $0.to] }
    for shift in shifts {
      let from = Int(arrangement.hostOf[shift.block])
      for vm in task.problem.blocks[shift.block] {
        soft.leave(vm, from)
        soft.enter(vm, shift.to)
      }
    }
    for shift in shifts { arrangement.take(shift.block) }
    for shift in shifts { arrangement.place(shift.block, on: shift.to) }
    movesLeft -= moves
    steps.append(shifts)
    return hosts
  }

  /// What a step adds to the cost of soft rules.
  func softChange(_ shifts: PlacementTask.Shifts) -> Double {
    task.problem.softChange(shifts, arrangement, soft)
  }

  /// The placement after the longest run of its steps that keeps everything asked.
  var placement: [Int] { task.longestAccepted(start, steps) }
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
