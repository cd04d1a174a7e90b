import CGLPKShim
import LinearOptimization

/// When a solve must be over.
///
/// GLPK looks at the clock between iterations and between nodes, but not while it presolves, factorises or makes
/// cuts, so it is told a little less than the caller allows.
struct Deadline {
  /// On the clock of the shim; infinite for never.
  let instant: Double

  /// The deadline of a solve that begins now.
  init(_ options: SolverOptions) {
    guard let limit = options.timeLimitSeconds else {
      instant = .infinity
      return
    }
    instant = stowage_glpk_now() + limit - Self.headroom(of: limit)
  }

  /// Measured with limits of 1 and 3 s on 25000 to 64000 columns: 15 of 16 searches ended within 1.3 s and 3.4 s, one
  /// took 4.4 s in its first round of cuts, which nothing interrupts.
  private static func headroom(of limit: Double) -> Double { min(0.05 * limit, 0.5) }

  /// What is left, as GLPK wants it. Zero makes it stop before its first iteration.
  var remainingMilliseconds: Int32 {
    let left = 1000 * (instant - stowage_glpk_now())
    return left >= Double(Int32.max) ? Int32.max : Int32(max(left, 0))
  }

  /// Whether it is over.
  var hasPassed: Bool { stowage_glpk_now() >= instant }
}
