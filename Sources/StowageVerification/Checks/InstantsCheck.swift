import StowageModel

/// Whether the instants of each move are numbers in their order.
///
/// A live move charges the target from its start and the source until its end. A cold move goes
/// start ≤ source released ≤ target reserved ≤ end.
struct InstantsCheck {
  func run(_ plan: Plan) -> [Finding] {
    plan.moves.flatMap { move in
      let bad = noInstants(move)
      let facts = bad.isEmpty ? disorder(move) : bad
      let instant = move.startSeconds.isFinite && bad.isEmpty ? move.startSeconds : nil
      return facts.map { Finding(at: instant, .move(move.id), .timing($0)) }
    }
  }

  private func fields(_ move: Move) -> [(TimingFact.Field, Double)] {
    [
      (.start, move.startSeconds), (.sourceReleased, move.sourceReleasedSeconds),
      (.targetReserved, move.targetReservedSeconds), (.end, move.endSeconds),
    ]
  }

  private func noInstants(_ move: Move) -> [TimingFact] {
    fields(move).filter { !($0.1 >= 0 && $0.1.isFinite) }.map { .noInstant(move.id, $0.0, value: $0.1) }
  }

  private func disorder(_ move: Move) -> [TimingFact] {
    guard move.technique.isLive else {
      let ordered = fields(move)
      return zip(ordered, ordered.dropFirst()).filter { $1.1 < $0.1 }.map {
        .outOfOrder(move.id, $1.0, value: $1.1, notBefore: $0.0, limit: $0.1)
      }
    }
    var facts: [TimingFact] = []
    if move.endSeconds < move.startSeconds {
      facts.append(
        .outOfOrder(move.id, .end, value: move.endSeconds, notBefore: .start, limit: move.startSeconds))
    }
    if move.sourceReleasedSeconds != move.endSeconds {
      facts.append(
        .liveCharge(move.id, .sourceReleased, value: move.sourceReleasedSeconds, must: move.endSeconds))
    }
    if move.targetReservedSeconds != move.startSeconds {
      facts.append(
        .liveCharge(move.id, .targetReserved, value: move.targetReservedSeconds, must: move.startSeconds))
    }
    return facts
  }
}
