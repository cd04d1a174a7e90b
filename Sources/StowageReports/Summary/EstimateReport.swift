public import StowageModel

/// What every technique would cost for one VM, as `stowage estimate` prints it.
public struct EstimateReport: Sendable {
  /// One technique.
  public struct Row: Sendable {
    /// Which.
    public var technique: Technique
    /// Time of the move in s, shortest, expected and longest.
    public var seconds: (low: Double, expected: Double, high: Double)
    /// Pause as the guest sees it, in s.
    public var downtimeSeconds: Double
    /// Sent, in MiB.
    public var sentMiB: Double
    /// Guest time lost, in s per vCPU.
    public var guestSlowdownSeconds: Double
    /// Probability of losing the VM, 0 to 1.
    public var lossProbability: Double
    /// Why it is not the one to use; `nil` for the one that is.
    public var because: String?

    /// A technique and its figures.
    public init(
      technique: Technique, seconds: (low: Double, expected: Double, high: Double), downtimeSeconds: Double,
      sentMiB: Double, guestSlowdownSeconds: Double, lossProbability: Double, because: String?
    ) {
      self.technique = technique
      self.seconds = seconds
      self.downtimeSeconds = downtimeSeconds
      self.sentMiB = sentMiB
      self.guestSlowdownSeconds = guestSlowdownSeconds
      self.lossProbability = lossProbability
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

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section("Techniques over a path that carries \(Units.rate(mibPerSecond: payloadMiBPerSecond))")
    var table = TextTable([
      .init(), .init(isRightAligned: true), .init(), .init(isRightAligned: true), .init(isRightAligned: true),
      .init(isRightAligned: true), .init(isRightAligned: true),
    ])
    table.add(["technique", "time", "range", "pause", "sent", "guest slowed", "loss"])
    for row in rows { table.add(cells(of: row)) }
    page.add(table.lines(fitting: layout.width))
    page.section(
      chosen.map { "Use \($0.rawValue)" } ?? "No technique is left", as: chosen == nil ? .bad : .good)
    for row in rows {
      if let because = row.because {
        page.item("not \(row.technique.rawValue): \(VisibleText.line(because))")
      }
    }
    return page.text
  }

  private func cells(of row: Row) -> [String] {
    [
      row.technique.rawValue, Units.duration(seconds: row.seconds.expected),
      Units.durationRange(lowSeconds: row.seconds.low, highSeconds: row.seconds.high),
      Units.duration(milliseconds: row.downtimeSeconds * 1000), Units.gibibytes(fromMiB: row.sentMiB),
      Units.duration(seconds: row.guestSlowdownSeconds),
      row.lossProbability == 0 ? "none" : "1 in \(Units.decimal(1 / row.lossProbability))",
    ]
  }
}
