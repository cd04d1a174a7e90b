/// How the totals of clusters are spent: one bar for each resource, from used over free to what is kept.
///
/// Parts differ in pattern as well as in colour, and each carries a tooltip; the table beside the picture
/// holds the figures.
struct WaterfallChart {
  private static let rowHeight = 34.0

  /// A bar: whose, and its parts in order.
  private struct Bar {
    let label: String
    let parts: [(name: String, cssClass: String, share: Double)]
    let limit: Double
  }

  private let bars: [Bar]

  init(_ clusters: [(cluster: Review.ClusterCapacity, name: String)]) {
    bars = clusters.flatMap { cluster, name in
      cluster.waterfalls.map { own in
        let whole = Double(max(own.total, own.used + own.failoverReserve + own.headroom, 1))
        return Bar(
          label: "\(name), \(own.resource.name)",
          parts: [
            ("used", own.free < 0 ? "after over" : "after", Double(own.used) / whole),
            ("free", "free", Double(max(0, own.free)) / whole),
            ("headroom", "kept", Double(own.headroom) / whole),
            ("failover reserve", "reserve", Double(own.failoverReserve) / whole),
          ], limit: Double(own.total) / whole)
      }
    }
  }

  /// The picture, its legend after it.
  var markup: String {
    var content: [SVG] = []
    for (row, bar) in bars.enumerated() {
      let top = Double(row) * Self.rowHeight
      content.append(
        SVG("text", ["x": "0", "y": SVG.coordinate(top + 12), "class": "label-row"], text: bar.label))
      var left = 0.0
      for part in bar.parts where part.share > 0 {
        content.append(
          .rectangle(
            x: SVG.share(left), y: top + 16, width: SVG.share(part.share), height: 12,
            cssClass: part.cssClass,
            title: "\(bar.label): \(part.name) \(Units.percent(part.share))"))
        left += part.share
      }
      content.append(
        SVG(
          "line",
          [
            "x1": SVG.share(bar.limit), "x2": SVG.share(bar.limit), "y1": SVG.coordinate(top + 14),
            "y2": SVG.coordinate(top + 30), "class": "limit",
          ]))
    }
    let picture = SVG.picture(
      height: Int(Double(bars.count) * Self.rowHeight) + 4, cssClass: "waterfall",
      title: "Use of each cluster's resources",
      description:
        "Parts from left to right: used, free, headroom, failover reserve. The table below holds the same figures.",
      content)
    return picture.markup + Self.legend
  }

  private static var legend: String {
    let entries = [
      ("after", "used"), ("free", "free"), ("kept", "headroom"), ("reserve", "failover reserve"),
    ].map {
      cssClass, name in
      let swatch = SVG(
        "svg", ["width": "28", "height": "12", "aria-hidden": "true"],
        [.rectangle(x: "0", y: 0, width: "28", height: 12, cssClass: cssClass)])
      return "<li>\(swatch.markup)\(name)</li>"
    }
    return "<ul class=\"legend\">\(entries.joined())</ul>"
  }

  /// Patterns that tell parts apart without colour.
  static var patterns: String {
    let stripes = SVG(
      "pattern", ["id": "p-reserve", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"],
      [
        .rectangle(x: "0", y: 0, width: "6", height: 6, cssClass: "reserve-ground"),
        SVG("path", ["d": "M0 6L6 0", "class": "reserve-stripe"]),
      ])
    let dots = SVG(
      "pattern", ["id": "p-kept", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"],
      [
        .rectangle(x: "0", y: 0, width: "6", height: 6, cssClass: "reserve-ground"),
        SVG("circle", ["cx": "3", "cy": "3", "r": "1.2", "class": "kept-dot"]),
      ])
    return SVG(
      "svg", ["class": "patterns", "width": "0", "height": "0", "aria-hidden": "true"],
      [SVG("defs", [:], [stripes, dots])]
    ).markup
  }
}
