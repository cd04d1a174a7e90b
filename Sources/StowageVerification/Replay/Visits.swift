/// A host that a plan answers for having a VM on: one that it enters, or where it stays to the end.
struct Visit {
  let host: Int
  let instant: Double
}

extension Replay {
  /// The hosts that a VM's moves bring it to, when each is reserved; for a VM without moves, where
  /// it stays, at the end. Where a VM is before it moves away is nobody's doing.
  func visits(of vm: Int) -> [Visit] {
    guard let own = movementsOfVM[vm] else {
      return endHost[vm].map { [Visit(host: $0, instant: lastEnd)] } ?? []
    }
    return own.map { Visit(host: movements[$0].to, instant: movements[$0].reserved) }
  }
}
