import StowageModel

extension MoveCase {
  /// Adds what each figure may be within the uncertainty of the inputs.
  ///
  /// The move is forecast twice more: with more goodput, less writing, less memory and quicker stops, and with the
  /// opposite (``RangeConstants``). What an assumed dirty rate or an unknown use of memory adds is in there. Blackouts
  /// of post-copy and hybrid differ among repeats of one and the same move, which comes on top, as does what is not
  /// known of hosts: how often they fail, what they draw while they send.
  func addSpans(to forecast: inout Forecast) {
    guard forecast.totalSeconds.isFinite else {
      (forecast.lowSeconds, forecast.highSeconds) = (forecast.totalSeconds, forecast.totalSeconds)
      forecast.downtimeSpan = Span(forecast.downtimeSeconds)
      forecast.sentSpan = Span(forecast.sentMiB)
      forecast.slowdownSpan = Span(forecast.guestSlowdownSeconds)
      forecast.exposureSpan = Span(forecast.exposureSeconds)
      forecast.lossSpan = Span(forecast.lossProbability)
      forecast.energySpan = Span(forecast.energyJoules)
      return
    }
    let constants = engine.constants.range
    let width = isIllConditioned ? constants.illConditionedWidth : 1
    let low = end(
      rate: 1 + constants.goodput * width,
      dirty: subject.assumed ? constants.leastAssumed : 1 - constants.dirtying * width, isLow: true)
    let high = end(
      rate: 1 - constants.goodput * width,
      dirty: subject.assumed ? constants.mostAssumed : 1 + constants.dirtying * width, isLow: false)
    add(low.forecast, high.forecast, unluckyMiBPerSecond: high.rate, to: &forecast)
  }

  private func add(
    _ low: Forecast, _ high: Forecast, unluckyMiBPerSecond: Double, to forecast: inout Forecast
  ) {
    let extra = forecast.converges && !high.converges ? engine.constants.range.unluckyPasses : 0
    let longest =
      extra > 0
      ? forecast.totalSeconds + extra * memory.memoryMiB / unluckyMiBPerSecond : high.totalSeconds
    forecast.lowSeconds = min(low.totalSeconds, forecast.totalSeconds)
    forecast.highSeconds = max(longest, forecast.totalSeconds)
    let sent = extra > 0 ? forecast.sentMiB + extra * memory.memoryMiB : high.sentMiB
    forecast.sentSpan = Span(low.sentMiB, forecast.sentMiB, sent)
    let repeats = blackoutRepeats
    forecast.downtimeSpan = Span(
      low.downtimeSeconds * (1 - repeats), forecast.downtimeSeconds, high.downtimeSeconds * (1 + repeats))
    forecast.slowdownSpan = slowdown(low, high, expected: forecast.guestSlowdownSeconds)
    addRisk(low, high, to: &forecast)
    addEnergy(to: &forecast)
  }

  /// What is forecast of waiting for pages is an upper bound, which guests that write here and there come near; those
  /// that sweep through their memory lose next to nothing of the window.
  private func slowdown(_ low: Forecast, _ high: Forecast, expected: Double) -> Span {
    let least =
      low.exposureSeconds > 0
      ? min(low.guestSlowdownSeconds, engine.constants.range.leastStalledShare * low.exposureSeconds)
      : low.guestSlowdownSeconds
    return Span(least, expected, high.guestSlowdownSeconds)
  }

  private func addRisk(_ low: Forecast, _ high: Forecast, to forecast: inout Forecast) {
    forecast.exposureSpan = Span(low.exposureSeconds, forecast.exposureSeconds, high.exposureSeconds)
    let factor = engine.constants.range.hostFailures
    let burden = engine.constants.burden
    forecast.lossSpan = Span(
      burden.lossProbability(inSeconds: forecast.exposureSpan.low / factor), forecast.lossProbability,
      burden.lossProbability(inSeconds: forecast.exposureSpan.high * factor))
  }

  private func addEnergy(to forecast: inout Forecast) {
    let burden = engine.constants.burden
    let factor = engine.constants.range.energy
    forecast.energySpan = Span(
      burden.joules(sendingMiB: forecast.sentSpan.low) / factor, forecast.energyJoules,
      burden.joules(sendingMiB: forecast.sentSpan.high) * factor)
  }

  /// By how much blackouts of one move differ from one time to the next.
  private var blackoutRepeats: Double {
    switch technique {
    case .cold, .preCopy: 0
    case .postCopy: engine.constants.range.postCopyBlackout
    case .hybrid: engine.constants.range.hybridBlackout
    }
  }

  private var isIllConditioned: Bool {
    let ratio = memory.hotMiBPerSecond / rate
    let constants = engine.constants.range
    return technique == .preCopy && ratio > constants.illConditionedFrom
      && ratio < constants.illConditionedTo
  }

  private func end(rate rateFactor: Double, dirty dirtyFactor: Double, isLow: Bool) -> MoveCase {
    let constants = engine.constants.range
    var end = self
    end.rate *= rateFactor
    if engine.reduction != .none {
      let factor = engine.constants.aid.ratioFactor
      end.engine.reduction = engine.reduction.times(isLow ? factor : 1 / factor)
    }
    let sent =
      isLow && !subject.isMemoryKnown ? memory.memoryMiB * constants.leastMemory : memory.memoryMiB
    end.memory = memory.dirtied(times: dirtyFactor).sending(max(sent, memory.workingSetMiB))
    let known = isLow ? 1 - constants.knownStop : 1 + constants.knownStop
    end.shutdownSeconds =
      subject.shutdownSeconds.map { $0 * known }
      ?? (isLow ? constants.leastShutdownSeconds : constants.mostShutdownSeconds)
    end.bootSeconds =
      subject.bootSeconds.map { $0 * known }
      ?? (isLow ? constants.leastBootSeconds : constants.mostBootSeconds)
    return end
  }
}
