import StowageModel

/// A VM that dirties memory at least as fast as its move can carry it, so that pre-copy would not
/// come to an end.
struct FastWriter {
  /// Its move.
  let move: Move
  /// Rate at which it dirties its working set, in MiB/s.
  let dirtyMiBPerSecond: Double
  /// What the plan says against pre-copy.
  let because: String

  /// The fast writers among the moved VMs, fastest first.
  static func all(in input: ReportInput, names: Names) -> [FastWriter] {
    input.plan.moves.compactMap { move -> FastWriter? in
      guard move.technique != .preCopy || move.aid != nil,
        let rate = names.vm(move.vm)?.dirtyRateMiBPerSecond,
        move.rateMiBPerSecond > 0, rate >= move.rateMiBPerSecond,
        let preCopy = move.rejected.first(where: { $0.technique == .preCopy })
      else { return nil }
      return FastWriter(move: move, dirtyMiBPerSecond: rate, because: preCopy.because)
    }.sorted { ($1.dirtyMiBPerSecond, $0.move.id) < ($0.dirtyMiBPerSecond, $1.move.id) }
  }
}
