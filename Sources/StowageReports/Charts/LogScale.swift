import Foundation

/// A logarithmic axis of times, from the step below the least to the one above the most.
///
/// Steps are those in which people count: powers of ten up to 10 s, then minutes, hours and days.
struct LogScale {
  private static let steps = [
    1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 60, 600, 3600, 36_000, 86_400, 864_000,
  ]

  private let low: Double
  private let high: Double

  /// An axis that holds `values`; what is not above 0 or not finite lies at its ends.
  init(_ values: [Double]) {
    let known = values.filter { $0 > 0 && $0.isFinite }
    let (least, most) = (known.min() ?? 1, known.max() ?? 10)
    let start = Self.steps.last { $0 <= least } ?? Self.steps[0]
    let next = Self.steps.first { $0 > start } ?? 10 * start
    // Beyond the last step there are none; the axis then ends with its values.
    let end = max(next, Self.steps.first { $0 >= most } ?? most)
    (low, high) = (log10(start), log10(end))
  }

  /// Position of a value, 0 at the bottom and 1 at the top.
  func share(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value > 0 ? 1 : 0 }
    return min(1, max(0, (log10(value) - low) / (high - low)))
  }

  /// The steps on it.
  var ticks: [Double] {
    Self.steps.filter { log10($0) >= low - 1e-9 && log10($0) <= high + 1e-9 }
  }
}
