/// Rounds amounts to whole units as ``StowageModel/Resource`` says: demands up, capacities down.
///
/// A millionth of a unit is forgiven first, so that the noise of binary fractions (0.1 + 0.2) never
/// costs a unit. What no machine can have is cut off, so that sums of a million VMs cannot overflow.
enum WholeUnits {
  /// 2⁴² units: four million GiB in KiB.
  private static let most = 4_398_046_511_104.0
  private static let noise = 1e-6

  static func demand(_ value: Double) -> Int64 {
    whole((value - noise).rounded(.up))
  }

  static func capacity(_ value: Double) -> Int64 {
    whole((value + noise).rounded(.down))
  }

  /// A count from an inventory, within the same limits.
  static func count(_ value: Int) -> Int64 {
    Int64(max(0, min(value, Int(most))))
  }

  private static func whole(_ value: Double) -> Int64 {
    // Written so that what is no number at all becomes 0.
    value > 0 ? Int64(min(value, most)) : 0
  }
}
