public import StowageModel

extension MigrationEngine {
  /// The engine that a plan's options ask for: the platform's, as the site has measured it.
  public static func of(_ options: PlanOptions) -> MigrationEngine {
    var engine = of(options.platform).calibrated(by: options.calibration)
    engine.cutOver = options.cutOver ?? options.waves?.seeding.map { _ in CutOverPolicy() }
    return engine
  }

  /// The engine with a site's own constants; values outside of their range count as its ends, and settings that the
  /// platform does not have as nothing.
  public func calibrated(by calibration: Calibration?) -> MigrationEngine {
    guard let calibration else { return self }
    var engine = self
    for constant in Calibration.Constant.allCases where constant.isKnown(to: platform) {
      if let value = calibration.constants[constant] { engine.set(constant, to: value) }
    }
    return engine
  }

  private mutating func set(_ constant: Calibration.Constant, to stated: Double) {
    let value = max(constant.range.lowerBound, min(constant.range.upperBound, stated.isNaN ? 0 : stated))
    switch constant {
    case .setUp: setUpSeconds = value
    case .goodput: goodput = value / PayloadRate.efficiency
    case .stream: streamMiBPerSecond = value
    case .streams:
      preCopyStreams = Int(value.rounded())
      areStreamsStated = true
    case .cap: capMiBPerSecond = value
    case .autoConverge: stalling = value >= 0.5 ? .throttles : .endless
    case .completion: completionSecondsPerGiB = value
    case .switchover: switchoverSeconds = value
    case .postCopyPause: constants.blackout.postCopyRatio = value
    case .hybridPause: constants.blackout.hybridRatio = value
    case .stopAndBoot:
      // How much of it is the shutdown is not measured apart.
      let whole = constants.stop.shutdownSeconds + constants.stop.bootSeconds
      constants.stop.shutdownSeconds *= value / whole
      constants.stop.bootSeconds *= value / whole
    }
  }

  /// What the engine takes for a constant; `nil` where it sets no limit.
  public func value(of constant: Calibration.Constant) -> Double? {
    switch constant {
    case .setUp: setUpSeconds
    case .goodput: goodput * PayloadRate.efficiency
    case .stream: streamMiBPerSecond
    case .streams: Double(preCopyStreams)
    case .cap: capMiBPerSecond
    case .autoConverge: slowsGuestsDown ? 1 : 0
    case .completion: completionSecondsPerGiB
    case .switchover: switchoverSeconds
    case .postCopyPause: constants.blackout.postCopyRatio
    case .hybridPause: constants.blackout.hybridRatio
    case .stopAndBoot: constants.stop.shutdownSeconds + constants.stop.bootSeconds
    }
  }
}
