import StowageModel

/// A plan by the clocks of a time zone.
struct PlanCalendar: Sendable {
  private let start: Instant
  private let zone: TimeZoneOffsets
  /// Whether clocks are changed between the first move and the last: then times say their distance to UTC.
  private let changes: Bool
  private let hours: MoveHours
  private let policy: WavePolicy?
  /// By wave.
  private let waves: [Int: Wave]
  /// First start and last end of the plan's moves.
  private let first, last: Double

  /// The calendar of a plan; `nil` when the plan does not say when it starts.
  init?(_ input: ReportInput) {
    guard let start = input.plan.options.start else { return nil }
    self.start = start
    zone = input.zone ?? Self.zone(of: input.inventory.rules)
    hours = input.hours
    policy = input.plan.options.waves
    waves = Dictionary(Wave.waves(of: input.plan.moves).map { ($0.number, $0) }) { first, _ in first }
    first = input.plan.moves.map(\.startSeconds).min() ?? 0
    last = input.plan.moves.map(\.endSeconds).max() ?? 0
    let end = Self.instant(last, after: start) ?? start
    changes = zone.offset(at: start) != zone.offset(at: end)
  }

  /// The zone whose clocks the operator's own rules go by.
  private static func zone(of rules: [Rule]) -> TimeZoneOffsets {
    for rule in rules {
      switch rule.requirement {
      case .window(let window): if case .weekly(let weekly) = window.hours { return weekly.zone }
      case .blackout(let blackout): if case .weekly(let weekly) = blackout.hours { return weekly.zone }
      default: break
      }
    }
    return .utc
  }

  /// `nil` for what no calendar holds: plans come from files that anybody may have written.
  private static func instant(_ seconds: Double, after start: Instant) -> Instant? {
    guard seconds.isFinite, seconds.magnitude < 1e10 else { return nil }
    return Instant(
      secondsSince1970: start.secondsSince1970 + Int(seconds.rounded(.toNearestOrAwayFromZero)))
  }

  // MARK: In words

  /// The zone, with its distance to UTC while that does not change: `Europe/Paris, UTC+01:00`.
  var zoneName: String {
    let name = VisibleText.name(zone.name)
    let offset = Self.offset(zone.offset(at: start))
    return zone == .utc || changes ? name : "\(name), UTC\(offset)"
  }

  /// From the first start to the last end, with the zone.
  var planned: String { "\(span(first, last)) (\(zoneName))" }

  /// When the first move starts.
  var begin: String { text(first) }

  /// An instant after the start of the plan: `Fri 2026-11-27 22:00:41`.
  func text(_ seconds: Double) -> String {
    guard let time = local(seconds) else { return "unknown" }
    return "\(Self.date(time)) \(clock(time))"
  }

  /// From one instant to another, the day written once if it is the same.
  func span(_ from: Double, _ to: Double) -> String {
    guard let start = local(from), let end = local(to) else { return "unknown" }
    let isOneDay = (start.year, start.month, start.day) == (end.year, end.month, end.day)
    return "\(Self.date(start)) \(clock(start))–\(isOneDay ? "" : "\(Self.date(end)) ")\(clock(end))"
  }

  func text(_ span: MoveHours.Span) -> String {
    guard let closes = span.closesSeconds else { return "from \(text(span.opensSeconds)) on" }
    return self.span(span.opensSeconds, closes)
  }

  private func local(_ seconds: Double) -> LocalTime? {
    Self.instant(seconds, after: start).map { LocalTime($0, in: zone) }
  }

  private static func date(_ time: LocalTime) -> String {
    let weekday = time.weekday.rawValue
    return
      "\(weekday.prefix(1).uppercased())\(weekday.dropFirst()) \(time.year)-\(twoDigits(time.month))-\(twoDigits(time.day))"
  }

  private func clock(_ time: LocalTime) -> String {
    let seconds = time.secondsOfDay
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(Self.twoDigits).joined(separator: ":")
    return changes ? clock + Self.offset(time.offsetSeconds) : clock
  }

  private static func offset(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    return "\(seconds < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  // MARK: Hours

  /// The number of a move's hours among ``openings``, from 1 on; `nil` when no rule limits it.
  func hours(of move: Move) -> Int? { hours.entryOfMove[move.id].map { $0 + 1 } }

  /// Whole seconds that its hours must still hold when a move starts: for itself, or in a plan in waves for the
  /// rest of its wave, the time to see to its VMs and to go back.
  func need(of move: Move) -> Int {
    var end = move.endSeconds
    if let policy, let wave = waves[move.wave] {
      end = wave.endSeconds + policy.reservedSeconds(afterMovesOf: wave.endSeconds - wave.startSeconds)
    }
    let need = end - move.startSeconds
    return need.isFinite && need > 0 ? Int(min(1e9, need).rounded(.up)) : 0
  }

  /// A span of hours and the rules that leave it.
  struct Leave: Hashable {
    let span: MoveHours.Span
    let rules: [Rule.ID]
  }

  /// The span of its hours in which the plan has a move; `nil` when no rule limits it, or it is outside of them.
  func leave(of move: Move) -> Leave? {
    guard let entry = hours.entryOfMove[move.id].map({ hours.entries[$0] }),
      let span = entry.spans.first(where: { $0.holds(from: move.startSeconds, to: move.endSeconds) })
    else { return nil }
    return Leave(span: span, rules: entry.rules)
  }

  /// The spans in which some moves lie, by their first instant, and how many of the moves lie in each.
  func leaves(of moves: [Move]) -> [(leave: Leave, moves: Int)] {
    var order: [Leave] = []
    var counts: [Leave: Int] = [:]
    for leave in moves.compactMap(leave) {
      if counts.updateValue(counts[leave, default: 0] + 1, forKey: leave) == nil { order.append(leave) }
    }
    return order.enumerated().sorted {
      ($0.element.span.opensSeconds, $0.offset) < ($1.element.span.opensSeconds, $1.offset)
    }.map { ($0.element, counts[$0.element, default: 0]) }
  }

  /// A span of hours as scripts need it.
  struct Opening {
    /// The number of the hours.
    let hours: Int
    /// First and last second, since 1970.
    let from, to: Int
    /// For people.
    let text: String
  }

  /// All spans of all hours, in ascending order for each.
  var openings: [Opening] {
    hours.entries.enumerated().flatMap { index, entry in
      entry.spans.map { span in
        Opening(
          hours: index + 1, from: start.secondsSince1970 + Int(span.opensSeconds.rounded(.up)),
          to: span.closesSeconds.map { start.secondsSince1970 + Int($0.rounded(.down)) } ?? Self.endless,
          text: "\(text(span)) (\(zoneName))")
      }
    }
  }

  /// The year 2286: the last second that is written with ten digits.
  private static let endless = 9_999_999_999
}
