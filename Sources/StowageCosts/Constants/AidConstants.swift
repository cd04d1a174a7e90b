/// What helps a pre-copy along.
public struct AidConstants: Hashable, Sendable {
  /// Page content for each byte that zstd sends at its lowest level. Chosen: it makes 2.9 of mixed files (facebook/zstd,
  /// README), and memory holds caches of what is packed already.
  public var zstdRatio = 2.0
  /// What one thread packs at that level, in MiB/s: 510 MB/s (same source).
  public var zstdMiBPerSecond = 486.0
  /// Page content for each byte of a page that XBZRLE sends as what changed in it. Chosen: few guests rewrite whole
  /// pages, and none says how much of them.
  public var deltaRatio = 4.0
  /// What the one thread of XBZRLE compares, in MiB/s. Chosen.
  public var deltaMiBPerSecond = 1000.0
  /// QEMU's cache of pages as they were sent, in MiB (`xbzrle-cache-size`).
  public var deltaCacheMiB = 64.0
  /// What QEMU's dirty-limit leaves each vCPU by default, in MiB/s (`vcpu-dirty-limit`).
  public var dirtyLimitMiBPerSecond = 1.0
  /// A ratio may be so much farther from 1, or nearer to it. Chosen.
  public var ratioFactor = 2.0
  /// As published and chosen.
  public init() {}
}
