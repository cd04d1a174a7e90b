public import StowageModel

/// The least that a move takes by one technique, at any of some rates.
public struct LeastCost: Hashable, Sendable {
  /// No move by this technique takes less time, in s.
  public let seconds: Double
  /// No move by this technique takes less of its links, in MiB as links are counted: what is sent, less what more
  /// arrives than ``PayloadRate/efficiency`` says.
  public let mib: Double
}

extension MigrationModel {
  /// What moving `vm` by `technique` takes at least at any rate up to that of `path`; for
  /// bounds. `nil` when nothing carries its bytes, or when pre-copy of an engine that counts whole rounds
  /// does not converge even at the whole rate.
  ///
  /// Where whole rounds are counted that is the forecast at the whole rate. A
  /// throttle or a look of the engine may come at a better moment on a slower link; there what is certain of
  /// a pre-copy is counted round by round for the rates from `slowest` up. Of hybrid, and where no slowest rate
  /// is given, it is one pass over memory and what is dirtied meanwhile: with *L* the limit and *κ* the part of
  /// it that is still to be written, that pass takes *(M − κ·L·b)/b* at least and leaves at most *κ·L·b* unsent, so that
  ///
  ///     sent ≥ M + U(M/b − κ·L) · (1 − κ·L·b/M)
  ///
  /// - Parameters:
  ///   - vm: who moves.
  ///   - technique: how.
  ///   - storage: whether its disks travel too.
  ///   - path: the fastest rate that is meant.
  ///   - slowest: the slowest, in MiB/s as links are counted; 0 for any.
  /// - Returns: what no such move goes below, in time and in traffic.
  public func least(
    _ vm: VM, technique: Technique, storage: StorageCopy, path: MigrationPath, slowest: Double = 0
  ) -> LeastCost? {
    let subject = MigrationSubject(vm, unknown: engine.constants.unknown)
    let countsRounds =
      technique == .preCopy && engine.stopRule == .endOfRound && engine.stalling == .endless
    guard subject.isRunning, !countsRounds, technique != .cold, technique != .postCopy else {
      let forecast = expected(subject, technique: technique, storage: storage, path: path)
      return forecast.isPossible
        ? LeastCost(seconds: forecast.totalSeconds, mib: forecast.sentMiB / engine.goodput) : nil
    }
    let limit = engine.rateLimit(technique, storage: storage)
    let rates = [slowest, path.payloadMiBPerSecond].map { engine.payload(min($0, limit)) }
    guard storage == .full else {
      return leastOfRounds(subject, technique, slowest: rates[0], fastest: rates[1])
    }
    let phases = rates.map { rate in
      StoragePhase(
        diskMiB: subject.diskMiB, changeMiBPerSecond: subject.diskChangeMiBPerSecond, rate: rate)
    }
    guard let disks = phases[1],
      let memory = leastOfRounds(
        subject, technique, slowest: phases[0]?.memoryRate ?? 0, fastest: disks.memoryRate)
    else { return nil }
    return LeastCost(
      seconds: disks.seconds + memory.seconds, mib: disks.sentMiB / engine.goodput + memory.mib)
  }

  private func leastOfRounds(
    _ subject: MigrationSubject, _ technique: Technique, slowest: Double, fastest rate: Double
  ) -> LeastCost? {
    let all = subject.memory.memoryMiB
    guard rate > 0 || all == 0 else { return nil }
    var mib = all
    if technique == .preCopy, slowest > 0, slowest <= rate, rate < .infinity {
      let move = MoveCase(
        engine: engine, subject: subject, technique: technique, storage: .none, rate: rate,
        roundTripSeconds: 0)
      mib = move.preCopy.leastSentMiB(subject.memory, rates: slowest...rate)
    } else if all > 0, engine.postCopySupport != .atTimeout {
      // A time-out may come before the end of the first pass.
      mib += leastOfFirstRound(subject.memory, rate: rate)
    }
    return LeastCost(
      seconds: engine.setUpSeconds + PostCopy.seconds(toSend: mib, rate: rate) + engine.switchoverSeconds,
      mib: mib / engine.goodput)
  }

  /// Dirtied in the first pass.
  private func leastOfFirstRound(_ memory: MemoryProfile, rate: Double) -> Double {
    let all = memory.memoryMiB
    let share = engine.stopRule == .endOfRound ? 0 : engine.constants.rounds.writtenShareOfFirstRest
    let unsent = min(all, share * engine.downtimeLimitSeconds * rate)
    return memory.dirtyMiB(after: (all - unsent) / rate) * (1 - unsent / all)
  }
}
