/// A move between two QEMU processes with nothing around them: no management layer, no shutdown, no boot.
///
/// What is left of a forecast when orchestration is taken away, and so what can be held against a lab. Its
/// figures were measured with QEMU 10.0.2 under software emulation.
public struct BareQEMU: Hashable, Sendable {
  /// How a guest is moved.
  public enum Way: Hashable, Sendable {
    /// Paused from the first byte to the last.
    case paused
    /// Pre-copy, given up after so many rounds.
    case preCopy(maxRounds: Int)
    /// Pre-copy that slows the guest down (`auto-converge`), given up after so many rounds.
    case throttledPreCopy(maxRounds: Int)
    /// Pre-copy whose guest is paused after so many rounds.
    case stoppedPreCopy(afterRounds: Int)
    /// Post-copy from the start.
    case postCopy(preempts: Bool)
    /// One round of pre-copy, then post-copy.
    case hybrid(preempts: Bool)
  }

  /// What a move costs.
  public struct Outcome: Hashable, Sendable {
    /// From the command to the last byte, in s.
    public var totalSeconds: Double
    /// Sent, in MiB.
    public var sentMiB: Double
    /// From the last sign of life at the source to the first at the target, in s; `nil` for a move that does
    /// not come to an end.
    public var blackoutSeconds: Double?
  }

  /// `max-bandwidth` in MiB/s.
  public var capMiBPerSecond: Double
  /// The link in MiB/s, headers included; `nil` for one that is much faster than the cap.
  public var linkMiBPerSecond: Double?
  /// `downtime-limit` in s.
  public var limitSeconds: Double
  /// When the move is cancelled, in s.
  public var timeoutSeconds: Double
  /// The model's constants.
  public var constants = ModelConstants.standard

  /// An engine and its link.
  public init(
    capMiBPerSecond: Double, linkMiBPerSecond: Double?, limitSeconds: Double,
    timeoutSeconds: Double = .infinity
  ) {
    self.capMiBPerSecond = capMiBPerSecond
    self.linkMiBPerSecond = linkMiBPerSecond
    self.limitSeconds = limitSeconds
    self.timeoutSeconds = timeoutSeconds
  }

  /// Moves a guest; its figures are those of memory, headers not included.
  public func move(_ guest: MemoryProfile, zeroMiB: Double, way: Way) -> Outcome {
    let memory = onTheWire(guest, zeroMiB: zeroMiB)
    let rate = payloadMiBPerSecond
    let last = isCapped ? max(rate, constants.wire.loopbackMiBPerSecond) : rate
    switch way {
    case .paused:
      let seconds = constants.wire.bareSetUpSeconds + memory.memoryMiB / rate
      return outcome(seconds, memory.memoryMiB, blackout: seconds)
    case .preCopy(let most):
      return outcome(preCopy(.aborts(afterRounds: most)).run(memory, rate: rate, lastRate: last))
    case .throttledPreCopy(let most):
      return throttled(memory, rate: rate, lastRate: last, most: most)
    case .stoppedPreCopy(let most):
      return outcome(preCopy(.stops(afterRounds: most)).run(memory, rate: rate, lastRate: last))
    case .postCopy(let preempts):
      let run = postCopy.run(memory, rate: rate)
      return outcome(
        run.totalSeconds, run.sentMiB,
        blackout: blackout(preempts).postCopySeconds(memoryMiB: memory.memoryMiB, rate: rate))
    case .hybrid(let preempts):
      let run = postCopy.runHybrid(memory, rate: rate, under: preCopy(.endless), lastRate: last)
      let pause = run.lastCopySeconds.map { $0 + resumeSeconds }
      return outcome(
        run.totalSeconds, run.sentMiB,
        blackout: pause ?? blackout(preempts).hybridSeconds(windowSeconds: run.windowSeconds, rate: rate))
    }
  }

  /// A throttled run that needs more rounds than are allowed was given up.
  private func throttled(_ memory: MemoryProfile, rate: Double, lastRate: Double, most: Int) -> Outcome {
    let run = preCopy(.throttles).run(memory, rate: rate, lastRate: lastRate)
    guard run.rounds >= most else { return outcome(run) }
    return outcome(preCopy(.aborts(afterRounds: most)).run(memory, rate: rate, lastRate: lastRate))
  }

  private var isCapped: Bool {
    linkMiBPerSecond.map { $0 * constants.wire.frameEfficiency > constants.wire.capped(capMiBPerSecond) }
      ?? true
  }

  private var payloadMiBPerSecond: Double {
    let capped = constants.wire.capped(capMiBPerSecond)
    return linkMiBPerSecond.map { min(capped, $0 * constants.wire.frameEfficiency) } ?? capped
  }

  private func onTheWire(_ guest: MemoryProfile, zeroMiB: Double) -> MemoryProfile {
    MemoryProfile(
      memoryMiB: constants.wire.mib(writtenMiB: guest.memoryMiB, zeroMiB: zeroMiB),
      workingSetMiB: guest.workingSetMiB * constants.wire.pageOverhead,
      hotMiBPerSecond: guest.hotMiBPerSecond * constants.wire.pageOverhead,
      coldMiBPerSecond: guest.coldMiBPerSecond * constants.wire.pageOverhead, pattern: guest.pattern)
  }

  private func preCopy(_ stalling: PreCopy.Stalling) -> PreCopy {
    PreCopy(
      limitSeconds: limitSeconds, setUpSeconds: constants.wire.bareSetUpSeconds,
      switchoverSeconds: resumeSeconds, stalling: stalling,
      stopRule: isCapped ? .qemuCapped : .qemuUncapped, abortSeconds: timeoutSeconds,
      constants: constants.rounds)
  }

  private var postCopy: PostCopy {
    PostCopy(
      setUpSeconds: constants.wire.bareSetUpSeconds, stateSeconds: 0, roundTripSeconds: 0,
      constants: constants.rounds)
  }

  /// From the last byte to the guest's next sign of life. On one machine the guest waits for a CPU that both
  /// engines are busy on.
  private var resumeSeconds: Double {
    constants.blackout.stateSeconds + (linkMiBPerSecond == nil ? constants.blackout.loopbackWaitSeconds : 0)
  }

  private func blackout(_ preempts: Bool) -> Blackout {
    Blackout(
      bottleneck: isCapped ? .engine : .link, preempts: preempts, constants: constants.blackout)
  }

  /// The engine's own total ends with the last byte, before the guest resumes.
  private func outcome(_ run: PreCopy.Outcome) -> Outcome {
    let resume = run.downtimeSeconds == nil ? 0 : resumeSeconds
    return outcome(run.totalSeconds - resume, run.sentMiB, blackout: run.downtimeSeconds)
  }

  private func outcome(_ seconds: Double, _ mib: Double, blackout: Double?) -> Outcome {
    Outcome(
      totalSeconds: seconds, sentMiB: mib + (blackout == nil ? 0 : constants.wire.deviceStateMiB),
      blackoutSeconds: blackout)
  }
}
