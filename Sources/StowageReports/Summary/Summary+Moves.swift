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
    var lines = table.lines[...]
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
    page.add(lines)
    let rest = wave.moves.dropFirst(lines.count)
    if !rest.isEmpty {
      let techniques = PlanFigures.techniques(of: Array(rest))
      let kinds = techniques.map { "\(Units.count($0.count)) \($0.technique.rawValue)" }
      page.add("    … and \(Units.count(rest.count)) more: \(kinds.joined(separator: ", "))")
    }
  }

  /// Symbol and id, VM, hosts, technique, times, pause, data.
  private var moveColumns: [TextTable.Column] {
    // What is left of the line once the figures have their room is for names.
    let names = max(24, layout.width - 62)
    return [
      .init(), .init(limit: names * 2 / 5), .init(limit: names * 3 / 5 + 3), .init(), .init(),
      .init(isRightAligned: true), .init(isRightAligned: true),
    ]
  }

  private func row(of move: Move) -> [String] {
    let hostLimit = max(7, (max(24, layout.width - 62) * 3 / 5) / 2)
    let from = TextWidth.cut(VisibleText.name(move.from.rawValue), to: hostLimit)
    let to = TextWidth.cut(VisibleText.name(move.to.rawValue), to: hostLimit)
    let runs = names.runs(move.vm)
    return [
      "\(Symbol(move, runs: runs).rawValue) \(VisibleText.name(move.id.rawValue))",
      VisibleText.name(move.vm.rawValue),
      "\(from) → \(to)",
      move.technique.rawValue,
      Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds),
      runs ? move.estimate.map { Units.duration(milliseconds: $0.downtimeMilliseconds) } ?? "?" : "off",
      move.estimate.map { Units.gibibytes(fromMiB: $0.bytesMiB) } ?? "?",
    ]
  }

  private var legend: [String] {
    let used = Set(input.plan.moves.map { Symbol($0, runs: names.runs($0.vm)) })
    let symbols = Symbol.allCases.filter(used.contains).map { "  \($0.rawValue) \($0.meaning)" }
    return symbols + [
      "  columns: id, VM, from → to, technique, start–end, pause of the VM, data sent"
        + (figures.unestimatedMoves > 0 ? "; ? = not estimated" : "")
    ]
  }

  func addHostsOff(to page: inout TextPage) {
    let off = input.plan.poweredOffHosts
    guard !off.isEmpty else { return }
    page.section("Hosts to switch off (\(Units.count(off.count)))")
    let departures = Dictionary(grouping: input.plan.moves, by: \.from)
    var table = TextTable([
      .init(), .init(limit: 40), .init(isRightAligned: true), .init(), .init(isRightAligned: true),
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
    page.add(table.lines)
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
