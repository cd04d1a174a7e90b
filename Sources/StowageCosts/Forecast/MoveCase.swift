import Glibc
import StowageModel

/// One move at one rate, of which the forecast is computed.
struct MoveCase {
  var engine: MigrationEngine
  var subject: MigrationSubject
  let technique: Technique
  let storage: StorageCopy
  /// Payload in MiB/s, no more than the engine's streams carry.
  var rate: Double
  let roundTripSeconds: Double
  /// Overrides of the subject's memory, for the ends of the range.
  var memory: MemoryProfile
  var shutdownSeconds: Double
  var bootSeconds: Double

  init(
    engine: MigrationEngine, subject: MigrationSubject, technique: Technique, storage: StorageCopy,
    rate: Double, roundTripSeconds: Double
  ) {
    self.engine = engine
    self.subject = subject
    self.technique = technique
    self.storage = storage
    self.rate = rate
    self.roundTripSeconds = roundTripSeconds
    memory = subject.memory
    shutdownSeconds = subject.shutdownSeconds ?? engine.constants.stop.shutdownSeconds
    bootSeconds = subject.bootSeconds ?? engine.constants.stop.bootSeconds
  }

  /// The forecast, its range still at the total time.
  var forecast: Forecast {
    switch technique {
    case .cold: coldForecast
    case .preCopy, .postCopy, .hybrid: liveForecast
    }
  }

  private var coldForecast: Forecast {
    let policy = storage == .full ? engine.cutOver : nil
    let cold = ColdMove(
      setUpSeconds: engine.setUpSeconds, isRunning: subject.isRunning,
      diskMiB: storage == .full ? subject.diskMiB : 0, rate: rate, shutdownSeconds: shutdownSeconds,
      bootSeconds: bootSeconds, policy: policy ?? CutOverPolicy())
    var forecast = Forecast(
      totalSeconds: cold.totalSeconds, downtimeSeconds: cold.downtimeSeconds, sentMiB: cold.diskMiB,
      rounds: 0, lowSeconds: cold.totalSeconds, highSeconds: cold.totalSeconds, guestSlowdownSeconds: 0,
      exposureSeconds: 0, lossProbability: 0, converges: cold.totalSeconds.isFinite,
      minimumDowntimeSeconds: cold.downtimeSeconds,
      sourceReleasedAfterSeconds: cold.sourceReleasedAfterSeconds,
      targetReservedAfterSeconds: cold.targetReservedAfterSeconds)
    forecast.cutOver = policy == nil ? nil : cold.cutOver
    return forecast
  }

  private var liveForecast: Forecast {
    guard storage == .full else { return memoryForecast(at: rate) }
    guard
      let disks = StoragePhase(
        diskMiB: subject.diskMiB, changeMiBPerSecond: subject.diskChangeMiBPerSecond, rate: rate)
    else { return .impossible }
    var forecast = memoryForecast(at: disks.memoryRate)
    forecast.totalSeconds += disks.seconds
    // While memory is sent the mirror sends on what the guest writes to its disks.
    forecast.sentMiB += disks.sentMiB
    forecast.sourceReleasedAfterSeconds = forecast.totalSeconds
    forecast.lowSeconds = forecast.totalSeconds
    forecast.highSeconds = forecast.totalSeconds
    return forecast
  }

  private func memoryForecast(at rate: Double) -> Forecast {
    guard rate > 0 else { return .impossible }
    switch technique {
    case .cold, .preCopy: return preCopyForecast(at: rate)
    case .postCopy, .hybrid: return postCopyForecast(at: rate)
    }
  }

  /// The longest last copy that this move accepts: the engine's, or less when the VM's own limit is
  /// lower and the engine can be told; never below 1 ms.
  private var limitSeconds: Double {
    guard engine.takesDowntimeLimitPerMove, let most = subject.maxDowntimeSeconds else {
      return engine.downtimeLimitSeconds
    }
    return min(engine.downtimeLimitSeconds, max(0.001, most - engine.switchoverSeconds))
  }

  /// The engine as this move has it.
  var preCopy: PreCopy {
    var preCopy = PreCopy(
      limitSeconds: limitSeconds, setUpSeconds: engine.setUpSeconds,
      switchoverSeconds: engine.switchoverSeconds, stalling: engine.stalling, stopRule: engine.stopRule,
      limitSchedule: engine.limitSchedule(countedMiB: countedMiB),
      abortSeconds: abortSeconds, constants: engine.constants.rounds)
    preCopy.reduction = engine.reduction
    return preCopy
  }

