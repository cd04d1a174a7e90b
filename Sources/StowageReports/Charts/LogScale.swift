import Foundation

/// An axis of times by powers of ten, from the power below the least to the one above the most.
struct LogScale {
  private let low: Double
  private let high: Double

  /// An axis that holds `values`; what is not above 0 or not finite lies at its ends.
  init(_ values: [Double]) {
    let known = values.filter { $0 > 0 && $0.isFinite }.map { log10($0) }
    low = (known.min() ?? 0).rounded(.down)
    high = max(low + 1, (known.max() ?? 1).rounded(.up))
  }

  /// Position of a value, 0 at the bottom and 1 at the top.
  func share(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value > 0 ? 1 : 0 }
    return min(1, max(0, (log10(value) - low) / (high - low)))
  }

  /// The powers of ten.
  var ticks: [Double] {
    stride(from: low, through: high, by: 1).map { pow(10, $0) }
  }
}
