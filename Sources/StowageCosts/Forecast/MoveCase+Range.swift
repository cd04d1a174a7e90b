import StowageModel

extension MoveCase {
  /// Shortest and longest total time within the uncertainty of the inputs.
  ///
  /// Goodput varies by 5 % and dirty rates by 10 %. Where the dirty rate is near the payload rate
  /// (0.7 to 1.3 of it), pre-copy is ill-conditioned: 12 % more bandwidth moved published models
  /// by 20 %; both widths are doubled there. An assumed dirty rate may be half or twice. Memory of
  /// which only the configured size is known may be half. A shutdown takes 5 to 120 s, a boot 20 to
  /// 180 s. A pre-copy that no longer converges at the unlucky end is given four more passes over its
  /// memory: Xen's stop rules allow five in all (Akoush et al., MASCOTS 2010).
  func range(around forecast: Forecast) -> (low: Double, high: Double) {
    guard forecast.totalSeconds.isFinite else { return (forecast.totalSeconds, forecast.totalSeconds) }
    let width = isIllConditioned ? 2.0 : 1.0
    let low = end(rate: 1 + 0.05 * width, dirty: subject.assumed ? 0.5 : 1 - 0.1 * width, isLow: true)
    let high = end(rate: 1 - 0.05 * width, dirty: subject.assumed ? 2 : 1 + 0.1 * width, isLow: false)
    return (
      min(low.forecast.totalSeconds, forecast.totalSeconds),
      max(high.longestSeconds(expected: forecast), forecast.totalSeconds)
    )
  }

  private var isIllConditioned: Bool {
    let ratio = memory.hotMiBPerSecond / rate
    return technique == .preCopy && ratio > 0.7 && ratio < 1.3
  }

  private func end(rate rateFactor: Double, dirty dirtyFactor: Double, isLow: Bool) -> MoveCase {
    var end = self
    end.rate *= rateFactor
    let sent = isLow && !subject.isMemoryKnown ? memory.memoryMiB / 2 : memory.memoryMiB
    end.memory = memory.dirtied(times: dirtyFactor).sending(max(sent, memory.workingSetMiB))
    end.shutdownSeconds = isLow ? 5 : 120
    end.bootSeconds = isLow ? 20 : 180
    return end
  }

  private func longestSeconds(expected: Forecast) -> Double {
    let worst = forecast
    guard expected.converges, !worst.converges else { return worst.totalSeconds }
    return expected.totalSeconds + 4 * memory.memoryMiB / rate
  }
}
