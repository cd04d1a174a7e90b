/// The time that a request leaves for one kind of work; without end where limits are counted in work.
struct TimeBudget {
  private let limitSeconds: Double
  private let deadline: ContinuousClock.Instant?
  private let watch: PlanWatch?

  /// A part of the request's time from now on, or until a watch interrupts.
  init(_ request: PlanRequest, part: Double = 1, _ watch: PlanWatch? = nil) {
    self.watch = watch
    limitSeconds = request.timeLimitSeconds * part
    deadline = request.isDeterministic ? nil : ContinuousClock.now.advanced(by: .seconds(limitSeconds))
  }

  /// Whether it is over.
  var isSpent: Bool {
    watch?.isInterrupted ?? false || deadline.map { ContinuousClock.now >= $0 } ?? false
  }

  /// What is left, though never less than `least` of the whole.
  func seconds(atLeast least: Double) -> Double {
    guard let deadline else { return limitSeconds }
    let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
    return max(limitSeconds * least, Double(seconds) + Double(attoseconds) * 1e-18)
  }
}
