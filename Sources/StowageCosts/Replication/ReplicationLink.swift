/// What replication gets of a link.
public enum ReplicationLink {
  /// Part of a wide-area link's nominal bandwidth that arrives as replicated data.
  ///
  /// Published: VMware's documentation of vSphere Replication counts 100 GB as about 200 hours on a T1, 30 hours
  /// on 10 Mb/s and 3 hours on 100 Mb/s. The last two are 74 % of the bit rate, the first 72 % of 1.544 Mb/s; the
  /// lowest holds. Links within a site carry ``PayloadRate/efficiency``.
  public static let efficiency = 0.72

  /// Replicated data in MiB/s over a link of `gbps` Gb/s (decimal), `headroom` of which is left free.
  public static func mibPerSecond(gbps: Double, headroom: Double = 0) -> Double {
    precondition(headroom >= 0, "a headroom must not be negative: \(headroom)")
    return efficiency * PayloadRate.streamMiBPerSecond(gbps: gbps) / (1 + headroom)
  }

  /// The link in Gb/s that carries `rate` MiB/s of replicated data and leaves `headroom` free:
  /// *b = w / η · (1 + headroom)*.
  public static func gbps(toCarryMiBPerSecond rate: Double, headroom: Double = 0) -> Double {
    rate / mibPerSecond(gbps: 1, headroom: headroom)
  }
}
