public import StowageModel

/// The least that a move takes by one technique, at any rate up to that of its path.
public struct LeastCost: Hashable, Sendable {
  /// No move by this technique takes less time, in s.
  public let seconds: Double
  /// No move by this technique sends less, in MiB.
  public let mib: Double
}

extension MigrationModel {
  /// What moving `vm` by `technique` takes at least, whatever share of `path` it is given; for
  /// bounds. `nil` when nothing carries its bytes, or when pre-copy does not converge even at the
  /// whole rate.
  ///
  /// Time and bytes fall as the rate rises, so the forecast at the whole rate is the least; except
  /// where the platform slows guests down: a slower link brings the throttle in sooner and may send
  /// less. There one pass over memory is all that is certain.
  public func least(
    _ vm: VM, technique: Technique, storage: StorageCopy, path: MigrationPath
  ) -> LeastCost? {
    let subject = MigrationSubject(vm)
    let forecast = forecast(subject, technique: technique, storage: storage, path: path)
    guard technique == .preCopy, subject.isRunning, engine.stalling != .endless else {
      return forecast.isPossible ? LeastCost(seconds: forecast.totalSeconds, mib: forecast.sentMiB) : nil
    }
    let disk = storage == .full ? subject.diskMiB : 0
    let mib = subject.memory.memoryMiB + disk
    let rate = min(path.payloadMiBPerSecond, engine.rateLimit(technique, storage: storage))
    guard rate > 0 || mib == 0 else { return nil }
    return LeastCost(
      seconds: engine.setUpSeconds + PostCopy.seconds(toSend: mib, rate: rate) + engine.switchoverSeconds,
      mib: mib)
  }
}
