/// An element of a picture. Attributes and text are escaped when it is written, whatever they hold.
struct SVG {
  private let name: String
  private let attributes: [(name: String, value: String)]
  private let children: [SVG]
  private let text: String?

  /// An element with attributes and children.
  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [SVG] = []) {
    self.name = name
    self.attributes = attributes.map { (name: $0.key, value: $0.value) }
    self.children = children
    text = nil
  }

  /// An element that holds text.
  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.name = name
    self.attributes = attributes.map { (name: $0.key, value: $0.value) }
    children = []
    self.text = VisibleText.line(text)
  }

  /// The element as markup.
  var markup: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    result += "<\(name)"
    for (name, value) in attributes { result += " \(name)=\"\(HTMLText.escaped(value))\"" }
    guard text != nil || !children.isEmpty else {
      result += "/>"
      return
    }
    result += ">"
    if let text { result += HTMLText.escaped(text) }
    for child in children { child.write(to: &result) }
    result += "</\(name)>"
  }
}

extension SVG {
  /// A picture as wide as its surroundings: `x` and widths inside are percentages, so that bars
  /// stretch with the page while text and patterns keep their size.
  static func picture(
    height: Int, cssClass: String, title: String, description: String? = nil, _ content: [SVG]
  ) -> SVG {
    SVG(
      "svg", ["class": cssClass, "role": "img", "width": "100%", "height": "\(height)"],
      [SVG("title", text: title)] + (description.map { [SVG("desc", text: $0)] } ?? []) + content)
  }

  /// A rectangle, with a tooltip if a title is given.
  static func rectangle(
    x: String, y: Double, width: String, height: Double, cssClass: String, title: String? = nil
  ) -> SVG {
    SVG(
      "rect",
      ["x": x, "y": coordinate(y), "width": width, "height": coordinate(height), "class": cssClass],
      title.map { [SVG("title", text: $0)] } ?? [])
  }

  /// A vertical line over the whole height.
  static func verticalLine(x: String, cssClass: String) -> SVG {
    SVG("line", ["x1": x, "x2": x, "y1": "0", "y2": "100%", "class": cssClass])
  }

  /// A coordinate in pixels with at most two decimals.
  static func coordinate(_ value: Double) -> String {
    trimmed(Units.decimal(value, digits: 2))
  }

  /// A part of the width, 1 being all of it, as a percentage; outside of 0 to 1 it is cut off.
  static func share(_ ratio: Double) -> String {
    let inside = ratio.isFinite ? min(1, max(0, ratio)) : 0
    return "\(trimmed(Units.decimal(inside * 100, digits: 3)))%"
  }

  private static func trimmed(_ number: String) -> String {
    var scalars = Array(number.unicodeScalars.filter { $0 != "," })
    guard scalars.contains(".") else { return number }
    while scalars.last == "0" { scalars.removeLast() }
    if scalars.last == "." { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
