/// Moves of these VMs happen within certain hours. Always hard.
///
/// - At rest: nothing.
/// - At every instant: every move of a member lies, from its start to its end, within one span of the
///   hours. Several rules of one VM hold each for itself.
/// - Broken at the start: cannot be.
public struct MoveWindow: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// When they may move.
  public var hours: Hours

  /// VMs that move within hours.
  public init(vms: Selection, hours: Hours) {
    self.vms = vms
    self.hours = hours
  }
}

/// Moves of these VMs keep clear of certain hours. Always hard.
///
/// - At rest: nothing.
/// - At every instant: no move of a member is under way at any instant of the hours.
/// - Broken at the start: cannot be.
public struct MoveBlackout: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// When they may not move.
  public var hours: Hours

  /// VMs that do not move within hours.
  public init(vms: Selection, hours: Hours) {
    self.vms = vms
    self.hours = hours
  }
}

/// Hours in which something may happen, or may not.
public enum Hours: Hashable, Sendable {
  /// On some days of the week, by the clocks of a time zone.
  case weekly(WeeklyHours)
  /// Once: from an instant on, until another, which is no longer part of it.
  case dated(from: Instant, to: Instant)
}

/// Hours on some days of the week.
///
/// An instant is within them when the clock of the zone shows a time from `from` on and before `to` on
/// one of the days. Where `to` is not after `from`, the hours that begin on a day end on the next: from
/// 22:00 to 05:00 on Mondays lasts until Tuesday morning.
public struct WeeklyHours: Hashable, Sendable {
  /// A day of the week, Monday first.
  public enum Day: String, CaseIterable, Hashable, Sendable {
    /// Monday.
    case monday = "mon"
    /// Tuesday.
    case tuesday = "tue"
    /// Wednesday.
    case wednesday = "wed"
    /// Thursday.
    case thursday = "thu"
    /// Friday.
    case friday = "fri"
    /// Saturday.
    case saturday = "sat"
    /// Sunday.
    case sunday = "sun"

    /// The day of the week of a day counted from 1970-01-01, a Thursday.
    public init(daysSince1970 days: Int) {
      let index = (days % 7 + 10) % 7
      self = Self.allCases[index]
    }
  }

  /// When the hours begin, in minutes after midnight, 0 to 1439.
  public var from: Int
  /// When they end.
  public var to: Int
  /// The days on which they begin.
  public var days: Set<Day>
  /// Whose clocks count.
  public var zone: TimeZoneOffsets

  /// Hours on all days unless told otherwise.
  public init(from: Int, to: Int, days: Set<Day> = Set(Day.allCases), zone: TimeZoneOffsets = .utc) {
    precondition((0..<1440).contains(from) && (0..<1440).contains(to), "no times of a day: \(from), \(to)")
    self.from = from
    self.to = to
    self.days = days
    self.zone = zone
  }
}
