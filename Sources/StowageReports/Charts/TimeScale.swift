/// The marks of a time axis: a handful of round steps from 0 to the end.
struct TimeScale {
  /// A mark.
  struct Tick {
    /// Position, 0 to 1.
    let share: Double
    /// What is written there.
    let label: String

    /// The mark's text, kept inside the picture at its ends.
    func label(y: Double) -> SVG {
      let anchor = share < 0.02 ? "start" : share > 0.95 ? "end" : "middle"
      return SVG(
        "text", ["x": SVG.share(share), "y": SVG.coordinate(y), "text-anchor": anchor, "class": "tick"],
        text: label)
    }
  }

  /// Steps that people count in, in s.
  private static let steps: [Double] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    172_800, 259_200, 432_000, 604_800,
  ]

  /// End of the axis, in s; above 0.
  let endSeconds: Double

  init(endSeconds: Double) {
    self.endSeconds = endSeconds.isFinite && endSeconds > 0 ? endSeconds : 1
  }

  /// Position of an instant, 0 to 1.
  func share(_ seconds: Double) -> Double {
    seconds.isFinite ? min(1, max(0, seconds / endSeconds)) : 0
  }

  /// At most six marks, the first at 0.
  var ticks: [Tick] {
    let step = Self.steps.first { endSeconds / $0 <= 5 } ?? (endSeconds / 4)
    let count = Int(endSeconds / step)
    return (0...count).map {
      Tick(share: share(Double($0) * step), label: label(Double($0) * step, step: step))
    }
  }

  private func label(_ seconds: Double, step: Double) -> String {
    if step < 60 { return "\(Units.decimal(seconds)) s" }
    if step < 3600 { return "\(Units.decimal(seconds / 60)) min" }
    if step < 86_400 { return "\(Units.decimal(seconds / 3600)) h" }
    return
      "\(Units.decimal(seconds / 86_400, digits: step.truncatingRemainder(dividingBy: 86_400) == 0 ? 0 : 1)) d"
  }
}
