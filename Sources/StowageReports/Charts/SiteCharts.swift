import StowageModel

/// Pictures of a plan between sites; the tables beside them hold the same figures.
enum SiteCharts {
  private static let boxHeight = 62.0

  /// Sites as boxes, the links that end at them as lines below.
  static func map(_ figures: SiteFigures, links: [(link: Link, a: Int, b: Int)]) -> String {
    let count = Double(max(1, figures.sites.count))
    func middle(_ site: Int) -> Double { (Double(site) + 0.5) / count }
    var content: [SVG] = []
    for (index, site) in figures.sites.enumerated() {
      let left = (Double(index) + 0.08) / count
      let (before, after) = (site.stages.first?.vms ?? 0, site.stages.last?.vms ?? 0)
      content.append(
        .rectangle(
          x: SVG.share(left), y: 2, width: SVG.share(0.84 / count), height: boxHeight, cssClass: "track"))
      let lines = [
        VisibleText.name(site.name, limit: 40), Units.count(site.hosts, "host"),
        "\(Units.count(before)) → \(Units.count(after, "VM"))",
      ]
      for (line, text) in lines.enumerated() {
        content.append(label(text, x: middle(index), y: 20 + 18 * Double(line)))
      }
    }
    for (row, entry) in links.enumerated() {
      let y = boxHeight + 26 + 24 * Double(row)
      let (from, to) = (min(entry.a, entry.b), max(entry.a, entry.b))
      content.append(
        SVG(
          "line",
          [
            "x1": SVG.share(middle(from)), "x2": SVG.share(middle(to)), "y1": SVG.coordinate(y),
            "y2": SVG.coordinate(y), "class": "limit",
          ]))
      let trip = entry.link.roundTripMilliseconds.map { ", \(Units.decimal($0, digits: 1)) ms" } ?? ""
      let text =
        "\(VisibleText.name(entry.link.id.rawValue, limit: 40)): \(Units.decimal(entry.link.gbps, digits: 1)) Gb/s\(trip)"
      content.append(label(text, x: (middle(from) + middle(to)) / 2, y: y - 5))
    }
    return SVG.picture(
      height: Int(boxHeight) + 14 + 24 * links.count + 6, cssClass: "activity",
      title: "Sites, their VMs before and after, and the links between them", content
    ).markup
  }

  /// What moves take of a link over time, up to its line.
  static func use(_ link: SiteFigures.LinkUse, endSeconds: Double) -> String {
    let (height, plot) = (110.0, 90.0)
    let scale = TimeScale(endSeconds: endSeconds)
    let top = max(link.lineMiBPerSecond, link.most)
    var content = scale.ticks.flatMap { tick -> [SVG] in
      let x = SVG.share(tick.share)
      return [
        SVG("line", ["x1": x, "x2": x, "y1": "0", "y2": SVG.coordinate(plot), "class": "grid"]),
        tick.label(y: height - 5),
      ]
    }
    for (index, rate) in link.slices.enumerated() where rate > 0 && top > 0 {
      let bar = plot * rate / top
      content.append(
        .rectangle(
          x: SVG.share(Double(index) / Double(link.slices.count)), y: plot - bar,
          width: SVG.share(1 / Double(link.slices.count)), height: bar, cssClass: "after flat"))
    }
    content.append(
      SVG(
        "text", ["x": "100%", "y": "12", "text-anchor": "end", "class": "tick"],
        text: "line: \(Units.rate(mibPerSecond: link.lineMiBPerSecond))"))
    return SVG.picture(
      height: Int(height), cssClass: "activity",
      title: "Use of \(VisibleText.name(link.name, limit: 60)) over time",
      description: "At most \(Units.rate(mibPerSecond: link.most)).", content
    ).markup
  }

  /// Each wave as a bar: its moves, then the time to see to its VMs.
  static func waves(_ waves: [Wave], policy: WavePolicy?, endSeconds: Double) -> String {
    let gate = policy?.validationSeconds ?? 0
    let end = max(endSeconds, waves.map { $0.endSeconds + gate }.max() ?? 0)
    let scale = TimeScale(endSeconds: end)
    let step = 18.0
    let height = step * Double(waves.count) + 24
    var content = scale.ticks.flatMap { tick -> [SVG] in
      let x = SVG.share(tick.share)
      return [
        SVG("line", ["x1": x, "x2": x, "y1": "0", "y2": SVG.coordinate(height - 20), "class": "grid"]),
        tick.label(y: height - 5),
      ]
    }
    for (row, wave) in waves.enumerated() {
      let y = step * Double(row) + 2
      let (from, to) = (scale.share(wave.startSeconds), scale.share(wave.endSeconds))
      let text =
        "Wave \(wave.number): \(Units.count(wave.moves.count, "move")), \(Units.offsets(fromSeconds: wave.startSeconds, toSeconds: wave.endSeconds))"
      content.append(
        .rectangle(
          x: SVG.share(from), y: y, width: SVG.share(max(0.002, to - from)), height: step - 5,
          cssClass: "after flat", title: text))
      content.append(
        SVG(
          "text",
          [
            "x": SVG.share(max(0, from - 0.004)), "y": SVG.coordinate(y + step - 8),
            "text-anchor": "end", "class": "tick",
          ], text: "\(wave.number)"))
      if gate > 0 {
        let until = scale.share(wave.endSeconds + gate)
        content.append(
          .rectangle(
            x: SVG.share(to), y: y, width: SVG.share(max(0.001, until - to)), height: step - 5,
            cssClass: "track",
            title: "Wave \(wave.number): gate"))
      }
    }
    return SVG.picture(
      height: Int(height), cssClass: "activity", title: "Waves over time",
      description: "The table of waves holds the same figures.", content
    ).markup
  }

  private static func label(_ text: String, x: Double, y: Double) -> SVG {
    SVG(
      "text", ["x": SVG.share(x), "y": SVG.coordinate(y), "text-anchor": "middle", "class": "tick"],
      text: text)
  }
}
