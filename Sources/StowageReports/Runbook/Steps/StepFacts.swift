import StowageModel

/// What a person wants to know about a step before touching it, as Markdown lines.
struct StepFacts {
  let lines: [String]

  /// Facts of a move that waits for `awaited`, in the plan's order; `runs` says whether its VM does.
  init(_ move: Move, awaiting awaited: [Move], runs: Bool, calendar: PlanCalendar?) {
    lines =
      [Self.start(of: move, awaiting: awaited, calendar)] + Self.hours(of: move, calendar)
      + [Self.expectation(of: move, runs: runs), Self.technique(of: move, runs: runs)]
      + move.rejected.map { "Not \(move.name(of: $0)): \(MarkdownText.prose($0.because))." }
  }

  /// What it waits for, in the terms of the move that it waits for.
  private static func start(of move: Move, awaiting awaited: [Move], _ calendar: PlanCalendar?) -> String {
    let clock = calendar.map { ", \($0.text(move.startSeconds))" } ?? ""
    let planned = Units.offset(seconds: move.startSeconds) + clock
    guard !move.after.isEmpty else { return "Start: planned at \(planned), waits for nothing" }
    let conditions = awaited.prefix(8).map { Self.condition($0, for: move) }
    let rest = move.after.count - conditions.count
    let more = rest > 0 ? "; and \(Units.count(rest)) more: \(ids(move.after.suffix(rest)))" : ""
    return "Start: when \(conditions.joined(separator: "; "))\(more) (planned at \(planned))"
  }

  private static func hours(of move: Move, _ calendar: PlanCalendar?) -> [String] {
    guard let calendar, let own = calendar.leave(of: move) else { return [] }
    let rules = Summary.list(own.rules.map { MarkdownText.code($0.rawValue) }, limit: 4)
    let within = own.span.closesSeconds == nil ? "" : "within "
    return ["Hours: it is under way only \(within)\(calendar.text(own.span)), by \(rules)"]
  }

  /// A cold move gives its room up when the VM is shut down, any other when it has ended.
  private static func condition(_ other: Move, for move: Move) -> String {
    let id = MarkdownText.code(other.id.rawValue)
    let isEarly =
      other.technique == .cold && other.vm != move.vm && other.sourceReleasedSeconds < other.endSeconds
    return isEarly
      ? "\(id) has shut its VM down (\(Units.offset(seconds: other.sourceReleasedSeconds)))"
      : "\(id) has ended (\(Units.offset(seconds: other.endSeconds)))"
  }

  private static func ids(_ moves: ArraySlice<Move.ID>) -> String {
    Summary.list(moves.map { MarkdownText.code($0.rawValue) }, limit: 20)
  }

  private static func expectation(of move: Move, runs: Bool) -> String {
    let planned = Units.duration(seconds: move.endSeconds - move.startSeconds)
    guard let estimate = move.estimate else { return "Expect: \(planned); the plan holds no estimate" }
    let range = Units.durationRange(lowSeconds: estimate.lowSeconds, highSeconds: estimate.highSeconds)
    var parts = [range == planned ? planned : "\(planned) (\(range))"]
    if runs {
      let pause = "a pause of \(estimate.pauseWords)"
      parts.append(estimate.cutOver.map { "\(pause) (\($0.words))" } ?? pause)
    }
    if estimate.bytesMiB > 0 {
      let rate = move.rateMiBPerSecond > 0 ? " at \(Units.rate(mibPerSecond: move.rateMiBPerSecond))" : ""
      parts.append("\(estimate.bytesWords)\(rate)")
    }
    if estimate.guestSlowdownSeconds >= 0.05 {
      parts.append(
        "\(Units.duration(seconds: estimate.guestSlowdownSeconds)) of work lost while "
          + (move.technique.hasPointOfNoReturn ? "pages are fetched" : "it is slowed down"))
    }
    return "Expect: \(parts.joined(separator: ", "))"
  }

  private static func technique(of move: Move, runs: Bool) -> String {
    let own = move.technique.meaning + (move.aid.map { "; \($0.meaning)" } ?? "")
    let meaning = runs ? own : "the VM is off and stays off"
    let reason = move.reason.isEmpty ? "" : ". Why: \(MarkdownText.prose(move.reason))"
    return "Technique: \(move.manner), \(meaning)\(reason)"
  }
}
