import StowageModel

/// A plan makes no more moves, and moves no more memory, than `max_moves` and `move_budget` allow.
struct MoveLimitCheck {
  let rule: Rule.ID
  /// Whose moves count; `nil` for all.
  let members: [Int]?

  func count(_ replay: Replay, atMost limit: Int) -> [RuleFact] {
    let count = own(replay).count
    return count > limit ? [.moves(rule, count: count, limit: limit)] : []
  }

  func memory(_ replay: Replay, atMostMiB limit: Double) -> [RuleFact] {
    let moved = own(replay).reduce(0) { $0 + replay.roster.vms[$1.vm].memoryMiB }
    return moved > limit ? [.movedMemory(rule, mib: moved, limit: limit)] : []
  }

  private func own(_ replay: Replay) -> [Movement] {
    guard let members else { return replay.movements }
    let counted = Set(members)
    return replay.movements.filter { counted.contains($0.vm) }
  }
}
