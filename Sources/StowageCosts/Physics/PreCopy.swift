/// Iterative pre-copy, round by round, until the engine's stop rule holds: numbers only.
///
/// Round 0 sends all memory, round *i* what was dirtied during round *i − 1*. The VM pauses once
/// what is left fits into the limit at the payload rate.
public struct PreCopy: Hashable, Sendable {
  /// What the engine does when rounds do not shrink.
  public enum Stalling: Hashable, Sendable {
    /// Nothing: the move runs on for ever, or the platform aborts it.
    case endless
    /// Slows the guest down, in steps (QEMU's auto-converge; VMware's SDPS is modelled alike).
    case throttles
    /// Slows the guest down and doubles the limit at each step (Proxmox), up to 2 000 s.
    case throttlesAndDoublesLimit
  }

  /// How a run ended.
  public struct Outcome: Hashable, Sendable {
    /// From the command to the end, in s; for a run that does not converge, until that was plain.
    public var totalSeconds: Double
    /// The pause, in s; `nil` when the run does not converge.
    public var downtimeSeconds: Double?
    /// Sent, in MiB.
    public var sentMiB: Double
    /// Rounds while the VM runs; the last copy, in the pause, is not counted.
    public var rounds: Int
    /// Guest time lost to throttling, in s per vCPU.
    public var guestLossSeconds: Double
    /// The limit on the last copy at the end, in s: above the first where the platform doubles it.
    public var limitSeconds: Double
  }

  /// The longest last copy that the engine accepts, in s; above 0.
  public var limitSeconds: Double
  /// Before the first byte, in s.
  public var setUpSeconds: Double
  /// Device state and network announcement in the pause, in s.
  public var switchoverSeconds: Double
  /// What happens when rounds do not shrink.
  public var stalling: Stalling

  /// A pre-copy engine.
  public init(
    limitSeconds: Double, setUpSeconds: Double, switchoverSeconds: Double, stalling: Stalling = .endless
  ) {
    precondition(limitSeconds > 0, "the downtime limit must be above 0 s: \(limitSeconds)")
    self.limitSeconds = limitSeconds
    self.setUpSeconds = setUpSeconds
    self.switchoverSeconds = switchoverSeconds
    self.stalling = stalling
  }

  /// Runs the rounds at `rate` MiB/s.
  ///
  /// At most ``roundsCounted`` rounds are gone through one by one; what remains of a run that
  /// converges is summed in closed form, so the cost is bounded for every input.
  public func run(_ profile: MemoryProfile, rate: Double) -> Outcome {
    guard rate > 0 || profile.memoryMiB == 0 else { return neverEnds }
    var state = Rounds(profile: profile, rate: rate, limitSeconds: limitSeconds)
    while true {
      state.sendRound()
      if state.fits { return converged(state) }
      switch stalling {
      case .endless:
        if state.isStuck { return diverged(state) }
      case .throttles:
        if !state.throttleIfBad(doublesLimit: false), state.isThrottledOut, state.isStuck {
          return diverged(state)
        }
      case .throttlesAndDoublesLimit:
        if !state.throttleIfBad(doublesLimit: true), state.isThrottledOut, state.isAtLimitOfLimits,
          state.isStuck
        {
          return diverged(state)
        }
      }
      if state.rounds >= Self.roundsCounted, state.converges {
        state.leap()
        return converged(state)
      }
    }
  }

  /// Rounds gone through one by one before the closed form takes over.
  static let roundsCounted = 256

  private var neverEnds: Outcome {
    Outcome(
      totalSeconds: .infinity, downtimeSeconds: nil, sentMiB: 0, rounds: 0, guestLossSeconds: 0,
      limitSeconds: limitSeconds)
  }

  private func converged(_ state: Rounds) -> Outcome {
    let pause = state.restMiB > 0 ? state.restMiB / state.rate : 0
    return Outcome(
      totalSeconds: setUpSeconds + state.seconds + pause + switchoverSeconds,
      downtimeSeconds: pause + switchoverSeconds, sentMiB: state.sentMiB + state.restMiB,
      rounds: state.rounds, guestLossSeconds: state.guestLossSeconds,
      limitSeconds: state.limitSeconds)
  }

  private func diverged(_ state: Rounds) -> Outcome {
    Outcome(
      totalSeconds: setUpSeconds + state.seconds, downtimeSeconds: nil, sentMiB: state.sentMiB,
      rounds: state.rounds, guestLossSeconds: state.guestLossSeconds,
      limitSeconds: state.limitSeconds)
  }
}
