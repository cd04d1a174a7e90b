import Glibc
public import StowageModel

/// Fits an engine's constants to migrations that were made on it.
///
/// Given: *n* measured figures *yᵢ* and the model's forecasts *fᵢ(θ)*, *θ* the logarithms of the constants. Decides: *θ*.
/// Minimises: *Σ ρ(ln fᵢ(θ)/yᵢ) + (0.05·|θ − θ₀|)²*, with ρ square near 0 and straight beyond 0.3, so that a few strange
/// moves decide nothing, and a small pull to the platform's own constants *θ₀*, so that what the figures cannot tell
/// apart stays there. By Levenberg's and Marquardt's method. Constants that move fewer than three figures
/// (times and pauses) are left out. The switch-over is set afterwards, by the median of what pre-copy's pauses were longer.
public struct CalibrationFit: Sendable {
  /// What came out.
  public struct Answer: Hashable, Sendable {
    /// The constants that were fitted, to four digits.
    public var constants: [Calibration.Constant: Double]
    /// How far the model is off, by technique and figure.
    public var errors: [CalibrationError]

    /// Whether constants fitted without a guest forecast its moves better than the platform's own.
    public var isBetter: Bool {
      let weighted = { (error: KeyPath<CalibrationError, Double>) in
        errors.reduce(0) { $0 + Double($1.moves) * $1[keyPath: error] }
      }
      return !constants.isEmpty && weighted(\.crossValidated) < weighted(\.before)
    }
  }

  /// Fewest migrations and guests.
  public static let leastMoves = 5
  /// Fewest guests.
  public static let leastGuests = 2
  /// Parts at most into which guests are divided for the test.
  private static let folds = 10

  private let engine: MigrationEngine
  private let rows: [CalibrationRow]

  /// A fit of an engine to migrations.
  public init(engine: MigrationEngine, migrations: [MeasuredMigration]) {
    self.engine = engine
    rows = migrations.map(CalibrationRow.init)
  }

  /// How many guests there are.
  public var guests: Int { Set(rows.map(\.guest)).count }

  /// Whether there is enough to fit to and to test on.
  public var isPossible: Bool { rows.count >= Self.leastMoves && guests >= Self.leastGuests }

  /// Fits, and tests the fit on guests that it has not seen.
  public func answer() -> Answer {
    let whole = fitted(rows)
    let tally = ErrorTally(
      rows: rows, before: MigrationModel(engine: engine), fitted: model(whole), unseen: unseenModels())
    return Answer(constants: whole, errors: tally.errors)
  }

  private func model(_ constants: [Calibration.Constant: Double]) -> MigrationModel {
    MigrationModel(engine: engine.calibrated(by: Calibration(sha256: "", constants: constants)))
  }

  /// For each row the model that was fitted without its guest.
  private func unseenModels() -> [MigrationModel] {
    var foldOfGuest: [String: Int] = [:]
    for row in rows where foldOfGuest[row.guest] == nil {
      foldOfGuest[row.guest] = foldOfGuest.count % Self.folds
    }
    let folds = rows.map { foldOfGuest[$0.guest] ?? 0 }
    let models = (0..<min(Self.folds, foldOfGuest.count)).map { fold in
      model(fitted(zip(rows, folds).filter { $0.1 != fold }.map(\.0)))
    }
    return folds.map { models[$0] }
  }

  private func fitted(_ rows: [CalibrationRow]) -> [Calibration.Constant: Double] {
    var search = ConstantSearch(engine: engine, rows: rows)
    return search.run()
  }
}
