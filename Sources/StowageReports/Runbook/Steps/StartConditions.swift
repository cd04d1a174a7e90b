import StowageModel

/// What each move of a plan waits for when a script executes it, so that what runs at once in reality
/// ran at once in the plan.
///
/// Steps do not start by the clock: real moves are faster or slower than planned. A move waits for
/// those that the plan names under `after`, and for every move that shares a host or a link with it and
/// ends in the plan before it starts. Then any set of moves that are under way together on one host or
/// link overlap in the plan pair by pair; intervals that overlap pair by pair have an instant in common
/// (Helly's theorem on a line), so that their rates and demands were all allowed together at that instant.
///
/// Of the moves to wait for, those are left out that another one of them waits for on the same host or
/// link anyway.
struct StartConditions: Sendable {
  /// What one move waits for, in the order of the plan.
  struct Condition: Sendable {
    /// Positions of moves that must have ended.
    var ended: [Int] = []
    /// Positions of cold moves whose VM must have been shut down.
    var released: [Int] = []
    /// For a cold move: positions of moves that must have left its target before the VM starts there.
    var endedBeforeRestart: [Int] = []
  }

  /// By position in ``moves``.
  let conditions: [Condition]
  /// The moves, by start, then by end, then by id.
  let moves: [Move]
  /// With which wave a script executes each move: its own, or a later one when it has to wait for a
  /// move of that wave on the same host or link. No move waits for one of a later wave then.
  let waves: [Int]

  init(_ moves: [Move]) {
    let sorted = moves.sorted {
      ($0.startSeconds, $0.endSeconds, $0.id) < ($1.startSeconds, $1.endSeconds, $1.id)
    }
    let positions = Dictionary(sorted.enumerated().map { ($1.id, $0) }) { first, _ in first }
    var users: [String: [Int]] = [:]
    for (position, move) in sorted.enumerated() {
      for user in Self.shared(move) { users[user, default: []].append(position) }
    }
    var ended = [Set<Int>](repeating: [], count: sorted.count)
    var released = [Set<Int>](repeating: [], count: sorted.count)
    for (position, move) in sorted.enumerated() {
      for other in move.after.compactMap({ positions[$0] }) where other != position {
        if sorted[other].endSeconds <= move.startSeconds {
          ended[position].insert(other)
        } else if sorted[other].technique == .cold, sorted[other].sourceReleasedSeconds <= move.startSeconds {
          released[position].insert(other)
        }
      }
    }
    for positions in users.values {
      Self.chain(positions, sorted) { ended[$0].insert($1) }
    }
    let conditions = sorted.indices.map { position in
      Condition(
        ended: ended[position].sorted(), released: released[position].subtracting(ended[position]).sorted(),
        endedBeforeRestart: Self.leaving(sorted, before: position))
    }
    self.moves = sorted
    self.conditions = conditions
    waves = Self.waves(sorted, conditions)
  }

  private static func waves(_ moves: [Move], _ conditions: [Condition]) -> [Int] {
    var waves = moves.map(\.wave)
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (position, condition) in conditions.enumerated() {
        let others = condition.ended + condition.released + condition.endedBeforeRestart
        let latest = others.map { waves[$0] }.max() ?? 0
        if latest > waves[position] {
          waves[position] = latest
          isSettled = false
        }
      }
    }
    return waves
  }

  /// The hosts and links that a move takes part in.
  private static func shared(_ move: Move) -> Set<String> {
    Set(move.links.map { "link \($0)" } + ["host \(move.from.rawValue)", "host \(move.to.rawValue)"])
  }

  /// For each move of one host or link: those that end before it starts, save those that an earlier one
  /// of them waits for already.
  private static func chain(_ positions: [Int], _ moves: [Move], _ add: (Int, Int) -> Void) {
    let byEnd = positions.sorted { (moves[$0].endSeconds, $0) < (moves[$1].endSeconds, $1) }
    var count = 0
    var latest = -1
    var recent: [Int] = []
    for position in positions {
      let start = moves[position].startSeconds
      var grown = false
      while count < byEnd.count, moves[byEnd[count]].endSeconds <= start {
        let other = byEnd[count]
        // A move of no length ends when it starts: it must not wait for itself, nor for a later one.
        guard other < position else { break }
        count += 1
        // Positions are in the order of starts.
        latest = max(latest, other)
        recent.append(other)
        grown = true
      }
      if grown { recent.removeAll { $0 < latest && moves[$0].endSeconds <= moves[latest].startSeconds } }
      for other in recent where other != position { add(position, other) }
    }
  }

  /// Moves that leave the target of a cold move while its VM is stopped.
  private static func leaving(_ moves: [Move], before position: Int) -> [Int] {
    let move = moves[position]
    guard move.technique == .cold, move.targetReservedSeconds > move.startSeconds else { return [] }
    return moves.indices.filter { other in
      other != position && moves[other].from == move.to && moves[other].endSeconds > move.startSeconds
        && moves[other].sourceReleasedSeconds <= move.targetReservedSeconds
        && moves[other].startSeconds < move.targetReservedSeconds
    }
  }
}
