public import StowageModel

/// What every technique would cost for one VM, as `stowage estimate` prints it.
public struct EstimateReport: Sendable {
  /// A figure with the least and the most that it may be.
  public struct Figure: Hashable, Sendable {
    /// The least.
    public var low: Double
    /// What is expected.
    public var expected: Double
    /// The most.
    public var high: Double

    /// A figure and its range.
    public init(_ expected: Double, low: Double, high: Double) {
      self.low = low
      self.expected = expected
      self.high = high
    }
  }

  /// One technique.
  public struct Row: Sendable {
    /// Which.
    public var technique: Technique
    /// What helps its pre-copy along; `nil` for a move as the platform makes it by itself.
    public var aid: PreCopyAid?
    /// Time of the move in s.
    public var seconds: Figure
    /// Pause as the guest sees it, in s.
    public var downtimeSeconds: Figure
    /// Sent, in MiB.
    public var sentMiB: Figure
    /// Copy passes.
    public var rounds: Int
    /// Whether it comes to an end by itself: otherwise its figures are those until that is plain.
    public var isEnding: Bool
    /// Guest time lost, in s per vCPU.
    public var guestSlowdownSeconds: Figure
    /// Time in which a failure of either host loses the VM, in s.
    public var exposureSeconds: Figure
    /// Probability of losing the VM, 0 to 1.
    public var lossProbability: Figure
    /// Energy of sending, in J.
    public var energyJoules: Figure
    /// Why it is not the one to use; `nil` for the one that is.
    public var because: String?

    /// A technique and its figures.
    public init(
      technique: Technique, aid: PreCopyAid? = nil, seconds: Figure, downtimeSeconds: Figure,
      sentMiB: Figure, rounds: Int,
      isEnding: Bool, guestSlowdownSeconds: Figure, exposureSeconds: Figure, lossProbability: Figure,
      energyJoules: Figure, because: String?
    ) {
      self.technique = technique
      self.aid = aid
      self.seconds = seconds
      self.downtimeSeconds = downtimeSeconds
      self.sentMiB = sentMiB
      self.rounds = rounds
      self.isEnding = isEnding
      self.guestSlowdownSeconds = guestSlowdownSeconds
      self.exposureSeconds = exposureSeconds
      self.lossProbability = lossProbability
      self.energyJoules = energyJoules
      self.because = because
    }
  }

  /// A technique with something that a platform can do beside its defaults.
  public struct Variant: Sendable {
    /// What it is, in words.
    public var name: String
    /// Time of the move in s, what was copied ahead included.
    public var seconds: Figure
    /// Pause as the guest sees it, in s.
    public var downtimeSeconds: Figure
    /// Sent, in MiB.
    public var sentMiB: Figure
    /// Whether it comes to an end by itself.
    public var isEnding: Bool
    /// Guest time lost, in s per vCPU.
    public var guestSlowdownSeconds: Figure
    /// CPU time that the source takes to make pages smaller, in s.
    public var encodingSeconds: Double

    /// A variant and its figures.
    public init(
      name: String, seconds: Figure, downtimeSeconds: Figure, sentMiB: Figure, isEnding: Bool,
      guestSlowdownSeconds: Figure, encodingSeconds: Double
    ) {
      self.name = name
      self.seconds = seconds
      self.downtimeSeconds = downtimeSeconds
      self.sentMiB = sentMiB
      self.isEnding = isEnding
      self.guestSlowdownSeconds = guestSlowdownSeconds
      self.encodingSeconds = encodingSeconds
    }
  }

  /// The techniques; pre-copy with an aid has a row of its own where it is the one to use.
  public var rows: [Row]
  /// What else the platform could do.
  public var variants: [Variant]
  /// What would make pre-copy come to an end, as sentences; none when it does.
  public var remedies: [String]
  /// The one to use, if any is left.
  public var chosen: Technique?
  /// Payload of the path in MiB/s.
  public var payloadMiBPerSecond: Double

  /// A table of its parts.
  public init(
    rows: [Row], variants: [Variant] = [], remedies: [String] = [], chosen: Technique?,
    payloadMiBPerSecond: Double
  ) {
    self.rows = rows
    self.variants = variants
    self.remedies = remedies
    self.chosen = chosen
    self.payloadMiBPerSecond = payloadMiBPerSecond
  }

  /// The row of the technique to use.
  public var chosenRow: Row? { rows.first { $0.technique == chosen && $0.because == nil } }
}
