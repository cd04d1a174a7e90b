import LinearOptimization

/// Finds a smallest set of parts that cannot hold together: parts are left out one after the other, first many at a time, and
/// what the rest is impossible without stays out. What remains is needed, each part of it, as far as could be told within
/// the limits.
struct DeletionFilter {
  private let trialLimit: Int
  private let budget: TimeBudget
  private(set) var trials = 0

  /// A filter that makes so many trials at most, within a budget.
  init(trialLimit: Int, budget: TimeBudget) {
    self.trialLimit = trialLimit
    self.budget = budget
  }

  /// A smallest set of parts that are impossible together, in their order; those that come first are left out first.
  mutating func smallest<Part>(
    of all: [Part], isImpossible: ([Part]) throws(SolverFailure) -> Bool
  ) throws(SolverFailure) -> [Part] {
    var parts = all
    var size = max(1, parts.count / 2)
    while true {
      var position = 0
      while position < parts.count, trials < trialLimit, !budget.isSpent {
        let rest = Array(parts[..<position] + parts[min(parts.count, position + size)...])
        trials += 1
        if try isImpossible(rest) { parts = rest } else { position += size }
      }
      if size == 1 { return parts }
      size = max(1, size / 2)
    }
  }
}
