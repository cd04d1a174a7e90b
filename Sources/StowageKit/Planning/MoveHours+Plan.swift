import StowageFleet
import StowageModel
import StowageReports

extension MoveHours {
  /// How long after the planned end hours are told: whoever executes a plan may be some weeks late.
  private static let graceSeconds = 28.0 * 86_400
  /// Spans told of one entry at most.
  private static let limit = 60

  /// Hours of a plan's moves by the rules of its inventory; none when the plan does not say when it starts.
  static func of(_ plan: Plan, in inventory: Inventory) -> MoveHours {
    guard plan.options.start != nil, inventory.rules.contains(where: \.limitsHours) else {
      return MoveHours()
    }
    let fleet = Fleet(inventory, options: plan.options)
    let calendar = fleet.timeRules.calendar
    let positions = Dictionary(fleet.vms.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let until = (plan.moves.map(\.endSeconds).max() ?? 0) + graceSeconds
    var entries = plan.moves.map { move in
      positions[move.vm].flatMap { calendar.entry(of: $0) }.map { calendar.entries[$0] }.map(Leave.init)
    }
    if plan.options.waves != nil { entries = Self.whole(entries, plan.moves) }
    var hours = MoveHours()
    var known: [Leave: Int] = [:]
    for (move, entry) in zip(plan.moves, entries) {
      guard let entry else { continue }
      if known[entry] == nil {
        known[entry] = hours.entries.count
        hours.entries.append(Entry(rules: entry.rules, spans: entry.spans(until: until)))
      }
      hours.entryOfMove[move.id] = known[entry]
    }
    return hours
  }

  /// Where waves were asked for, each keeps whole within the hours of all its moves.
  private static func whole(_ entries: [Leave?], _ moves: [Move]) -> [Leave?] {
    var ofWave: [Int: Leave] = [:]
    for case (let move, let entry?) in zip(moves, entries) {
      ofWave[move.wave] = ofWave[move.wave].map { $0.together(with: entry) } ?? entry
    }
    return moves.map { ofWave[$0.wave] }
  }

  /// What rules leave, in ms after the start of the plan.
  private struct Leave: Hashable {
    var rules: [Rule.ID]
    var open: OpenTimes
    var due: Int?

    init(_ entry: MoveCalendar.Entry) {
      rules = entry.rules
      open = entry.open
      due = entry.due
    }

    func together(with other: Leave) -> Leave {
      var both = self
      both.rules += other.rules.filter { !rules.contains($0) }
      both.open = open.intersection(other.open)
      both.due = [due, other.due].compactMap { $0 }.min()
      return both
    }

    func spans(until: Double) -> [Span] {
      open.spans.prefix { Double($0.lowerBound) / 1000 <= until }.prefix(limit).compactMap { span in
        let closes = min(span.upperBound, due ?? .max)
        guard span.lowerBound < closes else { return nil }
        return Span(
          opensSeconds: Double(span.lowerBound) / 1000,
          closesSeconds: closes < OpenTimes.endless ? Double(closes) / 1000 : nil)
      }
    }
  }
}

extension Rule {
  /// Whether it has its members move at certain times only.
  fileprivate var limitsHours: Bool {
    switch requirement {
    case .window, .blackout, .deadline: true
    default: false
    }
  }
}
