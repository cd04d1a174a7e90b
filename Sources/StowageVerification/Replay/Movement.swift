import StowageModel

/// A move of the plan whose VM and hosts are known and whose instants are numbers.
struct Movement: Sendable {
  /// Position in the plan.
  let position: Int
  let id: Move.ID
  let vm: Int
  let from: Int
  let to: Int
  let start: Double
  let end: Double
  /// When the source stops being charged.
  let released: Double
  /// When the target starts being charged.
  let reserved: Double

  /// `nil` for a move that cannot be replayed at all.
  ///
  /// Instants out of order are findings of their own; here they are brought into order, so that
  /// the rest of the plan can still be judged.
  init?(_ move: Move, at position: Int, roster: Roster) {
    guard let vm = roster.vmIndex[move.vm], roster.startHost[vm] != nil,
      let from = roster.hostIndex[move.from],
      let to = roster.hostIndex[move.to]
    else { return nil }
    let instants = [
      move.startSeconds, move.endSeconds, move.sourceReleasedSeconds, move.targetReservedSeconds,
    ]
    guard instants.allSatisfy(\.isFinite) else { return nil }
    self.position = position
    id = move.id
    self.vm = vm
    self.from = from
    self.to = to
    start = move.startSeconds
    end = max(start, move.endSeconds)
    if move.technique.isLive {
      released = end
      reserved = start
    } else {
      released = min(max(start, move.sourceReleasedSeconds), end)
      reserved = min(max(released, move.targetReservedSeconds), end)
    }
  }
}
