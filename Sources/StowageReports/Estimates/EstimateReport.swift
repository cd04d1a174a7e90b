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
    /// Time of the move in s.
    public var seconds: Figure
    /// Pause as the guest sees it, in s.
    public var downtimeSeconds: Figure
    /// Sent, in MiB.
    public var sentMiB: Figure
    /// Copy passes.
    public var rounds: Int
    /// Guest time lost, in s per vCPU.
    public var guestSlowdownSeconds: Double
    /// Time in which a failure of either host loses the VM, in s.
    public var exposureSeconds: Double
    /// Probability of losing the VM, 0 to 1.
    public var lossProbability: Double
    /// Energy of sending, in J.
    public var energyJoules: Double
    /// Why it is not the one to use; `nil` for the one that is.
    public var because: String?

    /// A technique and its figures.
    public init(
      technique: Technique, seconds: Figure, downtimeSeconds: Figure, sentMiB: Figure, rounds: Int,
      guestSlowdownSeconds: Double, exposureSeconds: Double, lossProbability: Double,
      energyJoules: Double, because: String?
    ) {
      self.technique = technique
      self.seconds = seconds
      self.downtimeSeconds = downtimeSeconds
      self.sentMiB = sentMiB
      self.rounds = rounds
      self.guestSlowdownSeconds = guestSlowdownSeconds
      self.exposureSeconds = exposureSeconds
      self.lossProbability = lossProbability
      self.energyJoules = energyJoules
      self.because = because
    }
  }

  /// The techniques.
  public var rows: [Row]
  /// The one to use, if any is left.
  public var chosen: Technique?
  /// Payload of the path in MiB/s.
  public var payloadMiBPerSecond: Double

  /// A table of its parts.
  public init(rows: [Row], chosen: Technique?, payloadMiBPerSecond: Double) {
    self.rows = rows
    self.chosen = chosen
    self.payloadMiBPerSecond = payloadMiBPerSecond
  }

  /// The row of the technique to use.
  public var chosenRow: Row? { rows.first { $0.technique == chosen } }

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section("Techniques over a path that carries \(Units.rate(mibPerSecond: payloadMiBPerSecond))")
    var times = TextTable([
      .init(), .init(isRightAligned: true), .init(), .init(isRightAligned: true), .init(),
    ])
    times.add(["technique", "time", "range", "pause", "range"])
    var burdens = TextTable([
      .init(), .init(isRightAligned: true), .init(), .init(isRightAligned: true),
      .init(isRightAligned: true), .init(isRightAligned: true),
    ])
    burdens.add(["technique", "sent", "range", "guest slowed", "loss", "energy"])
    for row in rows {
      times.add([row.technique.rawValue] + row.times)
      burdens.add([row.technique.rawValue] + row.burdens)
    }
    page.add(times.lines(fitting: layout.width))
    page.add("")
    page.add(burdens.lines(fitting: layout.width))
    page.section(
      chosen.map { "Use \($0.rawValue)" } ?? "No technique is left", as: chosen == nil ? .bad : .good)
    for row in rows {
      if let because = row.because {
        page.item("not \(row.technique.rawValue): \(VisibleText.line(because))")
      }
    }
    return page.text
  }
}

extension EstimateReport.Row {
  /// Time and its range, pause and its range.
  var times: [String] {
    [
      Units.duration(seconds: seconds.expected),
      Units.durationRange(lowSeconds: seconds.low, highSeconds: seconds.high),
      Units.duration(seconds: downtimeSeconds.expected),
      Units.durationRange(lowSeconds: downtimeSeconds.low, highSeconds: downtimeSeconds.high),
    ]
  }

  /// Bytes and their range, slowdown, risk, energy.
  var burdens: [String] {
    let (low, high) = (Units.gibibytes(fromMiB: sentMiB.low), Units.gibibytes(fromMiB: sentMiB.high))
    return [
      Units.gibibytes(fromMiB: sentMiB.expected), low == high ? low : "\(low) to \(high)",
      Units.duration(seconds: guestSlowdownSeconds), odds,
      energyJoules.isFinite ? "\(Units.decimal(energyJoules / 1000, digits: 1)) kJ" : "unknown",
    ]
  }

  /// Time and its range, pause, bytes, risk.
  var line: [String] {
    times.prefix(3) + [Units.gibibytes(fromMiB: sentMiB.expected), odds]
  }

  private var odds: String {
    lossProbability == 0 ? "none" : "1 in \(Units.decimal(1 / lossProbability))"
  }
}
