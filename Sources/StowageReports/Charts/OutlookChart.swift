/// The busiest hour of each day, the expected line with its band, and what may be used.
struct OutlookChart {
  private static let height = 200.0
  private static let bottom = 20.0
  private static let forecastDays = 90

  private let outlook: HistoryReview.Outlook

  init(_ outlook: HistoryReview.Outlook) { self.outlook = outlook }

  var markup: String {
    let past = outlook.days.count
    let forecast = Array(outlook.forecast.prefix(Self.forecastDays))
    let days = Double(max(1, past + forecast.count))
    let highest = max(
      outlook.usable, outlook.days.compactMap { $0 }.max() ?? 0, forecast.map(\.high).max() ?? 0, 1e-9)
    let plot = Self.height - Self.bottom
    func y(_ value: Double) -> Double { plot - (plot - 16) * max(0, value) / highest }
    func x(_ day: Int) -> String { SVG.share((Double(day) + 0.5) / days) }
    let width = SVG.share(1 / days)
    var content: [SVG] = []
    for (day, own) in forecast.enumerated() {
      content.append(
        .rectangle(
          x: SVG.share(Double(past + day) / days), y: y(own.high), width: width,
          height: max(0.5, y(own.low) - y(own.high)), cssClass: "band"))
    }
    for (day, value) in outlook.days.enumerated() {
      guard let value else { continue }
      content.append(
        SVG("circle", ["cx": x(day), "cy": SVG.coordinate(y(value)), "r": "2", "class": "after"]))
    }
    for day in forecast.indices.dropFirst() {
      content.append(
        SVG(
          "line",
          [
            "x1": x(past + day - 1), "x2": x(past + day), "y1": SVG.coordinate(y(forecast[day - 1].expected)),
            "y2": SVG.coordinate(y(forecast[day].expected)), "class": "expected",
          ]))
    }
    content.append(
      SVG(
        "line",
        [
          "x1": "0", "x2": "100%", "y1": SVG.coordinate(y(outlook.usable)),
          "y2": SVG.coordinate(y(outlook.usable)), "class": "limit",
        ]))
    content.append(
      SVG(
        "text", ["x": "0", "y": SVG.coordinate(max(11, y(outlook.usable) - 4)), "class": "tick"],
        text: "usable: \(Units.decimal(outlook.usable)) \(outlook.unit)"))
    content.append(
      SVG(
        "text", ["x": SVG.share(Double(past) / days), "y": SVG.coordinate(Self.height - 5), "class": "tick"],
        text: "last day"))
    return SVG.picture(
      height: Int(Self.height), cssClass: "outlook",
      title: "\(outlook.name): busiest hour of each day, and outlook",
      description:
        "Dots are days, the line is what is expected, the band where nine of ten days should lie. The table below holds the figures.",
      content
    ).markup
  }
}
