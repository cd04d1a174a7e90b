import Glibc

/// What a move risks and uses.
public struct BurdenConstants: Hashable, Sendable {
  /// Mean time between failures of a host, in s: three years, chosen as usual for servers.
  public var hostFailureSeconds = 3 * 365.25 * 86_400
  /// Energy of a MB sent, on both hosts together, in J (Liu et al., Cluster Computing 2013, hosts of 2011).
  public var joulesPerMB = 0.512
  /// Energy of a move beside that, in J (same source).
  public var joulesPerMove = 20.165
  /// As published and chosen.
  public init() {}

  /// Probability that one of two hosts fails in `exposure` seconds, *1 − exp(−(λ_source + λ_target)·X)*: 2.5e-5
  /// for 1 200 s. The network counts for nothing, since a post-copy that it interrupts can be resumed (QEMU 3.0,
  /// `--postcopy-resume`).
  public func lossProbability(inSeconds exposure: Double) -> Double {
    exposure > 0 ? -expm1(-2 * exposure / hostFailureSeconds) : 0
  }

  /// Energy of a move that sends `mib`, in J: *0.512·MB + 20.2*.
  public func joules(sendingMiB mib: Double) -> Double {
    mib > 0 ? joulesPerMB * mib * PayloadRate.megabytesPerMiB + joulesPerMove : 0
  }
}
