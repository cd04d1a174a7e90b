import Glibc

/// How long the guest stands still when it is switched over before its memory has arrived.
///
/// The engine's own `downtime` covers only CPU and device state. What the guest's users see is longer: at
/// the target the guest needs a few dozen pages of its kernel one after the other before it gets anywhere,
/// and each request waits behind the pages that are on their way already. With *Q* the data that goes by
/// while it waits for all of them when none has arrived by chance, *M* memory to send and *b* the rate,
/// a part *b·t/M* of the pages has come unasked after *t*, so that
///
///     post-copy   s + M/b · (1 − e^(−Q/M))        hybrid   s + X · (1 − e^(−P/X)),  X = window
///
/// A hybrid's guest misses only what was dirtied again; it waits no longer than the window, and at most
/// about *P* seconds at every rate that was measured. A request channel of its own (`postcopy-preempt`) does
/// away with the queue in the sender, not with that in the network.
///
/// Measured from the last heartbeat at the source to the first at the target with QEMU 10.0.2 under software
/// emulation, guests of 256 to 1 024 MiB, one vCPU, 32 to 128 MiB/s. Faster links are an extrapolation;
/// what is fixed, *s*, then rules.
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

  /// A switch-over.
  public init(bottleneck: Bottleneck, preempts: Bool = false) {
    self.bottleneck = bottleneck
    self.preempts = preempts
  }

  /// Post-copy of `memoryMiB` at `rate` MiB/s, in s.
  public func postCopySeconds(memoryMiB: Double, rate: Double) -> Double {
    guard memoryMiB > 0 else { return fixedSeconds }
    return fixedSeconds + memoryMiB / rate * -expm1(-queueMiB / memoryMiB)
  }

  /// Hybrid whose rest takes `windowSeconds`, in s.
  public func hybridSeconds(windowSeconds: Double) -> Double {
    guard windowSeconds > 0 else { return Self.stateSeconds }
    // Of an endless window only the wait is left, not a product of infinity and 0.
    guard windowSeconds.isFinite else { return Self.stateSeconds + hybridWaitSeconds }
    return Self.stateSeconds + windowSeconds * -expm1(-hybridWaitSeconds / windowSeconds)
  }

  /// Pausing, device state and resuming, in s: measured 0.05 to 0.09.
  static let stateSeconds = 0.05

  /// What a post-copy's blackout is at least, *s*: fitted to 13 moves at 32 to 128 MiB/s, ±25 % among repeats.
  var fixedSeconds: Double { preempts ? 0.09 : 0.3 }

  /// *Q*: 96 MiB behind the engine's limit (22 pages that each wait for about 4 MiB, the size of a full
  /// send buffer), half of that where the link is the limit; with a channel of its own next to nothing
  /// behind the engine's limit, and 40 MiB in the queue of a link.
  var queueMiB: Double {
    switch (bottleneck, preempts) {
    case (.engine, false): 96
    case (.link, false): 48
    case (.engine, true): 0.5
    case (.link, true): 40
    }
  }

  /// *P*: fitted to 20 hybrid moves.
  var hybridWaitSeconds: Double {
    switch (bottleneck, preempts) {
    case (.engine, false): 0.85
    case (.link, false): 0.5
    case (.engine, true): 0.2
    case (.link, true): 0.35
    }
  }
}
