/// What the history of the fleet's use says.
public struct HistoryReview: Sendable {
  /// Samples read, and VMs that they cover.
  public var samples, coveredVMs: Int
  /// Running VMs of the inventory.
  public var runningVMs: Int
  /// First and last day, as dates.
  public var firstDay, lastDay: String
  /// Part of the hours between them that have samples, 0 to 1.
  public var coverage: Double
  /// Mean CPU use by weekday (Monday first) and hour (UTC), as a part of the covered VMs' highest hour;
  /// `nil` where there is no sample.
  public var weekProfile: [[Double?]]
  /// The outlooks.
  public var outlooks: [Outlook]

  /// A history of its parts.
  public init(
    samples: Int, coveredVMs: Int, runningVMs: Int, firstDay: String, lastDay: String, coverage: Double,
    weekProfile: [[Double?]], outlooks: [Outlook]
  ) {
    self.samples = samples
    self.coveredVMs = coveredVMs
    self.runningVMs = runningVMs
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.coverage = coverage
    self.weekProfile = weekProfile
    self.outlooks = outlooks
  }

  /// The outlook of one resource.
  public struct Outlook: Sendable {
    /// What is measured: `CPU`, `memory`.
    public var name: String
    /// Its unit: `GHz`, `GiB`.
    public var unit: String
    /// The busiest hour of each day, in the unit, from the first day on; `nil` for days without samples.
    public var days: [Double?]
    /// What may be used, in the unit.
    public var usable: Double
    /// Expected value by days after the last day, with the band in which nine of ten days should lie.
    public var forecast: [(low: Double, expected: Double, high: Double)]
    /// The method, in words.
    public var method: String
    /// Mean error of the method on the days that were held back, as a part of the values; `nil` when the
    /// history was too short to hold any back.
    public var heldBackError: Double?
    /// Days that were held back.
    public var heldBackDays: Int
    /// The day on which the expected line reaches what may be used, and the band's earliest and latest;
    /// `nil` where it is not reached within the forecast.
    public var exhaustion: (earliest: String?, expected: String?, latest: String?)

    /// An outlook of its parts.
    public init(
      name: String, unit: String, days: [Double?], usable: Double,
      forecast: [(low: Double, expected: Double, high: Double)], method: String, heldBackError: Double?,
      heldBackDays: Int, exhaustion: (earliest: String?, expected: String?, latest: String?)
    ) {
      self.name = name
      self.unit = unit
      self.days = days
      self.usable = usable
      self.forecast = forecast
      self.method = method
      self.heldBackError = heldBackError
      self.heldBackDays = heldBackDays
      self.exhaustion = exhaustion
    }
  }
}
