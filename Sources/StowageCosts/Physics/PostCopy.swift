/// Post-copy: the VM is switched over first and fetches its memory afterwards; and hybrid, which
/// sends one pass before. Numbers only.
///
///     post-copy   T = c0 + s + M/b            sent M        window M/b
///     hybrid      T = c0 + M/b + s + r/b      sent M + r    window r/b,  r = U(M/b)
///
/// with *s* the time to send CPU and device state. During the window the VM's memory lies on both
/// hosts, and it is lost when either fails (Hines, Deshpande, Gopalan, SIGOPS OSR 2009).
public struct PostCopy: Hashable, Sendable {
  /// What such a move costs.
  public struct Outcome: Hashable, Sendable {
    /// From the command to the last page, in s.
    public var totalSeconds: Double
    /// Sent, in MiB.
    public var sentMiB: Double
    /// Time in which a failure of either host loses the VM, in s.
    public var windowSeconds: Double
    /// Guest time lost waiting for pages, in s: an upper bound.
    public var stallSeconds: Double
    /// The last copy of a hybrid that ended as a pre-copy, in s; `nil` for one that was switched over.
    public var lastCopySeconds: Double?
  }

  /// Before the first byte, in s.
  public var setUpSeconds: Double
  /// To send CPU and device state, in s. The guest's own blackout is longer: ``Blackout``.
  public var stateSeconds: Double
  /// Round trip between the hosts, in s.
  public var roundTripSeconds: Double
  /// The part of a working set that is asked for, and the page.
  public var constants: RoundConstants

  /// A post-copy engine on a path.
  public init(
    setUpSeconds: Double, stateSeconds: Double, roundTripSeconds: Double,
    constants: RoundConstants = RoundConstants()
  ) {
    self.constants = constants
    self.setUpSeconds = setUpSeconds
    self.stateSeconds = stateSeconds
    self.roundTripSeconds = roundTripSeconds
  }

  /// Pure post-copy at `rate` MiB/s.
  public func run(_ profile: MemoryProfile, rate: Double) -> Outcome {
    let window = Self.seconds(toSend: profile.memoryMiB, rate: rate)
    return Outcome(
      totalSeconds: setUpSeconds + stateSeconds + window, sentMiB: profile.memoryMiB,
      windowSeconds: window,
      stallSeconds: stall(onMiB: profile.workingSetMiB, rate: rate, windowSeconds: window))
  }

  /// One pre-copy pass, then post-copy, at `rate` MiB/s.
  public func runHybrid(_ profile: MemoryProfile, rate: Double) -> Outcome {
    let pass = Self.seconds(toSend: profile.memoryMiB, rate: rate)
    let rest = profile.dirtyMiB(after: pass)
    let window = Self.seconds(toSend: rest, rate: rate)
    return Outcome(
      totalSeconds: setUpSeconds + pass + stateSeconds + window, sentMiB: profile.memoryMiB + rest,
      windowSeconds: window,
      stallSeconds: stall(onMiB: min(rest, profile.workingSetMiB), rate: rate, windowSeconds: window))
  }

  /// One pass under the stop rule of `engine`, then post-copy, at `rate` MiB/s; what fits into the engine's
  /// limit at the end goes at `lastRate`.
  ///
  /// The engine learns of the switch-over one look after the pass. A rest that fits into its limit by then
  /// is sent in a pause, and the move ends as a pre-copy: nothing is at risk.
  public func runHybrid(
    _ profile: MemoryProfile, rate: Double, under engine: PreCopy, lastRate: Double? = nil
  ) -> Outcome {
    let pass = FirstPass(profile, rate: rate, engine: engine)
    let last = lastRate ?? rate
    if pass.fits {
      let pause = Self.seconds(toSend: pass.restMiB, rate: last)
      return Outcome(
        totalSeconds: setUpSeconds + pass.seconds + stateSeconds + pause,
        sentMiB: pass.sentMiB + pass.restMiB, windowSeconds: 0, stallSeconds: 0, lastCopySeconds: pause)
    }
    let quick = min(pass.restMiB, engine.limitSeconds * rate)
    let window =
      Self.seconds(toSend: pass.restMiB - quick, rate: rate) + Self.seconds(toSend: quick, rate: last)
    return Outcome(
      totalSeconds: setUpSeconds + pass.seconds + stateSeconds + window,
      sentMiB: pass.sentMiB + pass.restMiB, windowSeconds: window,
      stallSeconds: stall(
        onMiB: min(pass.restMiB, profile.workingSetMiB), rate: rate, windowSeconds: window))
  }

  /// A pre-copy under `engine` that is switched over when the engine would give it up, at `rate` MiB/s.
  ///
  /// One that ends in time ends as a pre-copy. At the time-out what is left is what rounds have stopped at, or, within
  /// the first of them, what was not sent and what was dirtied since.
  public func runUntilTimeout(_ profile: MemoryProfile, rate: Double, under engine: PreCopy) -> Outcome {
    let run = engine.run(profile, rate: rate)
    if let pause = run.downtimeSeconds {
      return Outcome(
        totalSeconds: run.totalSeconds, sentMiB: run.sentMiB, windowSeconds: 0, stallSeconds: 0,
        lastCopySeconds: pause - engine.switchoverSeconds)
    }
    let before = engine.abortSeconds
    guard before.isFinite else { return self.run(profile, rate: rate) }
    let sent = before * rate
    let rest =
      sent < profile.memoryMiB
      ? profile.memoryMiB - sent + profile.dirtyMiB(after: before) * sent / profile.memoryMiB
      : max(profile.unsendableMiB(at: rate), min(profile.memoryMiB, engine.limitSeconds * rate))
    let window = Self.seconds(toSend: rest, rate: rate)
    return Outcome(
      totalSeconds: setUpSeconds + before + stateSeconds + window, sentMiB: sent + rest,
      windowSeconds: window,
      stallSeconds: stall(onMiB: min(rest, profile.workingSetMiB), rate: rate, windowSeconds: window))
  }

  /// Waiting for pages that the guest needs before the stream brings them: *φ·w/page·(rtt + page/b)*,
  /// at most the window.
  ///
  /// An upper bound: no stalls were measured.
  private func stall(onMiB workingSet: Double, rate: Double, windowSeconds: Double) -> Double {
    let page = constants.faultedPageMiB
    let faults = constants.faultShare * workingSet / page
    guard faults > 0 else { return 0 }
    return min(windowSeconds, faults * (roundTripSeconds + page / rate))
  }

  /// Seconds to send `amount` MiB; 0 for nothing, whatever the rate.
  static func seconds(toSend amount: Double, rate: Double) -> Double {
    amount > 0 ? amount / rate : 0
  }
}
