/// Constants of ``Blackout``, fitted to QEMU 10.0.2 under software emulation: 17 post-copy and 18 hybrid moves behind
/// the engine's own limit of 32 to 128 MiB/s, 8 and 41 over links shaped to 32 to 256 MiB/s.
public struct BlackoutConstants: Hashable, Sendable {
  /// Pausing, device state and resuming, in s: measured 0.05 to 0.09.
  public var stateSeconds = 0.05
  /// Until a guest whose source and target share a machine is given a CPU, in s. Of 13 pre-copy moves the pauses
  /// lay 30 ms below to 66 ms above the model without it, and one 258 ms above: the middle of the 12.
  public var loopbackWaitSeconds = 0.018
  /// What a post-copy's blackout is at least behind the engine's limit, *s*: ±25 % among repeats.
  public var fixedSeconds = 0.3
  /// The same where the link is the limit.
  public var linkFixedSeconds = 0.15
  /// The same with a channel for requested pages.
  public var fixedSecondsPreempting = 0.09
  /// *Q* behind the engine's limit, in MiB: 22 pages that each wait for about 4 MiB, the size of a full send buffer.
  public var engineQueueMiB = 96.0
  /// *Q* where the link is the limit: medians of 1 043, 692 and 356 ms at 64, 128 and 256 MiB/s.
  public var linkQueueMiB = 58.0
  /// *Q* behind the engine's limit with a channel of their own for requested pages: next to nothing.
  public var engineQueueMiBPreempting = 0.5
  /// *Q* in the queue of a link, which such a channel does not do away with.
  public var linkQueueMiBPreempting = 40.0
  /// *P* behind the engine's limit, in s.
  public var engineWaitSeconds = 0.85
  /// *Q* of a hybrid where the link is the limit: 11 requests that each wait for 3.1 MiB. Medians of 782, 559 and
  /// 332 ms at 32, 64 and 128 MiB/s.
  public var linkHybridQueueMiB = 34.0
  /// *P* behind the engine's limit with a channel for requested pages.
  public var engineWaitSecondsPreempting = 0.2
  /// *Q* of a hybrid on a link with such a channel: 390, 345 and
  /// 168 ms at 32, 64 and 128 MiB/s.
  public var linkHybridQueueMiBPreempting = 18.0
  /// Pages that the guest of a post-copy asks for one after the other before it gets anywhere.
  public var postCopyRequests = 36.0
  /// The same of a hybrid.
  public var hybridRequests = 11.0
  /// A site's own post-copy blackouts in relation to the model's: 1 until it is calibrated.
  public var postCopyRatio = 1.0
  /// The same of hybrid.
  public var hybridRatio = 1.0
  /// As fitted.
  public init() {}
}
