import StowageModel

/// How many moves are under way over time, by technique: the picture of a plan with too many moves
/// for a bar each.
struct ActivityChart {
  /// Slices of time.
  private static let slices = 120
  private static let height = 180.0
  private static let bottom = 20.0

  /// A slice of time and how many moves of each look are under way in its middle.
  struct Slice {
    let startSeconds: Double
    let endSeconds: Double
    let counts: [(look: TechniqueLook, count: Int)]

    var total: Int { counts.reduce(0) { $0 + $1.count } }
  }

  let slices: [Slice]
  private let scale: TimeScale

  init(_ moves: [Move], endSeconds: Double, slices count: Int = Self.slices, runs: (VM.ID) -> Bool) {
    let scale = TimeScale(endSeconds: endSeconds)
    let length = scale.endSeconds / Double(count)
    // Each move adds one from the first slice whose middle it covers to the last.
    var changes = [[TechniqueLook: Int]](repeating: [:], count: count + 1)
    for move in moves {
      let first = Self.slice(after: move.startSeconds, length: length, count: count)
      let last = Self.slice(after: move.endSeconds, length: length, count: count)
      let look = TechniqueLook(move.technique, runs: runs(move.vm))
      changes[first][look, default: 0] += 1
      changes[last][look, default: 0] -= 1
    }
    var current: [TechniqueLook: Int] = [:]
    slices = (0..<count).map { index in
      for (look, change) in changes[index] { current[look, default: 0] += change }
      return Slice(
        startSeconds: Double(index) * length, endSeconds: Double(index + 1) * length,
        counts: TechniqueLook.all.compactMap { look in
          current[look].flatMap { $0 > 0 ? (look: look, count: $0) : nil }
        })
    }
    self.scale = scale
  }

  /// The first slice whose middle is at `seconds` or later.
  private static func slice(after seconds: Double, length: Double, count: Int) -> Int {
    guard seconds.isFinite, seconds > 0 else { return 0 }
    return Int(min(Double(count), (seconds / length - 0.5).rounded(.up)))
  }

  /// What each look stands for, as a list.
  var legend: String {
    let used = Set(slices.flatMap { $0.counts.map(\.look) })
    let items = TechniqueLook.all.filter(used.contains).map { "<li>\($0.swatch)\($0.label)</li>" }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  /// The same figures: time after the start, moves under way, by technique.
  var rows: [[String]] {
    slices.map { slice in
      let middle = (slice.startSeconds + slice.endSeconds) / 2
      let kinds = slice.counts.map { "\(Units.count($0.count)) \($0.look.label)" }
      return [Units.offset(seconds: middle), Units.count(slice.total), kinds.joined(separator: "; ")]
    }
  }

  /// The picture.
  var markup: String {
    let most = max(1, slices.map(\.total).max() ?? 1)
    let plot = Self.height - Self.bottom
    var content = grid(most: most, plot: plot)
    for slice in slices {
      var top = plot
      for (look, count) in slice.counts {
        let height = plot * Double(count) / Double(most)
        top -= height
        let x = SVG.share(scale.share(slice.startSeconds))
        let width = SVG.share(1 / Double(slices.count))
        content.append(
          .rectangle(x: x, y: top, width: width, height: height, cssClass: "\(look.cssClass) flat"))
      }
    }
    return SVG.picture(
      height: Int(Self.height), cssClass: "activity", title: "Moves under way over time, by technique",
      description: "At most \(Units.count(most)) at once. The table below holds the same figures.", content
    ).markup
  }

  private func grid(most: Int, plot: Double) -> [SVG] {
    let times = scale.ticks.flatMap { tick -> [SVG] in
      let x = SVG.share(tick.share)
      let line = SVG(
        "line", ["x1": x, "x2": x, "y1": "0", "y2": SVG.coordinate(plot), "class": "grid"])
      return [line, tick.label(y: Self.height - 5)]
    }
    let top = SVG(
      "text", ["x": "100%", "y": "12", "text-anchor": "end", "class": "tick"],
      text: "\(Units.count(most)) at once")
    return times + [top]
  }
}
