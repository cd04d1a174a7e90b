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
    let limit = options.timeLimitSeconds
    precondition(limit.map { $0 >= 0 } ?? true, "a time limit must not be negative: \(limit ?? 0) s")
    instant = limit.map { stowage_glpk_now() + Self.headroom(below: $0) } ?? .infinity
  }

  /// Chosen: 5 % below the limit, at most half a second.
  private static func headroom(below limit: Double) -> Double { limit - min(0.05 * limit, 0.5) }

  /// What is left, as GLPK wants it: at least 1, at most what fits.
  var remainingMilliseconds: Int32 {
    let left = 1000 * (instant - stowage_glpk_now())
    return left >= Double(Int32.max) ? Int32.max : Int32(max(left, 1))
  }

  /// Whether it is over.
  var hasPassed: Bool { stowage_glpk_now() >= instant }
}
