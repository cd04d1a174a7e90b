/// Seven days by twenty-four hours. The darker a cell, the busier the hour; its size grows too, so that
/// the picture reads without colour.
struct HeatMap {
  private static let row = 22.0
  private static let left = 0.06

  private let values: [[Double?]]

  init(_ values: [[Double?]]) { self.values = values }

  var markup: String {
    var content: [SVG] = []
    let width = (1 - Self.left) / 24
    for (day, hours) in values.enumerated() {
      let top = Double(day) * Self.row
      content.append(
        SVG(
          "text", ["x": "0", "y": SVG.coordinate(top + 15), "class": "tick"], text: ReviewParts.weekdays[day])
      )
      for (hour, value) in hours.enumerated() {
        let x = Self.left + Double(hour) * width
        content.append(
          .rectangle(
            x: SVG.share(x), y: top + 1, width: SVG.share(width * 0.94), height: 20, cssClass: "track"))
        guard let value else { continue }
        let inside = min(1, max(0, value))
        let height = 20 * inside
        content.append(
          .rectangle(
            x: SVG.share(x), y: top + 21 - height, width: SVG.share(width * 0.94), height: height,
            cssClass: "after",
            title: "\(ReviewParts.weekdays[day]) \(hour):00 UTC: \(Units.percent(inside)) of the busiest hour"
          ))
      }
    }
    for hour in stride(from: 0, to: 24, by: 6) {
      content.append(
        SVG(
          "text",
          [
            "x": SVG.share(Self.left + Double(hour) * width), "y": SVG.coordinate(7 * Self.row + 14),
            "class": "tick",
          ],
          text: "\(hour):00"))
    }
    return SVG.picture(
      height: Int(7 * Self.row) + 18, cssClass: "heat", title: "Mean CPU use by weekday and hour",
      description: "The fuller a cell, the busier the hour. The table below holds the same figures.", content
    ).markup
  }
}
