import StowageModel

/// Whether every move starts only when the moves in its `after` have released their sources (or,
/// for earlier moves of the same VM, have ended), and its wave follows from them.
struct AfterCheck {
  private let moves: [Move]
  private let index: [Move.ID: Int]
  /// Whether waves are groups of moves that were asked for, and not the depth of waits.
  private let hasWaves: Bool

  init(_ plan: Plan) {
    moves = plan.moves
    hasWaves = plan.options.waves != nil
    index = Dictionary(zip(plan.moves.map(\.id), plan.moves.indices), uniquingKeysWith: { first, _ in first })
  }

  func run() -> [Finding] {
    let (waves, circles) = waves()
    return moves.flatMap(waits) + circles.map(circle)
      + zip(moves, waves).compactMap { move, wave in
        guard let wave, !hasWaves, wave != move.wave else { return nil }
        return finding(move, .wave(move.id, stated: move.wave, actual: wave))
      }
  }

  private func waits(_ move: Move) -> [Finding] {
    move.after.compactMap { id in
      guard let other = index[id].map({ moves[$0] }) else {
        return finding(move, .waitsForUnknown(move.id, id))
      }
      let isSameVM = other.vm == move.vm
      let until = isSameVM ? other.endSeconds : other.sourceReleasedSeconds
      guard !(move.startSeconds >= until) else { return nil }
      return finding(
        move,
        .tooEarly(
          move.id, startSeconds: move.startSeconds, waitsFor: id, field: isSameVM ? .end : .sourceReleased,
          untilSeconds: until))
    }
  }

  /// The wave of every move, `nil` for moves that wait in a circle or for one that does; and the circles.
  ///
  /// Kahn's algorithm: a move is numbered once all that it waits for are.
  private func waves() -> (waves: [Int?], circles: [[Int]]) {
    let waitsFor = moves.map { move in Set(move.after.compactMap { index[$0] }).sorted() }
    var waiters = [[Int]](repeating: [], count: moves.count)
    for (move, others) in waitsFor.enumerated() {
      for other in others { waiters[other].append(move) }
    }
    var open = waitsFor.map(\.count)
    var waves = [Int?](repeating: nil, count: moves.count)
    var ready = moves.indices.filter { open[$0] == 0 }
    while let move = ready.popLast() {
      waves[move] = 1 + (waitsFor[move].compactMap { waves[$0] }.max() ?? 0)
      for waiter in waiters[move] {
        open[waiter] -= 1
        if open[waiter] == 0 { ready.append(waiter) }
      }
    }
    return (waves, circles(among: moves.indices.filter { waves[$0] == nil }, waitsFor))
  }

  /// One circle for each group of stuck moves: following any wait among them must come back.
  private func circles(among stuck: [Int], _ waitsFor: [[Int]]) -> [[Int]] {
    let isStuck = Set(stuck)
    var seen: Set<Int> = []
    var circles: [[Int]] = []
    for first in stuck where !seen.contains(first) {
      var trail: [Int] = []
      var place: [Int: Int] = [:]
      var at: Int? = first
      while let move = at, seen.insert(move).inserted {
        place[move] = trail.count
        trail.append(move)
        at = waitsFor[move].first { isStuck.contains($0) }
      }
      if let back = at.flatMap({ place[$0] }) { circles.append(Array(trail[back...])) }
    }
    return circles
  }

  private func circle(_ members: [Int]) -> Finding {
    Finding(.plan, .timing(.waitsInCircle(members.map { moves[$0].id })))
  }

  private func finding(_ move: Move, _ fact: TimingFact) -> Finding {
    Finding(at: move.startSeconds.isFinite ? move.startSeconds : nil, .move(move.id), .timing(fact))
  }
}
