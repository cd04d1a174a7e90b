import StowageModel

/// Time and pause of the four techniques against the dirty rate, one panel above the other.
struct EstimateChart {
  private static let width = 860.0
  private static let left = 100.0
  private static let right = 20.0
  private static let panelHeight = 220.0
  private static let panelTops = [56.0, 326.0]
  private static let height = 660.0
  /// Of the strip that says which technique is used, and of the legend.
  private static let (useTop, useHeight, legendY) = (592.0, 18.0, 642.0)

  /// Colours and dashes, so that neither is needed alone; readable on light and dark grounds. A rule an element, since
  /// long texts are cut.
  private static let styles = [
    "svg { font: 13px system-ui, sans-serif; } text { fill: #6b7580; } .head { font-weight: 600; }",
    "line { stroke: #8a949e; stroke-opacity: 0.4; } .link { stroke-opacity: 1; stroke-dasharray: 2 3; }",
    "polyline { fill: none; stroke-width: 2.5; }", "rect { fill-opacity: 0.22; stroke-width: 1; }",
    "rect.t-pre-copy { fill: #2f7fc2; }", "rect.t-hybrid { fill: #8a5cb5; }",
    "rect.t-post-copy { fill: #c2681a; }",
    "rect.t-cold { fill: #66707c; }", ".t-pre-copy { stroke: #2f7fc2; }",
    ".t-hybrid { stroke: #8a5cb5; stroke-dasharray: 9 4; }",
    ".t-post-copy { stroke: #c2681a; stroke-dasharray: 3 3; }",
    ".t-cold { stroke: #66707c; stroke-dasharray: 12 3 2 3; }",
  ]

  private let curves: EstimateCurves
  private let most: Double

  init(_ curves: EstimateCurves) {
    self.curves = curves
    most = max(1e-9, curves.curves.flatMap(\.points).map(\.dirtyMiBPerSecond).max() ?? 1)
  }

