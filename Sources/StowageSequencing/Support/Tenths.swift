/// Rates in whole tenths of a MiB/s, the grain in which a plan states them.
///
/// A rate is rounded down before anything is forecast from it, so that the printed rate gives the
/// printed duration, and shares of a port add up exactly.
enum Tenths {
  /// Above any port: 100 EiB/s, far from overflow in sums.
  private static let fastest = 1e15

  /// The tenths that fit into a rate.
  static func roundedDown(_ mibPerSecond: Double) -> Int {
    guard mibPerSecond > 0 else { return 0 }
    return Int((min(mibPerSecond * 10, fastest) + 1e-6).rounded(.down))
  }

  /// In MiB/s, the nearest Double to the decimal.
  static func mibPerSecond(_ tenths: Int) -> Double {
    Double(tenths) / 10
  }
}
