import LinearOptimization

/// Limits within which a program looks for weights: near weights that are good already.
///
/// A program over very many sizes that begins with few changes swings from one extreme to the other until thousands
/// are known. Kept near what a coarser one has found it needs some twenty rounds, and its weights prove more than the
/// coarser ones do, since each size has its own. (Boxes around dual values steady column generation: O. du Merle,
/// D. Villeneuve, J. Desrosiers, P. Hansen: Stabilized column generation, 1999.) Any weights prove a bound: a corridor
/// that is too narrow costs strength, never truth.
struct WeightCorridor {
  let centre: [Int]
  /// Chosen, in parts of a move: with a tenth of a move or eight tenths fewer moves are proved in the same time.
  var radius = ChangePricing.scale / 5

  /// The columns that keep the duals of rows within a corridor. In the solution one of them is in use
  /// where a weight would leave.
  struct Walls {
    private let radius: Int
    private let low: [LinearProgram.Column]
    private let high: [LinearProgram.Column]

    init(_ corridor: WeightCorridor, rows: [LinearProgram.Row], _ program: inout LinearProgram) {
      radius = corridor.radius
      let limits = corridor.centre.map { Self.limits($0, corridor.radius) }
      low = zip(rows, limits).map { program.appendColumn(cost: -$1.low, coefficients: [($0, -1)]) }
      high = zip(rows, limits).map { program.appendColumn(cost: $1.high, coefficients: [($0, 1)]) }
    }

    /// Moves the walls to other weights, as far away from them as before.
    func lay(around centre: [Int], _ session: any LinearSession) {
      for (index, weight) in centre.enumerated() {
        let limits = Self.limits(weight, radius)
        session.setCost(of: low[index], to: -limits.low)
        session.setCost(of: high[index], to: limits.high)
      }
    }

    func isReached(_ values: [Double]) -> Bool {
      low.contains { values[$0.index] > 1e-7 } || high.contains { values[$0.index] > 1e-7 }
    }

    /// In moves. No weight is below nothing.
    private static func limits(_ centre: Int, _ radius: Int) -> (low: Double, high: Double) {
      let scale = Double(ChangePricing.scale)
      return (Double(max(0, centre - radius)) / scale, Double(centre + radius) / scale)
    }
  }
}
