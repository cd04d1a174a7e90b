import Glibc
import StowageModel

/// Mean relative errors of three models on the same moves.
struct ErrorTally {
  private struct Key: Hashable {
    let technique: Technique
    let figure: CalibrationError.Figure
  }

  private var sums: [Key: CalibrationError] = [:]

  /// - Parameters:
  ///   - rows: the moves.
  ///   - before: the platform's own.
  ///   - fitted: fitted to the moves.
  ///   - unseen: for each move one that was fitted without its guest.
  init(rows: [CalibrationRow], before: MigrationModel, fitted: MigrationModel, unseen: [MigrationModel]) {
    for (row, other) in zip(rows, unseen) {
      let (own, best, blind) = (row.errors(before), row.errors(fitted), row.errors(other))
      for figure in CalibrationError.Figure.allCases {
        guard let own = own[figure], let best = best[figure], let blind = blind[figure] else { continue }
        let key = Key(technique: row.technique, figure: figure)
        var sum =
          sums[key]
          ?? CalibrationError(
            technique: row.technique, figure: figure, moves: 0, before: 0, fitted: 0, crossValidated: 0)
        sum.moves += 1
        sum.before += own
        sum.fitted += best
        sum.crossValidated += blind
        sums[key] = sum
      }
    }
  }

  /// By technique and figure, to a hundredth of a per cent.
  var errors: [CalibrationError] {
    Technique.allCases.flatMap { technique in
      CalibrationError.Figure.allCases.compactMap { figure in
        sums[Key(technique: technique, figure: figure)].map(Self.mean)
      }
    }
  }

  private static func mean(_ sum: CalibrationError) -> CalibrationError {
    let mean = { (value: Double) in (value / Double(sum.moves) * 10_000).rounded() / 10_000 }
    return CalibrationError(
      technique: sum.technique, figure: sum.figure, moves: sum.moves, before: mean(sum.before),
      fitted: mean(sum.fitted), crossValidated: mean(sum.crossValidated))
  }
}

extension CalibrationRow {
  fileprivate func errors(_ model: MigrationModel) -> [CalibrationError.Figure: Double] {
    Dictionary(uniqueKeysWithValues: logRatios(model).map { ($0.figure, abs(expm1($0.value))) })
  }
}
