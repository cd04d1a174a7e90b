/// Every number of the cost model that is not a fact about a VM, a link or a platform.
///
/// Figures of platforms are in ``MigrationEngine``. All members are numbers, so that a test can change each of them
/// and see that the model notices.
public struct ModelConstants: Hashable, Sendable {
  /// What pages and links cost on the wire.
  public var wire = WireConstants()
  /// How pre-copy stops and slows guests down.
  public var rounds = RoundConstants()
  /// How long a guest stands still that is switched over before its memory.
  public var blackout = BlackoutConstants()
  /// What a stop takes.
  public var stop = StopConstants()
  /// What is taken of VMs of which nothing is known.
  public var unknown = UnknownConstants()
  /// How far inputs may be off.
  public var range = RangeConstants()
  /// What helps a pre-copy along.
  public var aid = AidConstants()
  /// Risk and energy.
  public var burden = BurdenConstants()
  /// The constants as they stand.
  public init() {}

  /// The constants as measured, published or chosen; each says which.
  public static let standard = ModelConstants()
}
