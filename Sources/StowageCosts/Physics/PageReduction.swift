/// What an engine does to make pages smaller on their way, and what that costs: numbers only.
///
/// With *b* the rate of the path, *r* the ratio and *e* what is encoded in a second, page content goes at
/// *min(r·b, e)*: a compressor helps a slow path, and is the bottleneck of a fast one.
public struct PageReduction: Hashable, Sendable {
  /// Page content for each byte sent, in the first pass.
  public var firstRatio: Double
  /// The same of pages that are sent again.
  public var againRatio: Double
  /// Page content that is encoded in a second, by all threads, in MiB/s; infinite where nothing is.
  public var mostMiBPerSecond: Double
  /// CPU time for each MiB that is encoded, in s.
  public var cpuSecondsPerMiB: Double
  /// Whether the first pass is encoded too.
  public var encodesFirst: Bool

  /// Pages as they are.
  public static let none = PageReduction(
    firstRatio: 1, againRatio: 1, mostMiBPerSecond: .infinity, cpuSecondsPerMiB: 0, encodesFirst: false)

  /// Page content that goes over a path of `rate` MiB/s, in MiB/s.
  func contentRate(_ rate: Double, isFirst: Bool) -> Double {
    isFirst
      ? min(rate * firstRatio, encodesFirst ? mostMiBPerSecond : .infinity)
      : min(rate * againRatio, mostMiBPerSecond)
  }

  /// Sent for so much page content, in MiB.
  func sentMiB(_ content: Double, isFirst: Bool) -> Double {
    content / (isFirst ? firstRatio : againRatio)
  }

  /// CPU time of encoding it, in s.
  func cpuSeconds(_ content: Double, isFirst: Bool) -> Double {
    isFirst && !encodesFirst ? 0 : content * cpuSecondsPerMiB
  }

  /// The same with ratios `factor` times as far above 1, and no less than 1.
  func times(_ factor: Double) -> PageReduction {
    var reduction = self
    reduction.firstRatio = max(1, 1 + (firstRatio - 1) * factor)
    reduction.againRatio = max(1, 1 + (againRatio - 1) * factor)
    return reduction
  }
}
