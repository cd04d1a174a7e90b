/// A line through daily values with its band.
///
/// Two methods are tried on days that are held back (a quarter of the history, whole weeks if there are
/// any): the median of the last week, and the line of Theil and Sen, the median of the slopes between all
/// pairs of days with the median intercept (P. K. Sen, "Estimates of the regression coefficient based on
/// Kendall's tau", JASA 63, 1968), which a few odd days do not move. The one with the smaller mean error
/// is used on the whole history. Slopes are taken between days of the same weekday where the history has
/// three weeks, so that weekends do not look like a trend.
struct Trend {
  let method: String
  let heldBackError: Double?
  let heldBackDays: Int
  private let line: Line

  /// A level, a slope a day, and how uncertain both are.
  private struct Line {
    let intercept: Double
    let slope: Double
    let slopes: (low: Double, high: Double)
    let spread: Double
    let middle: Double

    func value(_ day: Double) -> Double { intercept + slope * day }
  }

  /// The better of the two methods for a history; `nil` entries are days without samples.
  static func best(for days: [Double?]) -> Trend {
    let quarter = days.count / 4
    let held = quarter >= 7 ? quarter / 7 * 7 : quarter
    let known = Array(days.dropLast(held))
    let lines = [("Theil–Sen line", theilSen), ("median of the last week", lastWeek)]
    let errors = lines.map { _, fit in error(of: fit(known), on: days, from: known.count) }
    let isLinear = (errors[0] ?? .infinity) <= (errors[1] ?? .infinity)
    let chosen = isLinear ? 0 : 1
    return Trend(
      method: lines[chosen].0, heldBackError: errors[chosen], heldBackDays: held, line: lines[chosen].1(days))
  }

  /// The value on a day, counted from the first, with the band in which nine of ten days should lie.
  func value(after day: Int) -> (low: Double, expected: Double, high: Double) {
    let expected = line.value(Double(day))
    let reach = Double(day) - line.middle
    return (
      low: max(0, expected + (line.slopes.low - line.slope) * reach - line.spread),
      expected: max(0, expected),
      high: max(0, expected + (line.slopes.high - line.slope) * reach + line.spread)
    )
  }

  /// Mean absolute error as a part of the mean value.
  private static func error(of line: Line, on days: [Double?], from first: Int) -> Double? {
    let held = days.enumerated().dropFirst(first).compactMap { day, value in value.map { (day, $0) } }
    let total = held.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return nil }
    return held.reduce(0) { $0 + abs($1.1 - line.value(Double($1.0))) } / total
  }

  private static func lastWeek(_ days: [Double?]) -> Line {
    let values = days.suffix(7).compactMap { $0 }
    let level = median(values.isEmpty ? days.compactMap { $0 } : values) ?? 0
    let residuals = days.compactMap { $0.map { abs($0 - level) } }
    return Line(
      intercept: level, slope: 0, slopes: (0, 0), spread: quantile(residuals, 0.9) ?? 0,
      middle: Double(days.count) / 2)
  }

  private static func theilSen(_ days: [Double?]) -> Line {
    let points = days.enumerated().compactMap { day, value in value.map { (day: day, value: $0) } }
    let isWeekly = days.count >= 21
    var slopes: [Double] = []
    for (index, first) in points.enumerated() {
      for second in points.dropFirst(index + 1) {
        let distance = second.day - first.day
        guard !isWeekly || distance % 7 == 0 else { continue }
        slopes.append((second.value - first.value) / Double(distance))
      }
    }
    let slope = median(slopes) ?? 0
    let intercept = median(points.map { $0.value - slope * Double($0.day) }) ?? 0
    let residuals = points.map { abs($0.value - intercept - slope * Double($0.day)) }
    // The interval of Sen: order statistics of the slopes, widened by what the number of pairs allows.
    let width = slopes.isEmpty ? 0.5 : min(0.45, 0.8 / Double(points.count).squareRoot())
    return Line(
      intercept: intercept, slope: slope,
      slopes: (quantile(slopes, 0.5 - width) ?? 0, quantile(slopes, 0.5 + width) ?? 0),
      spread: quantile(residuals, 0.9) ?? 0, middle: Double(days.count) / 2)
  }

  private static func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

  /// The value below which a part of the values lies, between two values by the line between them.
  private static func quantile(_ values: [Double], _ part: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let place = part * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(sorted.count - 1, below + 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}
