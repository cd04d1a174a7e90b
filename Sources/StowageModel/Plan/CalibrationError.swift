/// How far a model was off one figure of some measured migrations, on the average.
public struct CalibrationError: Hashable, Sendable {
  /// Which figure.
  public enum Figure: String, CaseIterable, Hashable, Sendable {
    /// From the command to the end.
    case time
    /// The pause as the guest's users see it.
    case pause
    /// Sent over the network.
    case bytes
  }

  /// The technique.
  public var technique: Technique
  /// The figure.
  public var figure: Figure
  /// How many migrations had it.
  public var moves: Int
  /// Mean relative error of the platform's own constants, 0.1 being 10 %.
  public var before: Double
  /// Of the fitted ones, on the migrations that they were fitted to.
  public var fitted: Double
  /// Of constants fitted without the guest of the migration.
  public var crossValidated: Double

  /// The errors of a figure.
  public init(
    technique: Technique, figure: Figure, moves: Int, before: Double, fitted: Double, crossValidated: Double
  ) {
    self.technique = technique
    self.figure = figure
    self.moves = moves
    self.before = before
    self.fitted = fitted
    self.crossValidated = crossValidated
  }
}
