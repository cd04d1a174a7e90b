import StowageModel

/// What a move must not break: the VM's limits, the policy's, its hours, and that it comes to an end.
struct Promises {
  let engine: MigrationEngine
  let policy: ChoicePolicy
  let subject: MigrationSubject
  let path: MigrationPath
  let storage: StorageCopy
  let aid: PreCopyAid?
  /// How long it may last, in s; `nil` for as long as it takes.
  let mostSeconds: Double?

  /// The first promise that `forecast` breaks, as a sentence with numbers; `nil` when it keeps all.
  func broken(by forecast: Forecast, technique: Technique) -> String? {
    if !forecast.totalSeconds.isFinite { return withoutEnd }
    if technique == .preCopy, let reason = divergence(forecast) { return reason }
    if aid?.slowsGuestDown ?? false, forecast.guestSlowdownSeconds > policy.maxSlowdownSeconds {
      let bears =
        policy.maxSlowdownSeconds > 0
        ? "at most \(Figure.seconds(policy.maxSlowdownSeconds))" : "no throttle"
      let taken = Figure.seconds(forecast.guestSlowdownSeconds)
      return "takes \(taken) of the guest's time, its tier bears \(bears)"
    }
    if let most = subject.maxDowntimeSeconds, forecast.downtimeSeconds > most + Rounding.slack {
      let pause = Figure.pause(forecast.downtimeSeconds)
      return "pause of \(pause), the VM bears at most \(Figure.pause(most))"
    }
    let most = [policy.maxLossProbability, subject.maxLossProbability].compactMap(\.self).min()
    if let most, forecast.lossProbability > most {
      let odds = Figure.odds(forecast.lossProbability)
      return "\(Figure.seconds(forecast.exposureSeconds)) window in which a host failure loses the VM,"
        + " probability \(odds), at most \(Figure.odds(most)) is accepted"
    }
    return tooSlow(forecast) ?? tooLong(forecast)
  }

  /// A rule's own limit holds for whatever slows the guest down, also where only an upper bound of that is known.
  private func tooSlow(_ forecast: Forecast) -> String? {
    guard let most = subject.maxSlowdownSeconds, forecast.guestSlowdownSeconds > most + Rounding.slack else {
      return nil
    }
    return "takes \(Figure.seconds(forecast.guestSlowdownSeconds)) of the guest's time, a rule allows"
      + " \(Figure.seconds(most)) at most"
  }

  /// Rounded apart, so that the one is never the other.
  private func tooLong(_ forecast: Forecast) -> String? {
    guard let mostSeconds, forecast.totalSeconds > mostSeconds + Rounding.slack else { return nil }
    return "takes \(Figure.duration(forecast.totalSeconds, .up)), its hours leave it"
      + " \(Figure.duration(mostSeconds, .down)) at most"
  }

  private var withoutEnd: String {
    let rate = Figure.rate(engine.payload(path.payloadMiBPerSecond))
    guard storage == .full, subject.diskChangeMiBPerSecond > 0 else { return "the link carries \(rate)" }
    return "disks change by \(Figure.rate(subject.diskChangeMiBPerSecond)), the link carries \(rate)"
  }

  /// A VM that dirties faster than its path carries is never left to a pre-copy that does not slow it
  /// down, even if its working set is so small that the last copy would fit into the limit: the
  /// smallest error in that figure would leave the move running for ever.
  private func divergence(_ forecast: Forecast) -> String? {
    let link = engine.payload(
      min(path.payloadMiBPerSecond, engine.rateLimit(.preCopy, storage: storage)))
    // While memory is sent, the mirror of copied disks takes its part.
    let rate = storage == .full ? link - subject.diskChangeMiBPerSecond : link
    let dirty = subject.memory.hotMiBPerSecond
    guard !forecast.converges || (engine.stalling == .endless && dirty >= rate) else { return nil }
    let beside = rate < link ? " beside its disks" : ""
    if dirty < rate { return givenUp(rate, beside) }
    return "cannot converge: dirties \(Figure.rate(dirty)), \(carrier) \(Figure.rate(rate))\(beside); "
      + "the pause would be \(Figure.pause(forecast.minimumDowntimeSeconds))" + afterwards
  }

  /// A move that would come to an end, but not before the platform loses patience.
  private func givenUp(_ rate: Double, _ beside: String) -> String {
    let memory = Figure.decimal(subject.memory.memoryMiB, places: 0)
    return "would not end in time: \(memory) MiB of memory, \(carrier) \(Figure.rate(rate))\(beside)"
      + afterwards
  }

  /// What the platform does with a pre-copy that does not end.
  private var afterwards: String {
    let seconds = MigrationModel(engine: engine).abortSeconds(subject, storage: storage, path: path)
    guard seconds.isFinite else { return "" }
    return "; the platform gives it up after \(Figure.seconds(seconds))"
  }

  /// What sets the rate of a pre-copy: the path, the platform's cap, or what its streams carry.
  private var carrier: String {
    let limit = engine.rateLimit(.preCopy, storage: storage)
    if path.payloadMiBPerSecond <= limit { return "the link carries" }
    return limit == engine.capMiBPerSecond.map { $0 / engine.goodput }
      ? "the platform's cap is" : "the platform sends"
  }
}
