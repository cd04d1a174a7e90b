/// What one pass of pre-copy leaves to a switch-over, as the engine's stop rule has it.
struct FirstPass {
  /// From the first byte to the switch-over, in s.
  let seconds: Double
  /// Sent before it, in MiB.
  let sentMiB: Double
  /// Left to send, in MiB.
  let restMiB: Double
  /// Whether the rest fits into the limit, so that the move ends as a pre-copy.
  let fits: Bool

  /// One pass at `rate` MiB/s under an engine that stops as `engine` does.
  init(_ profile: MemoryProfile, rate: Double, engine: PreCopy) {
    var state = engine.rounds(of: profile, rate: rate)
    state.sendRound()
    if case .looks = engine.stopRule, !state.fits { state.sendOneLook() }
    seconds = state.seconds
    sentMiB = state.sentMiB
    restMiB = state.restMiB
    fits = state.fits
  }
}
