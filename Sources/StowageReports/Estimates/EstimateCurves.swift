public import StowageModel

/// Time and pause of a VM against its dirty rate, by technique.
public struct EstimateCurves: Sendable {
  /// A technique at one dirty rate.
  public struct Point: Hashable, Sendable {
    /// Rate at which the working set is dirtied, in MiB/s.
    public var dirtyMiBPerSecond: Double
    /// Time of the move, in s.
    public var seconds: Double
    /// Pause, in s.
    public var downtimeSeconds: Double

    /// A point of its figures.
    public init(dirtyMiBPerSecond: Double, seconds: Double, downtimeSeconds: Double) {
      self.dirtyMiBPerSecond = dirtyMiBPerSecond
      self.seconds = seconds
      self.downtimeSeconds = downtimeSeconds
    }
  }

  /// A technique, as far as it comes to an end.
  public struct Curve: Hashable, Sendable {
    /// Which.
    public var technique: Technique
    /// Its points by rising dirty rate.
    public var points: [Point]

    /// A curve of its points.
    public init(_ technique: Technique, _ points: [Point]) {
      self.technique = technique
      self.points = points
    }
  }

  /// Dirty rates at which one technique is the one to use.
  public struct Use: Hashable, Sendable {
    /// Which; `nil` where none is left.
    public var technique: Technique?
    /// What helps its pre-copy along.
    public var aid: PreCopyAid?
    /// From this rate on, in MiB/s.
    public var from: Double
    /// Up to this one.
    public var to: Double

    /// A technique and where it is used.
    public init(_ technique: Technique?, aid: PreCopyAid? = nil, from: Double, to: Double) {
      self.technique = technique
      self.aid = aid
      self.from = from
      self.to = to
    }
  }

  /// The VM, in words: memory, working set, path.
  public var subject: String
  /// Payload of the path, in MiB/s.
  public var payloadMiBPerSecond: Double
  /// The curves.
  public var curves: [Curve]
  /// Which technique is the one to use, by rising dirty rate.
  public var uses: [Use]

  /// Curves of their parts.
  public init(subject: String, payloadMiBPerSecond: Double, curves: [Curve], uses: [Use] = []) {
    self.subject = subject
    self.payloadMiBPerSecond = payloadMiBPerSecond
    self.curves = curves
    self.uses = uses
  }

  /// The picture as a file of its own.
  public var svg: String { EstimateChart(self).markup + "\n" }
}
