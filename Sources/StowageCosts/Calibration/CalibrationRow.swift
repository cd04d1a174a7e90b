import Glibc
import StowageModel

/// A measured migration as the fit sees it.
struct CalibrationRow {
  let guest: String
  let technique: Technique
  private let subject: MigrationSubject
  private let storage: StorageCopy
  private let path: MigrationPath
  private let measured: [CalibrationError.Figure: Double]

  init(_ migration: MeasuredMigration) {
    guest = migration.guest
    technique = migration.technique
    subject = MigrationSubject(migration.vm)
    storage = migration.copiesDisks ? .full : .none
    let rate = PayloadRate.mibPerSecond(gbps: migration.gbps)
    path =
      migration.roundTripMilliseconds.map {
        MigrationPath(payloadMiBPerSecond: rate, roundTripMilliseconds: $0)
      } ?? MigrationPath(payloadMiBPerSecond: rate)
    measured = [
      .time: migration.totalSeconds, .pause: migration.downtimeSeconds, .bytes: migration.sentMiB,
    ].compactMapValues { $0.flatMap { $0 > 0 ? $0 : nil } }
  }

  /// By how much a pre-copy's pause was longer than forecast, in s; `nil` for other moves.
  func excessOfPause(_ model: MigrationModel) -> Double? {
    guard technique == .preCopy, let pause = measured[.pause] else { return nil }
    let forecast = model.expected(subject, technique: technique, storage: storage, path: path)
    return forecast.isPossible ? pause - forecast.downtimeSeconds : nil
  }

  /// Logarithms of forecast over measured, of what was measured and can be forecast.
  func logRatios(_ model: MigrationModel) -> [(figure: CalibrationError.Figure, value: Double)] {
    let forecast = model.expected(subject, technique: technique, storage: storage, path: path)
    return CalibrationError.Figure.allCases.compactMap { figure in
      let expected =
        switch figure {
        case .time: forecast.totalSeconds
        case .pause: forecast.downtimeSeconds
        case .bytes: forecast.sentMiB
        }
      guard let actual = measured[figure], expected > 0, expected.isFinite else { return nil }
      return (figure, log(expected / actual))
    }
  }
}
