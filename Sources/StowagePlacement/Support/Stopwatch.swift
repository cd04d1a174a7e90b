/// When a search must end. Without a deadline it ends by its own criteria alone.
struct Stopwatch: Sendable {
  private let deadline: ContinuousClock.Instant?

  /// No deadline.
  static let unlimited = Stopwatch(deadline: nil)

  private init(deadline: ContinuousClock.Instant?) {
    self.deadline = deadline
  }

  /// A deadline so many seconds from now.
  init(seconds: Double) {
    self.init(deadline: ContinuousClock.now.advanced(by: .seconds(seconds)))
  }

  /// Whether the time is up.
  var hasRunOut: Bool {
    deadline.map { ContinuousClock.now >= $0 } ?? false
  }

  /// Seconds left; `nil` without a deadline.
  var secondsLeft: Double? {
    deadline.map { deadline in
      let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
      return max(0, Double(seconds) + Double(attoseconds) * 1e-18)
    }
  }

  /// A deadline that leaves the given part of the time that is left.
  func part(_ fraction: Double) -> Stopwatch {
    secondsLeft.map { Stopwatch(seconds: $0 * fraction) } ?? .unlimited
  }
}
