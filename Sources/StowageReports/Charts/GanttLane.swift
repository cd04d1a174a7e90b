import StowageModel

/// One row of a Gantt chart.
struct GanttLane {
  private static let barHeight = 10.0
  /// Names stand above their bars: on a pattern they cannot be read.
  private static let nameHeight = 14.0
  private static let gap = 3.0
  /// Part of the width from which on a bar has room for a name.
  private static let nameShare = 0.06

  let scale: TimeScale
  let isNamed: Bool

  /// The moves of the row, one below the other where their times overlap.
  func picture(of moves: [Move], title: String, runs: (VM.ID) -> Bool) -> SVG {
    let sorted = moves.sorted { ($0.startSeconds, $0.id) < ($1.startSeconds, $1.id) }
    let lanes = Self.lanes(of: sorted)
    let height = Double((lanes.max() ?? 0) + 1) * laneHeight + Self.gap
    let grid = scale.ticks.map { SVG.verticalLine(x: SVG.share($0.share), cssClass: "grid") }
    let bars = zip(sorted, lanes).map { move, lane in
      bar(move, y: Double(lane) * laneHeight + Self.gap, runs: runs(move.vm))
    }
    let end = Units.offset(seconds: moves.map(\.endSeconds).max() ?? 0)
    return SVG.picture(
      height: Int(height), cssClass: "gantt", title: title,
      description: "The last one ends at \(end). Each is listed in the table of moves.", grid + bars)
  }

  private var nameHeight: Double { isNamed ? Self.nameHeight : 0 }

  private var laneHeight: Double { nameHeight + Self.barHeight + Self.gap }

  /// The first lane that is free at each move's start.
  private static func lanes(of sorted: [Move]) -> [Int] {
    var ends: [Double] = []
    return sorted.map { move in
      let lane = ends.firstIndex { $0 <= move.startSeconds } ?? ends.count
      if lane == ends.count { ends.append(0) }
      ends[lane] = max(move.endSeconds, move.startSeconds)
      return lane
    }
  }

  /// A picture inside the picture, so that a name ends where its bar ends.
  private func bar(_ move: Move, y: Double, runs: Bool) -> SVG {
    let start = scale.share(move.startSeconds)
    let width = max(0, scale.share(move.endSeconds) - start)
    let look = TechniqueLook(move.technique, runs: runs)
    var content = [
      SVG("title", text: Self.tooltip(move)),
      .rectangle(x: "0", y: nameHeight, width: "100%", height: Self.barHeight, cssClass: look.cssClass),
    ]
    if isNamed, width >= Self.nameShare {
      let name = VisibleText.name(move.vm.rawValue, limit: 24)
      content.append(SVG("text", ["x": "0", "y": "11", "class": "label"], text: name))
    }
    return SVG(
      "svg",
      [
        "x": SVG.share(start), "y": SVG.coordinate(y), "width": SVG.share(width),
        "height": SVG.coordinate(nameHeight + Self.barHeight),
      ], content)
  }

  private static func tooltip(_ move: Move) -> String {
    let names = [move.from, move.to].map { VisibleText.name($0.rawValue) }.joined(separator: " → ")
    let times = Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds)
    return "\(VisibleText.name(move.id.rawValue)) \(VisibleText.name(move.vm.rawValue)): \(names), "
      + "\(move.manner), \(times)"
  }
}
