/// Whether pre-copy of a VM comes to an end on a path, and what would make it: all from closed forms.
public struct Convergence: Hashable, Sendable {
  /// Whether it ends without a longer limit and without slowing the guest down.
  public let converges: Bool
  /// Rate at which the working set is dirtied, in MiB/s.
  public let dirtyMiBPerSecond: Double
  /// What memory is given of the path, in MiB/s.
  public let rateMiBPerSecond: Double
  /// The shortest pause that pre-copy can reach, in s.
  public let shortestPauseSeconds: Double
  /// The least rate at which it would converge, in MiB/s.
  public let neededMiBPerSecond: Double
  /// The part of its time that the guest would have to be slowed down by, up to the highest throttle; `nil` when that
  /// is not enough.
  public let neededThrottle: Double?

  /// Asks of `profile` at `rate` MiB/s with a limit and a switch-over in s.
  public init(
    _ profile: MemoryProfile, rate: Double, limitSeconds: Double, switchoverSeconds: Double,
    constants: RoundConstants = RoundConstants()
  ) {
    converges = profile.converges(at: rate, limitSeconds: limitSeconds)
    dirtyMiBPerSecond = profile.hotMiBPerSecond
    rateMiBPerSecond = rate
    shortestPauseSeconds = switchoverSeconds + profile.shortestPauseSeconds(at: rate)
    neededMiBPerSecond = Self.least(from: rate, to: max(rate, profile.hotMiBPerSecond.nextUp)) {
      profile.converges(at: $0, limitSeconds: limitSeconds)
    }
    let slowest = { (throttle: Double) in
      profile.dirtied(times: 1 - throttle).converges(at: rate, limitSeconds: limitSeconds)
    }
    let most = constants.mostThrottle
    neededThrottle = slowest(most) ? Self.least(from: 0, to: most, holds: slowest) : nil
  }

  /// What lifts it, as sentences with numbers; none when it converges.
  public var remedies: [String] {
    guard !converges else { return [] }
    let throttle = neededThrottle.map { Figure.decimal((100 * $0).rounded(.up), places: 0) }
    return [
      "more bandwidth: from \(Figure.rate(neededMiBPerSecond)) on pre-copy comes to an end",
      throttle.map { "throttling (auto-converge): the guest slowed down by \($0) %" },
      "a quiet hour: a dirty rate below \(Figure.rate(rateMiBPerSecond))",
      "hybrid or post-copy, where the platform has it: no rounds, but a window in which a failure loses the VM",
    ].compactMap { $0 }
  }

  /// The least number between two at which what holds at the higher holds, to ``precision`` of the distance.
  private static func least(from low: Double, to high: Double, holds: (Double) -> Bool) -> Double {
    guard !holds(low) else { return low }
    let step = precision * (high - low)
    var (low, high) = (low, high)
    while high - low > step {
      let middle = (low + high) / 2
      // Nothing lies between neighbours.
      guard low < middle, middle < high else { break }
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Twelve halvings: no remedy is told to more than a few digits.
  private static let precision = 2.5e-4
}
