/// How far inputs may be off, for the range of a forecast. Chosen, but where a source is named.
public struct RangeConstants: Hashable, Sendable {
  /// Goodput, either way, as a part of it.
  public var goodput = 0.05
  /// Measured dirty rates, either way.
  public var dirtying = 0.1
  /// Both are so much wider where the dirty rate is near the payload rate.
  public var illConditionedWidth = 2.0
  /// From this part of the payload rate on, pre-copy is ill-conditioned: 12 % more bandwidth moved published models
  /// by 20 % there.
  public var illConditionedFrom = 0.7
  /// Up to this part of it.
  public var illConditionedTo = 1.3
  /// An assumed dirty rate at its low end, as a part of it.
  public var leastAssumed = 0.5
  /// An assumed dirty rate at its high end.
  public var mostAssumed = 2.0
  /// Memory of which only the configured size is known, at its low end.
  public var leastMemory = 0.5
  /// Passes over all memory that a pre-copy is given which no longer converges at its unlucky end: Xen's stop
  /// rules allow five in all (Akoush et al., MASCOTS 2010).
  public var unluckyPasses = 4.0
  /// The quickest shutdown, in s: with the quickest boot, what small guests took between two libvirt hosts (7.7 to 15).
  public var leastShutdownSeconds = 2.0
  /// The slowest.
  public var mostShutdownSeconds = 120.0
  /// The quickest boot, in s.
  public var leastBootSeconds = 5.0
  /// The slowest.
  public var mostBootSeconds = 180.0
  /// Stops and boots that the inventory states, either way.
  public var knownStop = 0.25
  /// Part of the window that a guest at least loses by waiting for pages: 3 to 7 % measured of guests that sweep
  /// through their working set, 34 to 43 % of those that write anywhere.
  public var leastStalledShare = 0.03
  /// Hosts may fail so many times as often, or as seldom. Chosen.
  public var hostFailures = 2.0
  /// A MB may take so many times as much, or as little: the figure is from hosts of 2011. Chosen.
  public var energy = 2.0
  /// Blackouts of post-copy differ so much among repeats of one move, either way: measured 25 %.
  public var postCopyBlackout = 0.25
  /// Blackouts of hybrid: measured up to 50 %.
  public var hybridBlackout = 0.5
  /// As chosen.
  public init() {}
}
