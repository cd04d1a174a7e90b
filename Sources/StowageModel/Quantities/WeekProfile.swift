/// What is used in each hour of the week: 168 figures, those of Monday 0:00 to 1:00 UTC first.
///
/// Loads that peak at different hours share a host well; a profile says so where a single percentile
/// cannot.
public struct WeekProfile: Hashable, Sendable {
  /// The hours of a week.
  public static let hourCount = 168
  /// The figures, 0 or above, in the unit of whoever holds the profile.
  public let hours: [Double]

  /// A profile; `nil` unless there is a figure for each hour of the week.
  public init?(hours: [Double]) {
    guard hours.count == Self.hourCount else { return nil }
    self.hours = hours
  }

  /// The same with every figure multiplied.
  public func scaled(by factor: Double) -> WeekProfile {
    WeekProfile(unchecked: hours.map { $0 * factor })
  }

  private init(unchecked hours: [Double]) { self.hours = hours }

  /// An hour, by its number in the week from 0 to 167, in words: `Tuesday 13:00 to 14:00 UTC`.
  public static func name(ofHour hour: Int) -> String {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let day = hour / 24 % days.count
    return "\(days[day]) \(hour % 24):00 to \(hour % 24 + 1):00 UTC"
  }
}
