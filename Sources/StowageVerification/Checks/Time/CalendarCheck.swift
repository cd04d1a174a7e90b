import StowageModel

/// Moves of the members lie within a `window`, keep clear of a `blackout`, and end by a `deadline`.
///
/// The clock is read instant by instant, with nothing of the planner's tables: hours can begin or end
/// only where the clock shows one of their two times or is changed, so these edges are looked at.
struct CalendarCheck {
  let rule: Rule.ID
  let members: Set<Int>
  /// When the plan starts; `nil` when it does not say.
  let start: Instant?

  func within(_ hours: Hours, _ journeys: [Journey]) -> [Finding] {
    check(journeys) { origin, movement in
      firstEdge(movement.start, movement.end, hours, origin) { !Self.isWithin($0, hours) }.map { instant in
        Finding(at: instant, .rule(rule), .rule(.outsideHours(rule, movement.id)))
      }
    }
  }

  func clear(of hours: Hours, _ journeys: [Journey]) -> [Finding] {
    check(journeys) { origin, movement in
      firstEdge(movement.start, movement.end, hours, origin) { Self.isWithin($0, hours) }.map { instant in
        Finding(at: instant, .rule(rule), .rule(.withinHours(rule, movement.id)))
      }
    }
  }

  func due(_ due: Deadline.Due, _ journeys: [Journey]) -> [Finding] {
    let seconds: Double
    switch due {
    case .within(let after): seconds = after
    case .by(let instant):
      guard let start else { return journeys.contains(where: isMember) ? [unknownStart] : [] }
      seconds = Double(instant.secondsSince1970 - start.secondsSince1970)
    }
    return journeys.filter(isMember).map(\.movement).filter { $0.end > seconds + 1e-6 }.map { movement in
      Finding(
        at: max(0, seconds), .rule(rule),
        .rule(.late(rule, movement.id, endSeconds: movement.end, dueSeconds: seconds)))
    }
  }

  private func isMember(_ journey: Journey) -> Bool { members.contains(journey.movement.vm) }

  private var unknownStart: Finding { Finding(.rule(rule), .rule(.unknownStart(rule))) }

  private func check(_ journeys: [Journey], _ find: (Instant, Movement) -> Finding?) -> [Finding] {
    let own = journeys.filter(isMember).map(\.movement)
    guard !own.isEmpty else { return [] }
    guard let start else { return [unknownStart] }
    return own.compactMap { find(start, $0) }
  }

  /// Whether a stretch of time lies within hours, or is clear of them.
  func isKept(_ hours: Hours, isWindow: Bool, from: Double, until: Double) -> Bool {
    guard let start else { return false }
    return firstEdge(from, until, hours, start) { Self.isWithin($0, hours) != isWindow } == nil
  }

  /// The first instant of a stretch of time, in seconds of the plan, at which a thing is so that changes only at edges.
  private func firstEdge(
    _ from: Double, _ until: Double, _ hours: Hours, _ origin: Instant, _ isSo: (Double) -> Bool
  ) -> Double? {
    let base = Double(origin.secondsSince1970)
    var instant = base + from
    let end = base + until
    // Weekly hours repeat: what has not come in four weeks of edges does not come.
    for _ in 0..<80 {
      if isSo(instant) { return instant - base }
      guard let next = Self.nextEdge(after: instant, hours), next < end else { return nil }
      instant = next
    }
    return nil
  }

  static func isWithin(_ instant: Double, _ hours: Hours) -> Bool {
    switch hours {
    case .dated(let from, let to):
      return Double(from.secondsSince1970) <= instant && instant < Double(to.secondsSince1970)
    case .weekly(let weekly):
      let local = instant + Double(offset(weekly.zone, at: instant))
      let day = Int((local / 86_400).rounded(.down))
      let second = local - Double(day) * 86_400
      let (from, to) = (Double(weekly.from) * 60, Double(weekly.to) * 60)
      let today = weekly.days.contains(WeeklyHours.Day(daysSince1970: day))
      let yesterday = weekly.days.contains(WeeklyHours.Day(daysSince1970: day - 1))
      if from < to { return today && from <= second && second < to }
      return today && from <= second || yesterday && second < to
    }
  }

  private static func offset(_ zone: TimeZoneOffsets, at instant: Double) -> Int {
    var seconds = zone.changes[0].seconds
    for change in zone.changes where Double(change.since) <= instant { seconds = change.seconds }
    return seconds
  }

  static func nextEdge(after instant: Double, _ hours: Hours) -> Double? {
    switch hours {
    case .dated(let from, let to):
      return [from, to].map { Double($0.secondsSince1970) }.filter { $0 > instant }.min()
    case .weekly(let weekly):
      let offset = Double(offset(weekly.zone, at: instant))
      let midnight = ((instant + offset) / 86_400).rounded(.down) * 86_400 - offset
      let times = [weekly.from, weekly.to].flatMap { minutes in
        [midnight, midnight + 86_400].map { $0 + Double(minutes) * 60 }
      }
      let changes = weekly.zone.changes.map { Double($0.since) }
      return (times + changes).filter { $0 > instant }.min()
    }
  }
}
