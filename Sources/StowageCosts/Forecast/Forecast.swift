public import StowageModel

/// From the least to the most that a figure may be.
public struct Span: Hashable, Sendable {
  /// The least.
  public var low = 0.0
  /// The most.
  public var high = 0.0

  /// Nothing.
  init() {}

  /// The span of one value.
  init(_ value: Double) { (low, high) = (value, value) }

  /// The span of three values; no array is made of them, since a fleet is a million spans.
  init(_ first: Double, _ second: Double, _ third: Double) {
    low = min(first, second, third)
    high = max(first, second, third)
  }
}

/// What one move by one technique costs at one rate.
///
/// Times are in s. A move that cannot be made (nothing carries its bytes) takes infinitely long.
public struct Forecast: Hashable, Sendable {
  /// From the command to the end; for a pre-copy that does not converge, until that is plain.
  public var totalSeconds: Double
  /// The pause as the guest's users see it; 0 for a VM that is off. For a pre-copy that does not
  /// converge, the shortest pause that it could reach.
  public var downtimeSeconds: Double
  /// Sent over the network, in MiB.
  public var sentMiB: Double
  /// Copy passes of memory, the last one included; 0 when no memory is copied.
  public var rounds: Int
  /// Shortest total time within the uncertainty of the inputs.
  public var lowSeconds: Double
  /// Longest total time within the uncertainty of the inputs.
  public var highSeconds: Double
  /// Guest time lost to throttling and to waiting for pages, per vCPU; an upper bound.
  public var guestSlowdownSeconds: Double
  /// Time during which a failure of either host loses the VM.
  public var exposureSeconds: Double
  /// Probability of such a failure in that time.
  public var lossProbability: Double
  /// Whether the move comes to an end by itself.
  public var converges: Bool
  /// The shortest pause that the technique can reach, whatever the limit.
  public var minimumDowntimeSeconds: Double
  /// When the source stops being charged, after the start.
  public var sourceReleasedAfterSeconds: Double
  /// When the target starts being charged, after the start.
  public var targetReservedAfterSeconds: Double

  /// The parts of the pause of a cold move with disks, where the engine is asked for them.
  public var cutOver: CutOver?
  /// Energy that sending takes on both hosts together, in J. For comparisons; a host that is switched off saves
  /// thousands of times as much in an hour.
  public var energyJoules = 0.0
  /// The pause within the uncertainty of the inputs.
  public var downtimeSpan = Span()
  /// What is sent, in MiB, within the uncertainty of the inputs.
  public var sentSpan = Span()
  /// Guest time lost, in s, within the uncertainty of the inputs.
  public var slowdownSpan = Span()
  /// The time in which a failure loses the VM, in s, within the uncertainty of the inputs.
  public var exposureSpan = Span()
  /// The probability of that within the uncertainty of the inputs, and of how often hosts fail.
  public var lossSpan = Span()
  /// The energy in J within the uncertainty of what is sent, and of what a MB takes.
  public var energySpan = Span()

  /// Whether the move can be made at all.
  public var isPossible: Bool { converges && totalSeconds.isFinite }
}
