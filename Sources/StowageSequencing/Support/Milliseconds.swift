/// Instants and durations in whole milliseconds, the grain of a plan.
///
/// Whole numbers, so that an end and the start that follows it are equal, not nearly equal.
enum Milliseconds {
  /// The longest duration that is planned: about 30 000 years, far from overflow in sums.
  private static let longestSeconds = 1e12

  /// Whole milliseconds of a duration that is already rounded to them; `nil` when it is too long to
  /// plan with or no number.
  static func exactly(_ seconds: Double) -> Int? {
    guard seconds.isFinite, seconds >= 0, seconds < longestSeconds else { return nil }
    return Int((seconds * 1000).rounded())
  }

  /// The milliseconds that have passed entirely.
  static func roundedDown(_ seconds: Double) -> Int {
    guard seconds.isFinite, seconds > 0 else { return 0 }
    return Int((min(seconds, longestSeconds) * 1000).rounded(.down))
  }

  /// In seconds, the nearest Double to the decimal.
  static func seconds(_ milliseconds: Int) -> Double {
    Double(milliseconds) / 1000
  }
}
