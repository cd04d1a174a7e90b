/// How many hosts are how full, before and after: the picture of a fleet with too many hosts for a
/// bar each.
struct Histogram {
  /// Bins of ten per cent; the last holds everything above 100 %.
  static let bins = 11
  private static let height = 150.0
  private static let bottom = 20.0

  let before: [Int]
  let after: [Int]
  /// What is measured.
  let subject: String

  /// A histogram of ratios, 1 being full.
  init(before: [Double], after: [Double], subject: String) {
    self.before = Self.counts(before)
    self.after = Self.counts(after)
    self.subject = subject
  }

  private static func counts(_ ratios: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    for ratio in ratios where ratio.isFinite {
      // Exactly 100 % is full, not overloaded.
      let bin = ratio > 1 ? bins - 1 : min(9, Int(max(0, ratio) * 10))
      counts[bin] += 1
    }
    return counts
  }

  /// The range of a bin: `30–40 %`.
  static func label(_ bin: Int) -> String {
    bin == bins - 1 ? "over 100 %" : "\(bin * 10)–\(bin * 10 + 10) %"
  }

  /// The edges of the bins, and a word for the last.
  private func axis(width: Double) -> [SVG] {
    (0..<Self.bins).map { bin in
      let anchor = bin == 0 ? "start" : "middle"
      let text = bin == Self.bins - 1 ? "100 %" : "\(bin * 10)"
      return SVG(
        "text",
        [
          "x": SVG.share(Double(bin) * width), "y": SVG.coordinate(Self.height - 5), "text-anchor": anchor,
          "class": "tick",
        ], text: text)
    }
  }

  /// The picture.
  var markup: String {
    let most = max(1, (before + after).max() ?? 1)
    let plot = Self.height - Self.bottom
    let width = 1 / Double(Self.bins)
    var content: [SVG] = []
    for bin in 0..<Self.bins {
      let left = Double(bin) * width
      for (counts, offset, name) in [(before, 0.08, "before"), (after, 0.48, "after")] where counts[bin] > 0 {
        let height = (plot - 14) * Double(counts[bin]) / Double(most)
        content.append(
          .rectangle(
            x: SVG.share(left + offset * width), y: plot - height, width: SVG.share(0.4 * width),
            height: height,
            cssClass: bin == Self.bins - 1 && name == "after" ? "after over" : name,
            title: "\(Self.label(bin)) \(name): \(Units.count(counts[bin], "host"))"))
      }
    }
    content += axis(width: width)
    content.append(
      SVG(
        "text", ["x": "100%", "y": "11", "text-anchor": "end", "class": "tick"],
        text: "up to \(Units.count(most, "host"))"))
    return SVG.picture(
      height: Int(Self.height), cssClass: "histogram",
      title: "Hosts by utilisation of \(subject), before and after",
      description: "In steps of ten per cent. The table below holds the same figures.", content
    ).markup
  }
}
