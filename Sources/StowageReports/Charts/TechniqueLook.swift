import StowageModel

/// How a technique looks in pictures: colour and pattern, so that neither is needed alone.
struct TechniqueLook: Hashable {
  /// The name that styles and patterns go by.
  let cssClass: String
  /// What the legend says.
  let label: String

  /// A technique; a VM that is off has a look of its own.
  init(_ technique: Technique, runs: Bool) {
    guard runs else {
      cssClass = "t-off"
      label = "cold, the VM is off"
      return
    }
    switch technique {
    case .cold: cssClass = "t-cold"
    case .preCopy: cssClass = "t-pre-copy"
    case .postCopy: cssClass = "t-post-copy"
    case .hybrid: cssClass = "t-hybrid"
    }
    label = technique == .cold ? "cold, the VM is stopped" : technique.rawValue
  }

  /// All looks, in the order of legends.
  static let all =
    Technique.allCases.filter(\.isLive).map { TechniqueLook($0, runs: true) }
    + [TechniqueLook(.cold, runs: true), TechniqueLook(.cold, runs: false)]

  /// A sample for the legend.
  var swatch: String {
    SVG(
      "svg", ["class": "swatch", "width": "28", "height": "14", "aria-hidden": "true"],
      [.rectangle(x: "0", y: 0, width: "100%", height: 14, cssClass: cssClass)]
    ).markup
  }

  /// The patterns that the styles refer to: stripes at an angle, 0 being horizontal.
  static let patterns: String = {
    let stripes = [("t-post-copy", 90), ("t-hybrid", 45), ("t-cold", 135)].map { name, angle in
      SVG(
        "pattern",
        [
          "id": "p-\(name)", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
          "patternTransform": "rotate(\(angle))",
        ],
        [
          SVG("rect", ["width": "6", "height": "6", "class": "\(name)-ground"]),
          SVG("rect", ["width": "6", "height": "2.5", "class": "\(name)-stripe"]),
        ])
    }
    return SVG(
      "svg", ["width": "0", "height": "0", "class": "patterns", "aria-hidden": "true"],
      [SVG("defs", [:], stripes)]
    ).markup
  }()
}
