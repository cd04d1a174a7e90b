import LinearOptimization

/// Factors by which rows are multiplied on their way into GLPK.
///
/// GLPK's tolerances are absolute where it matters: on knapsacks of ten items with weights from one to four million
/// it called a solution optimal that was not in 7 of 100 cases, and in 7 more it ran in circles; with the
/// largest coefficient of a row brought to about 100 in none. Its own scaling does not prevent this. Memory in MiB
/// has such coefficients, hence this.
///
/// Factors are powers of two, so that no coefficient loses a bit.
struct RowScaling {
  var factors: [Double] = []

  /// Adds factors for the rows of `program` that have none yet, whose coefficients are from `firstCoefficient` on.
  mutating func extend(to program: LinearProgram, firstCoefficient: Int) {
    var largest = [Double](repeating: 0, count: program.rowCount - factors.count)
    for index in firstCoefficient..<program.coefficients.count {
      let row = Int(program.coefficients.rows[index]) - factors.count
      guard row >= 0 else { continue }
      largest[row] = max(largest[row], program.coefficients.values[index].magnitude)
    }
    factors += largest.map(Self.factor)
  }

  /// One for rows without coefficients or with the usual ones, which keep their whole numbers that way.
  private static func factor(largest: Double) -> Double {
    guard largest != 0, !usual.contains(largest) else { return 1 }
    // From 64 to 128, since the significand is from 1 to 2.
    return Double(sign: .plus, exponent: 6 - largest.exponent, significand: 1)
  }

  private static let usual = 0.001...1024
}

extension Bounds {
  /// The bounds of a row multiplied by `factor`, which is positive.
  func scaled(by factor: Double) -> Bounds {
    Bounds(lower: lower.map { $0 * factor }, upper: upper.map { $0 * factor })
  }
}
