/// How far the clocks of a time zone are ahead of UTC, and since when.
public struct TimeZoneOffsets: Hashable, Sendable {
  /// From an instant on.
  public struct Change: Hashable, Sendable {
    /// In seconds since 1970; the first change holds before it, too.
    public let since: Int
    /// Seconds ahead of UTC.
    public let seconds: Int

    /// An offset that holds from an instant on.
    public init(since: Int, seconds: Int) {
      self.since = since
      self.seconds = seconds
    }
  }

  /// As it is written in files: `Europe/Paris`, `UTC`.
  public let name: String
  /// In ascending order; never empty.
  public let changes: [Change]

  /// A zone whose clocks never change unless told.
  public init(name: String, changes: [Change]) {
    precondition(!changes.isEmpty, "time zone \(name) has no offset")
    self.name = name
    self.changes = changes
  }

  /// Universal time.
  public static let utc = TimeZoneOffsets(name: "UTC", changes: [Change(since: 0, seconds: 0)])
}
