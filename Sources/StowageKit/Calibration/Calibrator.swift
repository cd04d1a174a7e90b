public import StowageCosts
public import StowageDiagnostics
public import StowageFormats
public import StowageModel
public import StowageReports

/// From a table of measured migrations to a calibration file.
public enum Calibrator {
  /// What came out.
  public struct Answer: Sendable {
    /// The file.
    public let document: CalibrationDocument
    /// The page.
    public let report: CalibrationReport
  }

  /// Fits a platform's constants to the migrations in a table; `nil` when it cannot be read or holds too few.
  public static func calibrate(
    _ path: String, platform: Platform
  ) -> (answer: Answer?, log: DiagnosticLog) {
    let measured = MeasuredMigrationReader.read(path)
    var log = measured.log
    guard !log.hasErrors else { return (nil, log) }
    let engine = MigrationEngine.of(platform)
    let fit = CalibrationFit(engine: engine, migrations: measured.migrations)
    guard fit.isPossible else {
      log.report(
        .calibrationTooLittle, .error, at: SourcePlace(file: path),
        "there are \(Units.count(measured.migrations.count, "migration")) of \(Units.count(fit.guests, "guest"))",
        remedy:
          "measure at least \(CalibrationFit.leastMoves), of \(CalibrationFit.leastGuests) guests or more, and name them in the column vm"
      )
      return (nil, log)
    }
    let fitted = fit.answer()
    let document = CalibrationDocument(
      generator: ProgramVersion.generator, platform: platform, measuredSHA256: measured.sha256,
      moves: measured.migrations.count, guests: fit.guests, constants: fitted.constants,
      errors: fitted.errors)
    let report = CalibrationReport(
      moves: document.moves, guests: document.guests,
      constants: Calibration.Constant.allCases.filter { $0.isKnown(to: platform) }.map {
        CalibrationReport.Constant($0, own: engine.value(of: $0), fitted: fitted.constants[$0])
      }, errors: fitted.errors, isBetter: fitted.isBetter)
    return (Answer(document: document, report: report), log)
  }
}
