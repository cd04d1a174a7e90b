/// What is taken for granted of replication and of a restart at another site: a part of every recovery plan, so that
/// whoever judges the plan judges it by these.
public struct RecoveryTerms: Hashable, Sendable {
  /// How demand and capacity are counted.
  public var sizing: SizingOptions
  /// What keeps the copies in step.
  public var replicator: Replicator
  /// Part of the data that compression takes away, 0 to below 1.
  public var reduction: Double
  /// Part that headers and encryption add.
  public var overhead: Double
  /// Part of the used rate that each link keeps free, for first copies and for catching up.
  public var headroom: Double
  /// Part of a link that other traffic shares (`shared`) which replication may use, above 0 to 1.
  public var sharedLinkPart: Double
  /// Recovery point objective of VMs that state only a recovery time, in s.
  public var defaultObjectiveSeconds: Double
  /// From the failure until somebody has decided to fail over, in s.
  public var decisionSeconds: Double
  /// To make one replica writable and known to its host, in s.
  public var promotionSeconds: Double
  /// To boot a guest until it serves, in s.
  public var bootSeconds: Double
  /// To lead clients to the other site once its VMs run: addresses, routes, names; in s.
  public var networkSeconds: Double
  /// Restarts that a host has under way at once.
  public var restartsAtOnce: Int

  /// The terms that hold unless an operator says otherwise. All of the times are chosen: 10 minutes to decide, 30 s
  /// to promote a replica, 60 s to boot (as a cold move's), 5 minutes for names to be known, four restarts of a host at once.
  public init(sizing: SizingOptions = SizingOptions(), replicator: Replicator) {
    self.sizing = sizing
    self.replicator = replicator
    reduction = 0
    overhead = 0
    headroom = 0.25
    sharedLinkPart = 0.5
    defaultObjectiveSeconds = 3600
    decisionSeconds = 600
    promotionSeconds = 30
    bootSeconds = 60
    networkSeconds = 300
    restartsAtOnce = 4
  }

  /// When the VM that restarts as number `rank` of its host, counted from 0, begins and serves, in s after the failure.
  public func restart(rank: Int) -> (start: Double, ready: Double) {
    let round = Double(rank / max(1, restartsAtOnce))
    let start = decisionSeconds + round * (promotionSeconds + bootSeconds)
    return (start, start + promotionSeconds + bootSeconds + networkSeconds)
  }
}
