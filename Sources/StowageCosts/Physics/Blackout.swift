public import StowageModel

/// How long the guest stands still when it is switched over before its memory has arrived.
///
/// The engine's own `downtime` covers only CPU and device state (0.1 to 0.3 s). From the last
/// heartbeat at the source to the first at the target, QEMU 10.0 showed with post-copy 2 980, 1 629
/// and 990 ms at 32, 64 and 128 MiB/s (1 083 ms on a link shaped to 64 MiB/s), and with hybrid 527 to
/// 632 ms whatever the rate. Hence
///
///     post-copy   max( 0.6 s, 0.3 s + 85 MiB / b )      hybrid   0.6 s
///
/// within 3 % of the three loopback rows and 50 % above the shaped one. A coarse fit to small guests
/// under software emulation; above 128 MiB/s it is an extrapolation that errs to the long side.
public enum Blackout {
  /// Seconds for `technique` (post-copy or hybrid) at `rate` MiB/s, for a VM of `memoryMiB`.
  ///
  /// Never longer than the whole memory takes.
  public static func seconds(_ technique: Technique, memoryMiB: Double, rate: Double) -> Double {
    let whole = floorSeconds + PostCopy.seconds(toSend: memoryMiB, rate: rate)
    guard technique == .postCopy else { return floorSeconds }
    return min(whole, max(floorSeconds, 0.3 + 85 / rate))
  }

  private static let floorSeconds = 0.6
}
