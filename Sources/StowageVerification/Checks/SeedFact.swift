public import StowageModel

/// Something about a copy of disks that is made ahead of a move.
public enum SeedFact: Hashable, Sendable {
  /// A copy that the request does not ask for, or of a move that takes no disks along cold.
  case notAsked(Move.ID)
  /// A copy that does not lie between the start of the plan and its move.
  case times(Move.ID, start: Double, end: Double, move: Double)
  /// Changes that are counted lower than the disks change.
  case change(Move.ID, stated: Double, actual: Double)
  /// A copy that does not send all of the disks and what changes meanwhile, or states another amount than it sends.
  case unfinished(Move.ID, sentMiB: Double, neededMiB: Double)
  /// Another rest for the move than what changes in an interval.
  case delta(Move.ID, stated: Double, actual: Double)
  /// Copies and changes that take more than their share of a channel.
  case share(channel: String, most: Double)

  var sentence: String {
    switch self {
    case .notAsked(let move):
      "the seed of move \(Words.name(move)) was not asked for, or the move takes no disks along cold"
    case .times(let move, let start, let end, let moveStart):
      "the seed of move \(Words.name(move)) lasts from \(Words.seconds(start)) to \(Words.seconds(end)), and must lie "
        + "before the move at \(Words.seconds(moveStart))"
    case .change(let move, let stated, let actual):
      "the seed of move \(Words.name(move)) counts \(Words.number(stated, decimals: 1)) MiB/s of changes, and the disks change at "
        + Words.number(actual, decimals: 1) + " MiB/s"
    case .unfinished(let move, let sent, let needed):
      "the seed of move \(Words.name(move)) sends \(Words.number(sent, decimals: 1)) MiB, and needs \(Words.number(needed, decimals: 1)) MiB with what changes "
        + "meanwhile"
    case .delta(let move, let stated, let actual):
      "the seed of move \(Words.name(move)) leaves \(Words.number(stated, decimals: 1)) MiB to the move, and must leave "
        + Words.number(actual, decimals: 1) + " MiB"
    case .share(let channel, let most):
      "seeds take more of \(Words.name(channel)) than their share of \(Words.number(most, decimals: 1)) MiB/s"
    }
  }
}
