import Glibc
import StowageModel

/// The search of ``CalibrationFit``, on some of its rows.
struct ConstantSearch {
  /// Steps at most. Chosen: fits of a thousand moves ended after 5 to 12.
  private static let steps = 40
  /// The most that the logarithm of a constant changes in a step: by a factor of 1.65.
  private static let longestStep = 0.5
  /// Where a residual stops counting by its square.
  private static let bend = 0.3
  /// Pull to the platform's own constants.
  private static let pull = 0.05
  /// Width of the differences that stand for derivatives, so wide that the model's own steps (an engine looks every
  /// 68 ms) do not show.
  private static let width = 0.01
  /// A figure moves with a constant when 1 % of the one makes more than 0.01 % of the other.
  private static let sensitivity = 0.01

  private let engine: MigrationEngine
  private let rows: [CalibrationRow]
  /// Constants that the figures depend on, and the logarithms of the platform's own values.
  private var constants: [Calibration.Constant] = []
  private var start: [Double] = []

  init(engine: MigrationEngine, rows: [CalibrationRow]) {
    self.engine = engine
    self.rows = rows
    for constant in Calibration.Constant.allCases where constant != .switchover && !constant.isSetting {
      guard let value = engine.value(of: constant) else { continue }
      constants.append(constant)
      start.append(log(min(max(value, constant.range.lowerBound), constant.range.upperBound)))
    }
  }

  /// The constants with the least misfit, to four digits.
  mutating func run() -> [Calibration.Constant: Double] {
    keepWhatMatters()
    var found = constants.isEmpty ? [:] : descend()
    found[.switchover] = switchover(with: found)
    return found
  }

  private func descend() -> [Calibration.Constant: Double] {
    var theta = start
    var residuals = residuals(theta)
    var misfit = misfit(residuals, theta)
    var damping = 1e-3
    for _ in 0..<Self.steps {
      let slopes = slopes(at: theta)
      guard let step = step(residuals, slopes, theta, damping: damping) else { break }
      let next = moved(theta, by: step)
      let (newResiduals, before) = (self.residuals(next), misfit)
      let newMisfit = self.misfit(newResiduals, next)
      guard newMisfit < before else {
        damping *= 8
        if damping > 1e6 { break }
        continue
      }
      (theta, residuals, misfit) = (next, newResiduals, newMisfit)
      damping = max(1e-6, damping / 5)
      if before - newMisfit < 1e-9 * before { break }
    }
    return Dictionary(uniqueKeysWithValues: zip(constants, theta.map(Self.rounded)))
  }

  /// The platform's own, and the median of what pauses of pre-copy were longer; `nil` for fewer than three.
  private func switchover(with constants: [Calibration.Constant: Double]) -> Double? {
    let model = model(constants)
    let excess = rows.compactMap { $0.excessOfPause(model) }.sorted()
    guard excess.count >= 3 else { return nil }
    let range = Calibration.Constant.switchover.range
    let value = engine.switchoverSeconds + excess[excess.count / 2]
    return Self.rounded(log(min(max(value, range.lowerBound), range.upperBound)))
  }

  private func model(_ constants: [Calibration.Constant: Double]) -> MigrationModel {
    MigrationModel(engine: engine.calibrated(by: Calibration(sha256: "", constants: constants)))
  }

  private mutating func keepWhatMatters() {
    let slopes = slopes(at: start)
    let kept = constants.indices.filter { index in
      slopes[index].count { $0.magnitude > Self.sensitivity } >= 3
    }
    constants = kept.map { constants[$0] }
    start = kept.map { start[$0] }
  }

  /// Ends of a step lie within the ranges.
  private func moved(_ theta: [Double], by step: [Double]) -> [Double] {
    theta.indices.map { index in
      let range = constants[index].range
      let wanted = theta[index] + min(Self.longestStep, max(-Self.longestStep, step[index]))
      return min(max(wanted, log(range.lowerBound)), log(range.upperBound))
    }
  }

  /// Two for each move, time and pause; what was not measured or cannot be forecast counts as met, so that their
  /// number never changes.
  ///
  /// The pause of a pre-copy is left out: it goes up and down with every constant like the teeth of a saw, as the
  /// engine's looks fall. Bytes depend on no constant.
  private func residuals(_ theta: [Double]) -> [Double] {
    let model = model(Dictionary(uniqueKeysWithValues: zip(constants, theta.map { exp($0) })))
    return rows.flatMap { row in
      let ratios = row.logRatios(model)
      let value = { (wanted: CalibrationError.Figure) in ratios.first { $0.figure == wanted }?.value ?? 0 }
      return [value(.time), row.technique == .preCopy ? 0 : value(.pause)]
    }
  }

  /// By constant, then by figure.
  private func slopes(at theta: [Double]) -> [[Double]] {
    theta.indices.map { index in
      var (above, below) = (theta, theta)
      above[index] += Self.width
      below[index] -= Self.width
      return zip(residuals(above), residuals(below)).map { ($0 - $1) / (2 * Self.width) }
    }
  }

  private func misfit(_ residuals: [Double], _ theta: [Double]) -> Double {
    let figures = residuals.reduce(0) { sum, residual in
      let size = residual.magnitude
      return sum + (size <= Self.bend ? size * size : Self.bend * (2 * size - Self.bend))
    }
    return zip(theta, start).reduce(figures) { $0 + pow(Self.pull * ($1.0 - $1.1), 2) }
  }

  /// Solves *(JᵀWJ + P + λD)·s = −(JᵀWr + P·(θ − θ₀))*.
  private func step(
    _ residuals: [Double], _ slopes: [[Double]], _ theta: [Double], damping: Double
  ) -> [Double]? {
    let weights = residuals.map { $0.magnitude <= Self.bend ? 1 : Self.bend / $0.magnitude }
    let pull = Self.pull * Self.pull
    var matrix: [[Double]] = []
    var right: [Double] = []
    for row in slopes.indices {
      var line = slopes.indices.map { column in
        residuals.indices.reduce(0) { $0 + weights[$1] * slopes[row][$1] * slopes[column][$1] }
      }
      line[row] += pull
      line[row] *= 1 + damping
      matrix.append(line)
      let gradient = residuals.indices.reduce(0) { $0 + weights[$1] * slopes[row][$1] * residuals[$1] }
      right.append(-gradient - pull * (theta[row] - start[row]))
    }
    return LinearSystem.solve(matrix, right)
  }

  private static func rounded(_ theta: Double) -> Double {
    let value = exp(theta)
    let scale = pow(10, 3 - log10(value).rounded(.down))
    return (value * scale).rounded() / scale
  }
}

/// A handful of linear equations.
enum LinearSystem {
  /// Gauss' elimination with partial pivoting; `nil` when a pivot vanishes.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    var (lines, values) = (matrix, right)
    for column in lines.indices {
      let pivot = (column..<lines.count).max {
        lines[$0][column].magnitude < lines[$1][column].magnitude
      }
      guard let pivot, lines[pivot][column].isNormal else { return nil }
      lines.swapAt(column, pivot)
      values.swapAt(column, pivot)
      for row in lines.indices where row != column {
        let factor = lines[row][column] / lines[column][column]
        for other in lines.indices { lines[row][other] -= factor * lines[column][other] }
        values[row] -= factor * values[column]
      }
    }
    return lines.indices.map { values[$0] / lines[$0][$0] }
  }
}
