import StowageModel

// The order of the moves, the choice of techniques, and the moves themselves.
extension HTMLReport {
  /// Rows of the table at most: beyond, a browser is the wrong tool, and moves.csv holds them all.
  private static let moveLimit = 5000
  private static let choiceLimit = 25
  private static let waveLimit = 60

  var scheduleSection: ReportPage.ScheduleSection? {
    let plan = input.plan
    guard !plan.moves.isEmpty else { return nil }
    let isSmall = plan.moves.count <= Gantt.moveLimit
    let used = Set(plan.moves.map { TechniqueLook($0.technique, runs: names.runs($0.vm)) })
    return ReportPage.ScheduleSection(
      scheduleNote:
        "\(Units.duration(seconds: plan.schedule.makespanSeconds)) from the first start to the last end; "
        + "\(ScheduleQuality(plan.schedule).text)."
        + (calendar.map { " Planned for \($0.planned)." } ?? ""),
      waveSection: waveSection,
      legend: TechniqueLook.all.filter(used.contains).map { .init(swatch: $0.swatch, meaning: $0.label) },
      gantt: isSmall ? ganttPart : nil, activity: isSmall ? nil : activityPart)
  }

  private var waveSection: ReportPage.WaveSection {
    let waves = figures.waves
    let rest = waves.count - Self.waveLimit
    return .init(
      hasClock: calendar != nil, hasGates: input.plan.options.waves != nil,
      waveRows: waves.prefix(Self.waveLimit).map(row),
      waveRest: rest > 0 ? "\(Units.count(rest, "more wave")) in the runbook" : nil)
  }

  private func row(of wave: Wave) -> ReportPage.WaveRow {
    let leaves = calendar?.leaves(of: wave.moves) ?? []
    let hours = leaves.map { own in
      let rules = Summary.list(own.leave.rules.map { VisibleText.name($0.rawValue) }, limit: 2)
      return "\(calendar?.text(own.leave.span) ?? "") (\(Units.count(own.moves, "move")), by \(rules))"
    }
    return .init(
      wave: "\(wave.number)", waveMoves: Units.count(wave.moves.count),
      waveTimes: Units.offsets(fromSeconds: wave.startSeconds, toSeconds: wave.endSeconds),
      waveClock: calendar?.span(wave.startSeconds, wave.endSeconds) ?? "",
      waveHours: hours.isEmpty ? "any" : Summary.list(hours, limit: 3),
      waveGate: input.plan.options.waves.map(wave.gate) ?? "")
  }

  private var ganttPart: ReportPage.GanttPart {
    let side: Gantt.Side
    switch input.plan.goal {
    case .consolidate, .evacuate, .colocate: side = .sources
    case .balance, .repair, .restore: side = .targets
    }
    let gantt = Gantt(
      input.plan.moves, side: side, endSeconds: input.plan.schedule.makespanSeconds, runs: names.runs)
    return ReportPage.GanttPart(
      ganttSide: side == .sources ? "Leaving" : "Entering", axis: gantt.axis,
      ganttRows: gantt.rows.map {
        .init(ganttHost: .init($0.host.rawValue, alias: names.alias(of: $0.host)), lane: $0.markup)
      })
  }

  private var activityPart: ReportPage.ActivityPart {
    let end = input.plan.schedule.makespanSeconds
    let chart = ActivityChart(input.plan.moves, endSeconds: end, runs: names.runs)
    let table = ActivityChart(input.plan.moves, endSeconds: end, slices: 20, runs: names.runs)
    return ReportPage.ActivityPart(
      activityPicture: chart.markup,
      activityRows: table.rows.map { .init(slice: $0[0], underWay: $0[1], kinds: $0[2]) })
  }

  /// Running VMs that do not move by pre-copy, or for which it was turned down: the cases that raise
  /// questions. The longest pauses come first.
  var choiceSection: ReportPage.ChoiceSection? {
    let moves = input.plan.moves.filter { move in
      (move.technique != .preCopy || move.aid != nil) && names.runs(move.vm) && !move.rejected.isEmpty
    }.sorted { left, right in
      let pauses = [left, right].map { $0.estimate?.downtimeMilliseconds ?? 0 }
      return (pauses[1], left.id) < (pauses[0], right.id)
    }
    guard !moves.isEmpty else { return nil }
    let rows = moves.prefix(Self.choiceLimit).compactMap { move in
      move.rejected.first { $0.technique == .preCopy }.map { ($0, move) }
        ?? move.rejected.first.map { ($0, move) }
    }.map { rejected, move in
      ReportPage.ChoiceRow(
        choiceVM: .init(move.vm.rawValue, alias: names.alias(of: move.vm)), chosen: move.manner,
        turnedDown: move.name(of: rejected), objection: rejected.because)
    }
    let rest = moves.count - rows.count
    return .init(
      choiceRows: rows, choiceRest: rest > 0 ? "\(Units.count(rest, "more VM")) in the runbook" : nil)
  }

  var moveSection: ReportPage.MoveSection? {
    let moves = input.plan.moves
    guard !moves.isEmpty else { return nil }
    let rest = moves.count - Self.moveLimit
    return ReportPage.MoveSection(
      moveCaption:
        "\(Units.count(moves.count, "move")) in \(Units.count(figures.waves.count, "wave")), by start",
      moveRows: moves.prefix(Self.moveLimit).map(row),
      moveRest: rest > 0 ? "\(Units.count(rest, "more move")) in moves.csv" : nil)
  }

  private func row(of move: Move) -> ReportPage.MoveRow {
    let runs = names.runs(move.vm)
    return ReportPage.MoveRow(
      step: VisibleText.name(move.id.rawValue), vm: .init(move.vm.rawValue, alias: names.alias(of: move.vm)),
      from: VisibleText.name(move.from.rawValue), to: VisibleText.name(move.to.rawValue),
      technique: move.manner,
      times: Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds),
      clock: calendar?.span(move.startSeconds, move.endSeconds),
      pause: runs
        ? move.estimate.map { Units.duration(milliseconds: $0.downtimeMilliseconds) } ?? "?" : "off",
      data: move.estimate.map { Units.gibibytes(fromMiB: $0.bytesMiB) } ?? "?",
      after: Summary.list(move.after.map { VisibleText.name($0.rawValue) }, limit: 4))
  }
}