  /// What the platform's time-outs are counted by: all memory that the VM is given, and disks that travel along.
  private var countedMiB: Double { subject.configuredMiB + (storage == .full ? subject.diskMiB : 0) }

  /// When the platform gives this move up, in s after the first byte; infinite for never.
  var abortSeconds: Double { engine.abortSeconds(countedMiB: countedMiB) }

  /// CPU time that a pre-copy takes to make pages smaller, in s.
  var encodingSeconds: Double {
    guard engine.reduction != .none else { return 0 }
    let disks =
      storage == .full
      ? StoragePhase(
        diskMiB: subject.diskMiB, changeMiBPerSecond: subject.diskChangeMiBPerSecond, rate: rate) : nil
    let rate = disks?.memoryRate ?? rate
    return rate > 0 ? preCopy.run(memory, rate: rate).encodingSeconds : 0
  }

  private func preCopyForecast(at rate: Double) -> Forecast {
    let run = preCopy.run(memory, rate: rate)
    let content = engine.reduction.contentRate(rate, isFirst: false)
    let shortest = engine.switchoverSeconds + memory.shortestPauseSeconds(at: content)
    let pause = run.downtimeSeconds.map { engine.pausesAtTheLimit ? max($0, run.limitSeconds) : $0 }
    return Forecast(
      live: run.totalSeconds, downtime: pause ?? shortest, sentMiB: run.sentMiB,
      rounds: run.rounds + (pause == nil ? 0 : 1), slowdown: run.guestLossSeconds, exposure: 0,
      loss: 0, converges: pause != nil, minimumDowntime: pause.map { min($0, shortest) } ?? shortest)
  }

  private func postCopyForecast(at rate: Double) -> Forecast {
    let copy = PostCopy(
      setUpSeconds: engine.setUpSeconds, stateSeconds: engine.postCopyStateSeconds,
      roundTripSeconds: roundTripSeconds, constants: engine.constants.rounds)
    let run =
      switch (technique, engine.postCopySupport) {
      case (.hybrid, .atTimeout): copy.runUntilTimeout(memory, rate: rate, under: preCopy)
      case (.hybrid, _): copy.runHybrid(memory, rate: rate, under: preCopy)
      default: copy.run(memory, rate: rate)
      }
    return Forecast(
      live: run.totalSeconds, downtime: blackoutSeconds(of: run, rate: rate), sentMiB: run.sentMiB,
      rounds: technique == .hybrid ? 2 : 1, slowdown: run.stallSeconds, exposure: run.windowSeconds,
      loss: engine.constants.burden.lossProbability(inSeconds: run.windowSeconds), converges: true,
      minimumDowntime: blackoutSeconds(of: run, rate: rate))
  }

  private func blackoutSeconds(of run: PostCopy.Outcome, rate: Double) -> Double {
    if let pause = run.lastCopySeconds { return max(pause + engine.switchoverSeconds, limitSeconds) }
    let isCapped = engine.capMiBPerSecond.map { $0 <= rate * (1 + Rounding.slack) } ?? false
    let blackout = Blackout(
      bottleneck: isCapped ? .engine : .link, roundTripSeconds: roundTripSeconds,
      constants: engine.constants.blackout)
    return technique == .hybrid
      ? blackout.hybridSeconds(windowSeconds: run.windowSeconds, rate: rate)
      : blackout.postCopySeconds(memoryMiB: memory.memoryMiB, rate: rate)
  }
}

extension Forecast {
  /// Of a live move: charged at both ends from start to end.
  fileprivate init(
    live totalSeconds: Double, downtime: Double, sentMiB: Double, rounds: Int, slowdown: Double,
    exposure: Double, loss: Double, converges: Bool, minimumDowntime: Double
  ) {
    self.init(
      totalSeconds: totalSeconds, downtimeSeconds: downtime, sentMiB: sentMiB, rounds: rounds,
      lowSeconds: totalSeconds, highSeconds: totalSeconds, guestSlowdownSeconds: slowdown,
      exposureSeconds: exposure, lossProbability: loss,
      converges: converges, minimumDowntimeSeconds: minimumDowntime,
      sourceReleasedAfterSeconds: totalSeconds, targetReservedAfterSeconds: 0)
  }

  /// Of a move whose bytes nothing carries.
  static let impossible = Forecast(
    live: .infinity, downtime: .infinity, sentMiB: 0, rounds: 0, slowdown: 0, exposure: 0,
    loss: 0, converges: false, minimumDowntime: .infinity)
}
