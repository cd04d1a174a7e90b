/// Utilisation of one resource of one host before and after: a thin bar above a thick one.
struct LoadBar {
  /// What the bars run to, 1 being all that a host offers; above 1 when a host is overloaded.
  let scale: Double
  /// Before the first move.
  let before: Double
  /// After the last move.
  let after: Double
  /// Whose, and what.
  let subject: String

  /// The picture.
  var markup: String {
    var content = [SVG.rectangle(x: "0", y: 1, width: SVG.share(1 / scale), height: 14, cssClass: "track")]
    content.append(.rectangle(x: "0", y: 1, width: SVG.share(before / scale), height: 4, cssClass: "before"))
    content.append(.rectangle(x: "0", y: 6, width: SVG.share(after / scale), height: 9, cssClass: afterClass))
    if scale > 1 { content.append(.verticalLine(x: SVG.share(1 / scale), cssClass: "limit")) }
    let title = "\(subject): \(Units.percent(before)) before, \(Units.percent(after)) after"
    return SVG.picture(height: 16, cssClass: "bar", title: title, content).markup
  }

  private var afterClass: String { after > 1 ? "after over" : "after" }
}