  /// The picture, with its own styles.
  var markup: String {
    let panels = panel(0, "Time of the move", \.seconds) + panel(1, "Pause", \.downtimeSeconds)
    return SVG(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 860 660", "role": "img",
        "width": SVG.coordinate(Self.width), "height": SVG.coordinate(Self.height),
      ],
      [
        SVG("title", text: "Time and pause against the dirty rate: \(curves.subject)"),
        SVG("text", ["x": "0", "y": "18", "class": "head"], text: curves.subject),
      ] + Self.styles.map { SVG("style", text: $0) } + panels + axisTitle + strip + legend
    ).markup
  }

  /// Where a curve ends, in words.
  private func description(_ curve: EstimateCurves.Curve, _ last: EstimateCurves.Point) -> String {
    let end = last.dirtyMiBPerSecond < most ? ", and does not come to an end beyond" : ""
    return "\(curve.technique.rawValue): \(Units.duration(seconds: last.seconds)) with a pause of "
      + "\(Units.duration(seconds: last.downtimeSeconds)) at "
      + "\(Units.rate(mibPerSecond: last.dirtyMiBPerSecond))\(end)"
  }

  private func panel(
    _ index: Int, _ title: String, _ value: KeyPath<EstimateCurves.Point, Double>
  ) -> [SVG] {
    let top = Self.panelTops[index]
    let scale = LogScale(curves.curves.flatMap(\.points).map { $0[keyPath: value] })
    let y = { (seconds: Double) in top + Self.panelHeight * (1 - scale.share(seconds)) }
    let lines = curves.curves.compactMap { curve -> SVG? in
      guard let last = curve.points.last else { return nil }
      let points = curve.points.map {
        "\(SVG.coordinate(x($0.dirtyMiBPerSecond))),\(SVG.coordinate(y($0[keyPath: value])))"
      }
      return SVG(
        "polyline",
        [
          "points": points.joined(separator: " "),
          "class": TechniqueLook(curve.technique, runs: true).cssClass,
        ], [SVG("title", text: description(curve, last))])
    }
    let heading = SVG(
      "text", ["x": SVG.coordinate(Self.left), "y": SVG.coordinate(top - 8), "class": "head"], text: title)
    return [heading] + grid(scale, top: top, y: y) + lines
  }

  private func grid(_ scale: LogScale, top: Double, y: (Double) -> Double) -> [SVG] {
    let rows = scale.ticks.flatMap { tick -> [SVG] in
      [
        line(Self.left, y(tick), Self.width - Self.right, y(tick)),
        label(Units.duration(seconds: tick), x: Self.left - 6, y: y(tick) + 4, anchor: "end"),
      ]
    }
    let bottom = top + Self.panelHeight
    let columns = (0...4).flatMap { step -> [SVG] in
      let rate = most * Double(step) / 4
      let anchor = step == 4 ? "end" : "middle"
      return [label(Units.rate(mibPerSecond: rate), x: x(rate), y: bottom + 17, anchor: anchor)]
    }
    let link = curves.payloadMiBPerSecond
    guard link <= most else { return rows + columns }
    return rows + columns + [
      line(x(link), top, x(link), bottom, cssClass: "link"),
      label(
        "the link carries \(Units.rate(mibPerSecond: link))", x: x(link) + 4, y: top - 8, anchor: "start"),
    ]
  }

  private var axisTitle: [SVG] {
    let middle = (Self.left + Self.width - Self.right) / 2
    return [label("rate at which the working set is dirtied", x: middle, y: 582, anchor: "middle")]
  }

  /// Which technique is the one to use, under the rates at which it is.
  private var strip: [SVG] {
    guard !curves.uses.isEmpty else { return [] }
    return [label("to use", x: Self.left - 6, y: Self.useTop + 14, anchor: "end")]
      + curves.uses.flatMap { use -> [SVG] in
        let name = use.technique?.name(with: use.aid) ?? "none is left"
        let cssClass = use.technique.map { TechniqueLook($0, runs: true).cssClass } ?? "none"
        let wide = x(use.to) - x(use.from)
        let box = SVG(
          "rect",
          [
            "x": SVG.coordinate(x(use.from)), "y": SVG.coordinate(Self.useTop),
            "width": SVG.coordinate(max(0, wide)), "height": SVG.coordinate(Self.useHeight),
            "class": cssClass,
          ],
          [
            SVG(
              "title",
              text:
                "\(name) from \(Units.rate(mibPerSecond: use.from)) to \(Units.rate(mibPerSecond: use.to))")
          ])
        // A narrow one is told by its colour and title alone.
        guard wide > (use.aid == nil ? 70 : 150) else { return [box] }
        return [
          box, label(name, x: (x(use.from) + x(use.to)) / 2, y: Self.useTop + 14, anchor: "middle"),
        ]
      }
  }

  private var legend: [SVG] {
    curves.curves.enumerated().flatMap { index, curve -> [SVG] in
      let start = Self.left + 190 * Double(index)
      let cssClass = TechniqueLook(curve.technique, runs: true).cssClass
      return [
        SVG(
          "polyline",
          [
            "points":
              "\(SVG.coordinate(start)),\(SVG.coordinate(Self.legendY - 4)) "
              + "\(SVG.coordinate(start + 36)),\(SVG.coordinate(Self.legendY - 4))", "class": cssClass,
          ]),
        label(curve.technique.rawValue, x: start + 42, y: Self.legendY, anchor: "start"),
      ]
    }
  }

  private func x(_ rate: Double) -> Double {
    Self.left + (Self.width - Self.left - Self.right) * min(1, max(0, rate / most))
  }

  private func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, cssClass: String = "grid"
  ) -> SVG {
    SVG(
      "line",
      [
        "x1": SVG.coordinate(x1), "y1": SVG.coordinate(y1), "x2": SVG.coordinate(x2),
        "y2": SVG.coordinate(y2), "class": cssClass,
      ])
  }

  private func label(_ text: String, x: Double, y: Double, anchor: String) -> SVG {
    SVG(
      "text", ["x": SVG.coordinate(x), "y": SVG.coordinate(y), "text-anchor": anchor], text: text)
  }
}
