import Glibc

/// How long the guest stands still when it is switched over before its memory has arrived.
///
/// The engine's own `downtime` covers only CPU and device state. What the guest's users see is longer: at
/// the target the guest needs a few dozen pages of its kernel one after the other before it gets anywhere,
/// and each request waits behind the pages that are on their way already: they fill the socket's send buffer,
/// 2 to 4 MB by the grace of TCP. With *Q* the data that goes by while it waits for all of them when none has
/// arrived by chance, *M* memory to send and *b* the rate, a part *b·t/M* of the pages has come unasked after *t*,
/// so that
///
///     post-copy   s + M/b · (1 − e^(−Q/M))        hybrid   s + X · (1 − e^(−P/X)),  P = Q/b, X = window
///
/// and a round trip for each page asked for comes on top. A hybrid's guest misses only what was dirtied again.
/// Behind the engine's own limit it waits for the limiter's next turn, a time and not an amount. A request channel of
/// its own (`postcopy-preempt`) does away with the queue in the sender, not with that in the network.
///
/// Measured from the last heartbeat at the source to the first at the target with QEMU 10.0.2 under software
/// emulation, guests of 256 to 1 024 MiB, one vCPU, 32 to 256 MiB/s. Requests were counted until that
/// heartbeat: 9 to 12 of a hybrid, 27 to 40 of a post-copy, whatever the rate, while 1.7 to 4 MB lay in the send buffer; the size of
/// that buffer is what repeats of a move differ by. Faster links are an extrapolation.
public struct Blackout: Hashable, Sendable {
  /// What limits the rate, and so where pages queue up.
  public enum Bottleneck: Hashable, Sendable {
    /// The engine's own limit (`max-bandwidth`).
    case engine
    /// The network.
    case link
  }

  /// What limits the rate.
  public var bottleneck: Bottleneck
  /// Whether requested pages travel on a channel of their own.
  public var preempts: Bool
  /// Round trip between the hosts, in s.
  public var roundTripSeconds: Double
  /// What was fitted.
  public var constants: BlackoutConstants

  /// A switch-over.
  public init(
    bottleneck: Bottleneck, preempts: Bool = false, roundTripSeconds: Double = 0,
    constants: BlackoutConstants = BlackoutConstants()
  ) {
    self.bottleneck = bottleneck
    self.preempts = preempts
    self.roundTripSeconds = roundTripSeconds
    self.constants = constants
  }

  /// Post-copy of `memoryMiB` at `rate` MiB/s, in s.
  public func postCopySeconds(memoryMiB: Double, rate: Double) -> Double {
    guard memoryMiB > 0 else { return constants.postCopyRatio * fixedSeconds }
    let trips = constants.postCopyRequests * roundTripSeconds
    return constants.postCopyRatio
      * (fixedSeconds + trips + memoryMiB / rate * -expm1(-queueMiB / memoryMiB))
  }

  /// Hybrid whose rest takes `windowSeconds` at `rate` MiB/s, in s.
  public func hybridSeconds(windowSeconds: Double, rate: Double) -> Double {
    constants.hybridRatio
      * (constants.stateSeconds + waitSeconds(hybridWaitSeconds(rate: rate), windowSeconds: windowSeconds))
  }

  private func waitSeconds(_ wait: Double, windowSeconds: Double) -> Double {
    guard windowSeconds > 0 else { return 0 }
    // Of an endless window only the wait is left, not a product of infinity and 0.
    guard windowSeconds.isFinite, wait.isFinite else { return min(wait, windowSeconds) }
    return windowSeconds * -expm1(-wait / windowSeconds)
  }

  /// What a post-copy's blackout is at least, *s*.
  var fixedSeconds: Double {
    if preempts { return constants.fixedSecondsPreempting }
    return bottleneck == .link ? constants.linkFixedSeconds : constants.fixedSeconds
  }

  /// *Q*.
  var queueMiB: Double {
    switch (bottleneck, preempts) {
    case (.engine, false): constants.engineQueueMiB
    case (.link, false): constants.linkQueueMiB
    case (.engine, true): constants.engineQueueMiBPreempting
    case (.link, true): constants.linkQueueMiBPreempting
    }
  }

  /// *P*.
  func hybridWaitSeconds(rate: Double) -> Double {
    let wait =
      switch (bottleneck, preempts) {
      case (.engine, false): constants.engineWaitSeconds
      case (.link, false): constants.linkHybridQueueMiB / rate
      case (.engine, true): constants.engineWaitSecondsPreempting
      case (.link, true): constants.linkHybridQueueMiBPreempting / rate
      }
    return wait + constants.hybridRequests * roundTripSeconds
  }
}
