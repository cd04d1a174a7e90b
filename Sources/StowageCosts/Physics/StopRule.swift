/// When a pre-copy engine looks whether the rest fits into its limit.
public enum StopRule: Hashable, Sendable {
  /// At the end of a round, when all of the last one is sent: Xen, and taken for VMware and Hyper-V.
  case endOfRound
  /// Every so many seconds, also within a round: QEMU. When what is pending is below the limit it takes
  /// stock of what was dirtied since, which starts the next round, and pauses when the sum is below it.
  case looks(everySeconds: Double)

  /// QEMU whose rate it limits itself (`max-bandwidth`): the window of its limiter, 100 ms
  /// (`migration/migration-stats.c`, `BUFFER_DELAY`).
  public static let qemuCapped = StopRule.looks(everySeconds: 0.1)

  /// QEMU whose rate the link limits: measured 68 to 76 ms for its shortest passes on a link shaped to
  /// 64 MiB/s, of which 50 ms are the engine's own slice (`migration/ram.c`, `MAX_WAIT`).
  public static let qemuUncapped = StopRule.looks(everySeconds: 0.068)
}
