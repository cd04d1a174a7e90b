/// Constants of ``Blackout``, fitted to QEMU 10.0.2 under software emulation: 13 post-copy and 20 hybrid moves at 32 to
/// 128 MiB/s.
public struct BlackoutConstants: Hashable, Sendable {
  /// Pausing, device state and resuming, in s: measured 0.05 to 0.09.
  public var stateSeconds = 0.05
  /// What a post-copy's blackout is at least, *s*: ±25 % among repeats.
  public var fixedSeconds = 0.3
  /// The same with a channel for requested pages.
  public var fixedSecondsPreempting = 0.09
  /// *Q* behind the engine's limit, in MiB: 22 pages that each wait for about 4 MiB, the size of a full send buffer.
  public var engineQueueMiB = 96.0
  /// *Q* where the link is the limit: half of that.
  public var linkQueueMiB = 48.0
  /// *Q* behind the engine's limit with a channel of their own for requested pages: next to nothing.
  public var engineQueueMiBPreempting = 0.5
  /// *Q* in the queue of a link, which such a channel does not do away with.
  public var linkQueueMiBPreempting = 40.0
  /// *P* behind the engine's limit, in s.
  public var engineWaitSeconds = 0.85
  /// *P* where the link is the limit.
  public var linkWaitSeconds = 0.5
  /// *P* behind the engine's limit with a channel for requested pages.
  public var engineWaitSecondsPreempting = 0.2
  /// *P* on a link with such a channel.
  public var linkWaitSecondsPreempting = 0.35
  /// A site's own post-copy blackouts in relation to the model's: 1 until it is calibrated.
  public var postCopyRatio = 1.0
  /// The same of hybrid.
  public var hybridRatio = 1.0
  /// As fitted.
  public init() {}
}
