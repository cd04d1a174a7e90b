public import StowageModel

/// The least that a move takes by one technique, at any rate up to that of its path.
public struct LeastCost: Hashable, Sendable {
  /// No move by this technique takes less time, in s.
  public let seconds: Double
  /// No move by this technique takes less of its links, in MiB as links are counted: what is sent, less what more
  /// arrives than ``PayloadRate/efficiency`` says.
  public let mib: Double
}

extension MigrationModel {
  /// What moving `vm` by `technique` takes at least, whatever share of `path` it is given; for
  /// bounds. `nil` when nothing carries its bytes, or when pre-copy of an engine that counts whole rounds
  /// does not converge even at the whole rate.
  ///
  /// Falls as the rate rises. Where whole rounds are counted that is the forecast at the whole rate. A
  /// throttle or a look of the engine may come at a better moment on a slower link; there what is certain is one pass over
  /// memory and what is dirtied meanwhile. With *L* the limit and *κ* the part of it that is still to be written,
  /// that pass takes *(M − κ·L·b)/b* at least and leaves at most *κ·L·b* unsent, so that
  ///
  ///     sent ≥ M + U(M/b − κ·L) · (1 − κ·L·b/M)
  public func least(
    _ vm: VM, technique: Technique, storage: StorageCopy, path: MigrationPath
  ) -> LeastCost? {
    let subject = MigrationSubject(vm, unknown: engine.constants.unknown)
    let forecast = forecast(subject, technique: technique, storage: storage, path: path)
    let countsRounds =
      technique == .preCopy && engine.stopRule == .endOfRound && engine.stalling == .endless
    let isExact = !subject.isRunning || countsRounds || technique == .cold || technique == .postCopy
    guard !isExact else {
      return forecast.isPossible
        ? LeastCost(seconds: forecast.totalSeconds, mib: forecast.sentMiB / engine.goodput) : nil
    }
    let rate = engine.payload(
      min(path.payloadMiBPerSecond, engine.rateLimit(technique, storage: storage)))
    guard storage == .full else { return leastOfRounds(subject.memory, rate: rate) }
    guard
      let disks = StoragePhase(
        diskMiB: subject.diskMiB, changeMiBPerSecond: subject.diskChangeMiBPerSecond, rate: rate),
      let memory = leastOfRounds(subject.memory, rate: disks.memoryRate)
    else { return nil }
    return LeastCost(
      seconds: disks.seconds + memory.seconds, mib: disks.sentMiB / engine.goodput + memory.mib)
  }

  private func leastOfRounds(_ memory: MemoryProfile, rate: Double) -> LeastCost? {
    let all = memory.memoryMiB
    guard rate > 0 || all == 0 else { return nil }
    var mib = all
    if all > 0 {
      let share = engine.stopRule == .endOfRound ? 0 : engine.constants.rounds.writtenShareOfFirstRest
      let unsent = min(all, share * engine.downtimeLimitSeconds * rate)
      mib += memory.dirtyMiB(after: (all - unsent) / rate) * (1 - unsent / all)
    }
    return LeastCost(
      seconds: engine.setUpSeconds + PostCopy.seconds(toSend: mib, rate: rate) + engine.switchoverSeconds,
      mib: mib / engine.goodput)
  }
}
