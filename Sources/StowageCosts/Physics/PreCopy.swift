/// Iterative pre-copy, round by round, until the engine's stop rule holds: numbers only.
///
/// Round 0 sends all memory, round *i* what was dirtied during round *i − 1*. The VM pauses once
/// what is left fits into the limit at the payload rate.
public struct PreCopy: Hashable, Sendable {
  /// What the engine does when rounds do not shrink.
  public enum Stalling: Hashable, Sendable {
    /// Nothing: the move runs on for ever.
    case endless
    /// Gives the move up when so many rounds were sent and the rest still does not fit.
    case aborts(afterRounds: Int)
    /// Pauses the VM after so many rounds, however much is left (Xen, Hyper-V).
    case stops(afterRounds: Int)
    /// Slows the guest down, in steps (QEMU's auto-converge; VMware's SDPS is modelled alike).
    case throttles
    /// Slows the guest down and doubles the limit at each step (Proxmox), up to 2 000 s.
    case throttlesAndDoublesLimit
    /// Holds what the guest dirties to so much, in MiB/s (QEMU's dirty-limit): vCPUs that write wait.
    case limitsDirtying(mibPerSecond: Double)
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
    /// CPU time of making pages smaller, in s.
    public var encodingSeconds = 0.0
  }

  /// The longest last copy that the engine accepts, in s; above 0.
  public var limitSeconds: Double
  /// Before the first byte, in s.
  public var setUpSeconds: Double
  /// Device state and network announcement in the pause, in s.
  public var switchoverSeconds: Double
  /// What happens when rounds do not shrink.
  public var stalling: Stalling
  /// When the engine looks whether the rest fits.
  public var stopRule: StopRule
  /// How the limit grows.
  public var limitSchedule: LimitSchedule
  /// When the platform gives a move up, in s after the first byte; infinite for never.
  public var abortSeconds: Double
  /// Steps of the throttle, and what is left of the first pass.
  public var constants: RoundConstants
  /// What is done to pages on their way.
  public var reduction = PageReduction.none

  /// A pre-copy engine.
  public init(
    limitSeconds: Double, setUpSeconds: Double, switchoverSeconds: Double, stalling: Stalling = .endless,
    stopRule: StopRule = .endOfRound, limitSchedule: LimitSchedule = .fixed, abortSeconds: Double = .infinity,
    constants: RoundConstants = RoundConstants()
  ) {
    precondition(limitSeconds > 0, "the downtime limit must be above 0 s: \(limitSeconds)")
    self.limitSeconds = limitSeconds
    self.setUpSeconds = setUpSeconds
    self.switchoverSeconds = switchoverSeconds
    self.stalling = stalling
    self.stopRule = stopRule
    self.limitSchedule = limitSchedule
    self.abortSeconds = abortSeconds
    self.constants = constants
  }

  /// Runs the rounds at `rate` MiB/s; the last copy, in the pause, at `lastRate`, which is another where
  /// the engine limits its own rate only while the guest runs.
  ///
  /// At most ``roundsCounted`` rounds are gone through one by one; what remains of a run that
  /// converges is summed in closed form, so the cost is bounded for every input.
  public func run(_ profile: MemoryProfile, rate: Double, lastRate: Double? = nil) -> Outcome {
    guard rate > 0 || profile.memoryMiB == 0 else { return neverEnds }
    var state = rounds(of: profile, rate: rate)
    while true {
      state.sendRound()
      if state.seconds > abortSeconds { return aborted(state) }
      if isGivenUp(state) { return diverged(state) }
      if state.fits { return converged(state, lastRate: lastRate) }
      if isOver(&state) {
        if case .stops = stalling { return stopped(state, lastRate: lastRate) }
        guard !state.isAtLastLimit else { return diverged(state) }
        state.waitForNextLimit()
        if state.seconds > abortSeconds { return aborted(state) }
        if state.fits { return converged(state, lastRate: lastRate) }
        continue
      }
      if state.rounds >= Self.roundsCounted {
        guard state.converges else { return diverged(state) }
        state.leap()
        return state.seconds > abortSeconds ? aborted(state) : converged(state, lastRate: lastRate)
      }
    }
  }

  func rounds(of profile: MemoryProfile, rate: Double) -> Rounds {
    Rounds(
      profile: profile, rate: rate, limitSeconds: limitSeconds, rule: stopRule, schedule: limitSchedule,
      reduction: reduction, constants: constants)
  }

  /// Rounds gone through one by one before the closed form takes over.
  static let roundsCounted = 256

  /// Whether the engine gives up before it asks whether the rest fits.
  private func isGivenUp(_ state: Rounds) -> Bool {
    if case .aborts(let most) = stalling { state.rounds >= most } else { false }
  }

  /// Whether nothing more is to be gained; throttles the guest where the engine does.
  private func isOver(_ state: inout Rounds) -> Bool {
    switch stalling {
    case .endless: state.isStuck
    case .aborts: false
    case .stops(let most): state.rounds >= most
    case .throttles:
      !state.throttleIfBad(doublesLimit: false) && state.isThrottledOut && state.isStuck
    case .throttlesAndDoublesLimit:
      !state.throttleIfBad(doublesLimit: true) && state.isThrottledOut && state.isAtLimitOfLimits
        && state.isStuck
    case .limitsDirtying(let most): !state.limitIfBad(mibPerSecond: most) && state.isStuck
    }
  }

  private var neverEnds: Outcome {
    Outcome(
      totalSeconds: .infinity, downtimeSeconds: nil, sentMiB: 0, rounds: 0, guestLossSeconds: 0,
      limitSeconds: limitSeconds)
  }

  private func converged(_ state: Rounds, lastRate: Double?) -> Outcome {
    ended(state, pause: state.restMiB > 0 ? state.restMiB / (lastRate ?? state.rate) : 0)
  }

  /// The engine goes on limiting its rate until the rest fits into the limit.
  private func stopped(_ state: Rounds, lastRate: Double?) -> Outcome {
    let quick = min(state.restMiB, state.limitSeconds * state.rate)
    return ended(
      state, pause: (state.restMiB - quick) / state.rate + quick / (lastRate ?? state.rate))
  }

  private func ended(_ state: Rounds, pause: Double) -> Outcome {
    Outcome(
      totalSeconds: setUpSeconds + state.seconds + pause + switchoverSeconds,
      downtimeSeconds: pause + switchoverSeconds, sentMiB: state.sentMiB + state.restSentMiB,
      rounds: state.rounds, guestLossSeconds: state.guestLossSeconds,
      limitSeconds: state.limitSeconds, encodingSeconds: state.encodingSeconds + state.restEncodingSeconds)
  }

  private func diverged(_ state: Rounds) -> Outcome {
    Outcome(
      totalSeconds: setUpSeconds + state.seconds, downtimeSeconds: nil, sentMiB: state.sentMiB,
      rounds: state.rounds, guestLossSeconds: state.guestLossSeconds,
      limitSeconds: state.limitSeconds, encodingSeconds: state.encodingSeconds)
  }

  private func aborted(_ state: Rounds) -> Outcome {
    var outcome = diverged(state)
    outcome.totalSeconds = setUpSeconds + abortSeconds
    outcome.sentMiB = min(outcome.sentMiB, abortSeconds * state.rate)
    return outcome
  }
}
