public import StowageModel

/// The runbook of a plan: what is worked through, step by step, with checks, ways to see progress, to
/// know that it worked, and the way back.
///
/// A platform's guide says what is done (commands in no language), a format says it in its language; so
/// that a new platform comes in all formats and a new format for all platforms.
public struct Runbook: Sendable {
  let input: ReportInput
  let platform: Platform
  let gate: CommitGate
  /// Days for which what is left at the sources is kept as the way back; `nil` when nothing is said about that.
  let keptDays: Int?
  let figures: PlanFigures
  let names: Names
  let order: MoveOrder
  /// The plan by the clock; `nil` when it does not say when it starts.
  let calendar: PlanCalendar?

  /// The runbook of a plan for a platform, the plan's own unless given, and with a gate after each wave: that
  /// of a plan in waves, or else none, unless given.
  public init(
    _ input: ReportInput, platform: Platform? = nil, gate: CommitGate? = nil, keptDays: Int? = nil
  ) {
    self.input = input
    self.platform = platform ?? input.plan.options.platform
    self.gate = gate ?? CommitGate(plannedBy: input.plan.options.waves)
    self.keptDays = keptDays ?? input.plan.options.keepSourceDays
    figures = PlanFigures(input)
    names = Names(input.inventory)
    order = MoveOrder(input.plan.moves)
    calendar = PlanCalendar(input)
  }

  /// The runbook in a format.
  public func text(_ format: RunbookFormat) throws(RunbookFailure) -> String {
    switch format {
    case .md: return markdown()
    case .html: return RunbookPage(self, guide: guide(.native(to: platform))).html
    case .sh:
      try checkSteps()
      return ShellScript(self, guide: guide(.shell)).text
    case .ps1:
      try checkSteps()
      return PowerShellScript(self, guide: guide(.powerShell)).text
    case .ansible:
      try checkSteps()
      return AnsiblePlaybook(self, guide: guide(.shell)).text
    case .ics:
      guard let start = input.plan.options.start else { throw .noStart }
      return WaveCalendarFile(input: input, gate: gate, keptDays: keptDays, start: start).text
    case .mgn: return MigrationServiceTable(input: input, names: names).text
    }
  }

  /// The runbook in Markdown, each line ended by a line break. Any block can be copied into a terminal:
  /// commands spell out hosts and VMs instead of relying on variables set further up.
  public func markdown() -> String { document.markdown }

  /// The runbook for people.
  var document: RunbookDocument {
    let dialect = RunbookDialect.native(to: platform)
    let guide = guide(dialect)
    var page = RunbookDocument(dialect: dialect)
    addHead(to: &page)
    addPreconditions(guide, to: &page)
    for wave in figures.waves { add(wave, guide: guide, to: &page) }
    addHosts(guide, to: &page)
    addClosing(to: &page)
    return page
  }

  private func guide(_ dialect: RunbookDialect) -> any RunbookGuide {
    platform.guide(input, names: names, dialect: dialect)
  }

  /// Hosts that are closed when they are empty: those to be emptied, and those to be switched off.
  var closingHosts: [Host.ID] {
    Set(input.plan.poweredOffHosts + (input.plan.goal == .evacuate ? input.plan.options.hosts : [])).sorted()
  }

  func isPoweredOff(_ host: Host.ID) -> Bool { input.plan.poweredOffHosts.contains(host) }

  // MARK: Scripts

  var scriptName: String {
    "Runbook: \(input.plan.goal.title.lowercased()), \(Units.count(input.plan.moves.count, "move"))"
  }

  /// What stands at the top of a script: one line each, in which nothing can end the comment.
  var scriptComments: [String] {
    [
      "\(scriptName), for \(platform.title). Made by \(VisibleText.line(input.plan.generator, limit: 60)) from the inventory",
      "with SHA-256 \(VisibleText.line(input.plan.inventory.sha256, limit: 64)).",
      input.isVerified
        ? "The verifier has accepted the plan."
        : "The verifier has NOT accepted the plan: do not execute it.",
    ]
      + (calendar.map { ["Planned for \($0.planned)."] } ?? [])
  }

  /// When each wave of a script is planned for, if the plan says when it starts.
  func scriptTimes(_ conditions: StartConditions) -> [Int: String] {
    guard let calendar else { return [:] }
    let moves = Dictionary(grouping: conditions.moves.indices) { conditions.waves[$0] }
    return moves.mapValues { positions in
      let own = positions.map { conditions.moves[$0] }
      let from = own.map(\.startSeconds).min() ?? 0
      return "planned for \(calendar.span(from, own.map(\.endSeconds).max() ?? from)) (\(calendar.zoneName))"
    }
  }

  /// One line that says what a step is and how long it should take.
  func scriptTitle(_ move: Move) -> String {
    let time = Units.duration(seconds: move.endSeconds - move.startSeconds)
    return
      "\(move.id.rawValue): \(VisibleText.name(move.vm.rawValue)), \(VisibleText.name(move.from.rawValue)) to "
      + "\(VisibleText.name(move.to.rawValue)), \(move.manner), expected \(time)"
      + (calendar.map { ", planned for \($0.text(move.startSeconds))" } ?? "")
  }

  private func checkSteps() throws(RunbookFailure) {
    var seen: Set<Move.ID> = []
    for move in input.plan.moves {
      let id = move.id.rawValue
      guard GuideFacts.isPlain(id), id.utf8.count <= 64 else { throw .stepNotPlain(id) }
      guard seen.insert(move.id).inserted else { throw .stepTwice(id) }
    }
  }
}
