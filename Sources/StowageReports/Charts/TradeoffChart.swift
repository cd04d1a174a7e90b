/// Memory moved against hosts on, with what is proved to be the least below it.
struct TradeoffChart {
  private static let height = 240.0
  private static let bottom = 22.0
  private static let top = 8.0
  /// Parts of the width that are left free at both sides, for the numbers below the outermost points.
  private static let margin = 0.06

  private let points: [Tradeoff]

  init(_ points: [Tradeoff]) { self.points = points }

  /// Empty where there are no two points to draw a line between.
  var markup: String {
    guard points.count > 1, let fewest = points.map(\.hostsOn).min(), let most = points.map(\.hostsOn).max(),
      most > fewest
    else { return "" }
    let highest = max(1e-9, points.map(\.movedMiB).max() ?? 0)
    func x(_ point: Tradeoff) -> String {
      let part = Double(point.hostsOn - fewest) / Double(most - fewest)
      return SVG.share(Self.margin + (1 - 2 * Self.margin) * part)
    }
    func y(_ mebibytes: Double) -> String {
      let plot = Self.height - Self.bottom - Self.top
      return SVG.coordinate(Self.top + plot * (1 - mebibytes / highest))
    }
    var content: [SVG] = []
    for (left, right) in zip(points, points.dropFirst()) {
      if let low = left.leastMovedMiB, let next = right.leastMovedMiB {
        content.append(Self.line(x(left), y(low), x(right), y(next), dashes: "4 4"))
      }
      content.append(Self.line(x(left), y(left.movedMiB), x(right), y(right.movedMiB), dashes: "none"))
    }
    for point in points {
      let words =
        "\(Units.count(point.hostsOn, "host")) on: \(Units.gibibytes(fromMiB: point.movedMiB)) moved in \(Units.duration(seconds: point.makespanSeconds))"
      content.append(
        SVG(
          "circle",
          ["cx": x(point), "cy": y(point.movedMiB), "r": point.isChosen ? "5" : "3", "class": "after"],
          [SVG("title", text: words)]))
      content.append(Self.label(x(point), Self.height - 6, Units.count(point.hostsOn)))
    }
    return SVG.picture(
      height: Int(Self.height), cssClass: "outlook", title: "Memory moved against hosts on",
      description: "Dots are plans, the large one is this plan. The table below holds the figures.", content
    ).markup
  }

  private static func line(
    _ x1: String, _ y1: String, _ x2: String, _ y2: String, dashes: String
  ) -> SVG {
    SVG(
      "line",
      ["x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": "limit", "stroke-dasharray": dashes])
  }

  private static func label(_ x: String, _ y: Double, _ text: String) -> SVG {
    SVG("text", ["x": x, "y": SVG.coordinate(y), "class": "tick", "text-anchor": "middle"], text: text)
  }
}
