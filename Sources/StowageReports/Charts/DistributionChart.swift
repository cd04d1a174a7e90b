/// How many hosts are how full, for two resources side by side.
struct DistributionChart {
  private static let height = 170.0
  private static let bottom = 20.0

  private let series: [(name: String, counts: [Int])]

  init(_ series: [(name: String, ratios: [Double])]) {
    self.series = series.map { ($0.name, Histogram(before: $0.ratios, after: [], subject: $0.name).before) }
  }

  /// The same figures, a row a bin.
  var rows: [[String]] {
    (0..<Histogram.bins).map { bin in
      [Histogram.label(bin)] + series.map { Units.count($0.counts[bin]) }
    }
  }

  /// The picture, its legend after it.
  var markup: String {
    let most = max(1, series.flatMap(\.counts).max() ?? 1)
    let plot = Self.height - Self.bottom
    let width = 1 / Double(Histogram.bins)
    var content: [SVG] = []
    for (index, own) in series.enumerated() {
      for (bin, count) in own.counts.enumerated() where count > 0 {
        let height = (plot - 14) * Double(count) / Double(most)
        content.append(
          .rectangle(
            x: SVG.share((Double(bin) + 0.08 + 0.42 * Double(index)) * width), y: plot - height,
            width: SVG.share(0.4 * width), height: height, cssClass: index == 0 ? "after" : "before",
            title: "\(Histogram.label(bin)) \(own.name): \(Units.count(count, "host"))"))
      }
    }
    for bin in 0..<Histogram.bins {
      content.append(
        SVG(
          "text",
          [
            "x": SVG.share(Double(bin) * width), "y": SVG.coordinate(Self.height - 5),
            "text-anchor": bin == 0 ? "start" : "middle", "class": "tick",
          ], text: bin == Histogram.bins - 1 ? "100 %" : "\(bin * 10)"))
    }
    content.append(
      SVG(
        "text", ["x": "100%", "y": "11", "text-anchor": "end", "class": "tick"],
        text: "up to \(Units.count(most, "host"))"))
    let picture = SVG.picture(
      height: Int(Self.height), cssClass: "histogram", title: "Hosts by utilisation of memory and of CPU",
      description: "In steps of ten per cent. The table below holds the same figures.", content)
    return picture.markup
      + Legend.markup(series.enumerated().map { ($0 == 0 ? "after" : "before", $1.name) })
  }
}
