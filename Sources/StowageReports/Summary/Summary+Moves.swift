import StowageModel

// The moves, wave by wave, and the hosts that they empty.
extension Summary {
  /// Waves listed at most; a plan with more is a chain, and the rest reads like the last one.
  private static let waveLimit = 8
  /// Moves of a wave listed at least, so that each wave shows its kind.
  private static let leastMovesOfAWave = 3

  func addMoves(to page: inout TextPage) {
    page.section("Moves (\(Units.count(input.plan.moves.count)))")
    page.add(legend)
    let shown = Array(figures.waves.prefix(Self.waveLimit))
    let counts = shares(of: shown)
    // One table, so that columns line up from wave to wave.
    var table = TextTable(moveColumns, indent: 2)
    for (wave, count) in zip(shown, counts) {
      for move in wave.moves.prefix(count) { table.add(row(of: move)) }
    }
    var lines = table.lines(fitting: layout.width)[...]
    for (wave, count) in zip(shown, counts) {
      add(wave, lines: Array(lines.prefix(count)), to: &page)
      lines = lines.dropFirst(count)
    }
    let rest = figures.waves.dropFirst(Self.waveLimit)
    if let last = rest.last {
      let moves = rest.reduce(0) { $0 + $1.moves.count }
      page.add("")
      page.add(
        "  … and \(Units.count(rest.count)) more waves with \(Units.count(moves, "move")), up to wave "
          + "\(last.number); all are in moves.csv")
    }
  }

  /// How many moves of each wave are listed: an equal share of what the waves before have left over.
  private func shares(of waves: [Wave]) -> [Int] {
    var left = layout.moveLimit
    return waves.enumerated().map { position, wave in
      let share = max(Self.leastMovesOfAWave, left / (waves.count - position))
      let count = min(wave.moves.count, share)
      left -= count
      return count
    }
  }

  private func add(_ wave: Wave, lines: [String], to page: inout TextPage) {
    let times = Units.offsets(fromSeconds: wave.startSeconds, toSeconds: wave.endSeconds)
    page.add("")
    page.add("  Wave \(wave.number): \(Units.count(wave.moves.count, "move")), \(times)")
    if let policy = input.plan.options.waves {
      page.paragraph(wave.gate(policy) + ".", indent: 4, hanging: 4)
    }
    page.add(lines)
    let rest = wave.moves.dropFirst(lines.count)
    if !rest.isEmpty {
      let techniques = PlanFigures.techniques(of: Array(rest))
      let kinds = techniques.map { "\(Units.count($0.count)) \($0.technique.rawValue)" }
      page.add("    … and \(Units.count(rest.count)) more: \(kinds.joined(separator: ", "))")
    }
  }

  /// Below this width the end of a move and its data are left out, so that names stay readable.
  private static let wideFrom = 96

  private var isWide: Bool { layout.width >= Self.wideFrom }

  /// Symbol and id, VM, hosts, technique, times, pause, data.
  private var moveColumns: [TextTable.Column] {
    [
      .init(), .init(isName: true), .init(isName: true, gap: 1), .init(gap: 1), .init(isName: true), .init(),
      .init(),
      .init(isRightAligned: true), .init(isRightAligned: true),
    ]
  }

  private func row(of move: Move) -> [String] {
    let runs = names.runs(move.vm)
    let pause = move.estimate.map { Units.duration(milliseconds: $0.downtimeMilliseconds) } ?? "?"
    let data = move.estimate.map { Units.gibibytes(fromMiB: $0.bytesMiB) } ?? "?"
    return [
      "\(Symbol(move, runs: runs).rawValue) \(VisibleText.name(move.id.rawValue))",
      VisibleText.name(move.vm.rawValue), VisibleText.name(move.from.rawValue), "→",
      VisibleText.name(move.to.rawValue), move.manner,
      isWide
        ? Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds)
        : Units.offset(seconds: move.startSeconds),
      runs ? pause : "off", isWide ? data : "",
    ]
  }

  private var legend: [String] {
    let used = Set(input.plan.moves.map { Symbol($0, runs: names.runs($0.vm)) })
    let symbols = Symbol.allCases.filter(used.contains).map { "  \($0.rawValue) \($0.meaning)" }
    return symbols + [
      "  columns: id, VM, from → to, technique, "
        + (isWide ? "start–end, pause of the VM, data sent" : "start, pause of the VM")
        + (figures.unestimatedMoves > 0 ? "; ? = not estimated" : "")
    ]
  }

  func addHostsOff(to page: inout TextPage) {
    let off = input.plan.poweredOffHosts
    guard !off.isEmpty else { return }
    page.section("Hosts to switch off (\(Units.count(off.count)))")
    let departures = Dictionary(grouping: input.plan.moves, by: \.from)
    var table = TextTable([
      .init(), .init(isName: true), .init(isRightAligned: true), .init(), .init(isRightAligned: true),
    ])
    let limit = 20
    for host in off.prefix(limit) {
      let moves = departures[host, default: []]
      let emptied = moves.map(\.endSeconds).max()
      table.add([
        "-", VisibleText.name(host.rawValue), Units.count(Set(moves.map(\.vm)).count, "VM"),
        emptied.map { "empty at \(Units.offset(seconds: $0))" } ?? "empty already",
        names.host(host)?.powerIdleWatts.map { "saves \(Units.watts($0))" } ?? "",
      ])
    }
    page.add(table.lines(fitting: layout.width))
    if off.count > limit { page.add("  … and \(Units.count(off.count - limit)) more in plan.json") }
  }
}

/// What happens to a VM during a move, in one sign.
private enum Symbol: String, CaseIterable {
  case live = "~"
  case committed = ">"
  case stopped = "!"
  case off = "."

  init(_ move: Move, runs: Bool) {
    if !runs {
      self = .off
    } else if move.technique.hasPointOfNoReturn {
      self = .committed
    } else {
      self = move.technique.isLive ? .live : .stopped
    }
  }

  var meaning: String {
    switch self {
    case .live: "moves while it runs; can be called off until the last moment"
    case .committed: "moves while it runs; no way back between switch-over and the end"
    case .stopped: "is stopped for the move and started again"
    case .off: "is off and stays off"
    }
  }
}
