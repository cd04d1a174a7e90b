import StowageModel

/// When a wave is executed, in Markdown.
struct WaveWindow {
  /// Spans of hours that are listed at most.
  private static let limit = 8

  /// When it is planned for, or where to write what is agreed on.
  let text: String
  /// What rules leave to its steps.
  let hours: [String]

  init(_ wave: Wave, calendar: PlanCalendar?) {
    guard let calendar else {
      let length = Units.duration(seconds: wave.endSeconds - wave.startSeconds)
      text =
        "The plan states no start. Agreed from ______ to ______; the steps take \(length), and as long again to go back."
      hours = []
      return
    }
    let planned = calendar.span(wave.startSeconds, wave.endSeconds)
    let spans = calendar.leaves(of: wave.moves)
    let free = wave.moves.count - spans.reduce(0) { $0 + $1.moves }
    let limits =
      spans.isEmpty
      ? "No rule limits its hours."
      : free > 0
        ? "Rules limit the hours of \(Units.count(wave.moves.count - free)) of its steps:"
        : "Rules limit its hours:"
    text = "Planned for \(MarkdownText.prose("\(planned) (\(calendar.zoneName))")). \(limits)"
    let rest = spans.count - Self.limit
    hours =
      spans.prefix(Self.limit).map { own in
        let rules = Summary.list(own.leave.rules.map { MarkdownText.code($0.rawValue) }, limit: 4)
        return "\(Units.count(own.moves, "step")): \(calendar.text(own.leave.span)), by \(rules)"
      } + (rest > 0 ? ["… and \(Units.count(rest)) more; each step says its own"] : [])
  }
}
