import StowageModel

/// Which moves a move waits for, and when the last VM leaves a host: looked up, as a plan of thousands of
/// moves asks thousands of times.
struct MoveOrder {
  private let moves: [Move]
  /// Positions of the moves of an id: one each, unless somebody wrote the plan by hand.
  private let positions: [Move.ID: [Int]]
  private let lastWaves: [Host.ID: Int]

  init(_ moves: [Move]) {
    self.moves = moves
    positions = Dictionary(grouping: moves.indices) { moves[$0].id }
    let leaving = Dictionary(grouping: moves.indices) { moves[$0].from }
    lastWaves = leaving.compactMapValues { positions in
      positions.max { (moves[$0].endSeconds, moves[$0].id) < (moves[$1].endSeconds, moves[$1].id) }
        .map { moves[$0].wave }
    }
  }

  /// The moves that a move waits for, in the plan's order; those that the plan does not hold are left out.
  func awaited(by move: Move) -> [Move] {
    Set(move.after).flatMap { positions[$0] ?? [] }.sorted().map { moves[$0] }
  }

  /// The wave of the move that is the last to leave a host; `nil` when none leaves it.
  func lastWave(from host: Host.ID) -> Int? { lastWaves[host] }
}
