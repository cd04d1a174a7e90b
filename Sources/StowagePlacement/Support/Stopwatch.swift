import LinearOptimization

/// When a search must end: at a deadline, or when somebody asks for it. Without either it ends by its own criteria alone.
struct Stopwatch: Sendable {
  private let deadline: ContinuousClock.Instant?
  private let interruption: Interruption?

  /// No deadline.
  static let unlimited = Stopwatch(deadline: nil, nil)

  private init(deadline: ContinuousClock.Instant?, _ interruption: Interruption?) {
    self.deadline = deadline
    self.interruption = interruption
  }

  /// A deadline so many seconds from now.
  init(seconds: Double) {
    self.init(deadline: Self.instant(seconds), nil)
  }

  /// The end that options ask for.
  init(_ options: PlacementOptions) {
    let deadline = options.isDeterministic ? nil : Self.instant(options.timeLimitSeconds)
    self.init(deadline: deadline, options.watch.interruption)
  }

  private static func instant(_ seconds: Double) -> ContinuousClock.Instant {
    ContinuousClock.now.advanced(by: .seconds(seconds))
  }

  /// Whether the time is up.
  var hasRunOut: Bool {
    interruption?.isRaised ?? false || deadline.map { ContinuousClock.now >= $0 } ?? false
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
    Stopwatch(deadline: secondsLeft.map { Self.instant($0 * fraction) }, interruption)
  }
}
