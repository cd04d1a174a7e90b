/// How disks that have to cross are copied ahead of the moves.
public struct SeedPolicy: Hashable, Sendable {
  /// Part of the bandwidth of every port and link on the way that seeds may take, 0 to 100 %; moves have the rest.
  public var sharePercent: Double
  /// Time between two rounds of the replication once the seed is there, in s: what changes in it is left for the move.
  public var intervalSeconds: Double

  /// Half the bandwidth, a round every quarter of an hour.
  public init(sharePercent: Double = 50, intervalSeconds: Double = 900) {
    self.sharePercent = sharePercent
    self.intervalSeconds = intervalSeconds
  }
}
