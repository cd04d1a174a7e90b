public import StowageModel

/// Forecasts moves on one platform.
///
/// A forecast is a pure function of VM, technique, storage copy, rate, round trip and platform. A
/// path faster than the platform's streams is used as far as they carry.
public struct MigrationModel: Sendable {
  /// The platform's constants.
  public let engine: MigrationEngine

  /// A model of an engine.
  public init(engine: MigrationEngine) {
    self.engine = engine
  }

  /// What moving `vm` by `technique` costs at the path's rate.
  ///
  /// A VM that does not run moves cold whatever is asked.
  public func forecast(
    _ vm: VM, technique: Technique, storage: StorageCopy, path: MigrationPath
  ) -> Forecast {
    forecast(
      MigrationSubject(vm, unknown: engine.constants.unknown), technique: technique, storage: storage,
      path: path)
  }

  /// The same for a VM that was read before.
  public func forecast(
    _ subject: MigrationSubject, technique: Technique, storage: StorageCopy, path: MigrationPath
  ) -> Forecast {
    let move = move(subject, technique: technique, storage: storage, path: path)
    var forecast = move.forecast
    forecast.energyJoules = engine.constants.burden.joules(sendingMiB: forecast.sentMiB)
    move.addSpans(to: &forecast)
    return forecast
  }

  /// The same without spans and energy: a third of the work.
  func expected(
    _ subject: MigrationSubject, technique: Technique, storage: StorageCopy, path: MigrationPath
  ) -> Forecast {
    move(subject, technique: technique, storage: storage, path: path).forecast
  }

  /// CPU time that a pre-copy takes to make pages smaller, in s.
  func encodingSeconds(_ subject: MigrationSubject, storage: StorageCopy, path: MigrationPath) -> Double {
    move(subject, technique: .preCopy, storage: storage, path: path).encodingSeconds
  }

  /// When the platform gives a pre-copy of a VM up, in s after the first byte; infinite for never.
  func abortSeconds(_ subject: MigrationSubject, storage: StorageCopy, path: MigrationPath) -> Double {
    move(subject, technique: .preCopy, storage: storage, path: path).abortSeconds
  }

  private func move(
    _ subject: MigrationSubject, technique: Technique, storage: StorageCopy, path: MigrationPath
  ) -> MoveCase {
    let asked = known(path.payloadMiBPerSecond) ?? (path.payloadMiBPerSecond == .infinity ? .infinity : 0)
    return MoveCase(
      engine: engine, subject: subject, technique: subject.isRunning ? technique : .cold,
      storage: storage,
      rate: engine.payload(min(asked, engine.rateLimit(technique, storage: storage))),
      roundTripSeconds: (known(path.roundTripMilliseconds) ?? 0) / 1000)
  }
}
