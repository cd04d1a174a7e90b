/// What the fills of a chart stand for, as a list beside it.
enum Legend {
  static func markup(_ entries: [(cssClass: String, name: String)]) -> String {
    let items = entries.map { entry in
      let swatch = SVG(
        "svg", ["width": "28", "height": "12", "aria-hidden": "true"],
        [.rectangle(x: "0", y: 0, width: "28", height: 12, cssClass: entry.cssClass)])
      return "<li>\(swatch.markup)\(entry.name)</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }
}
