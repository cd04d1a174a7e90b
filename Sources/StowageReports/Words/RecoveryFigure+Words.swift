import StowageModel

extension RecoveryPlan.ProvedFigure {
  /// Whether no plan is better, and how that is known: `proved: no plan has fewer (by prices, which verify recomputes)`.
  func quality(_ best: String, _ text: (Double) -> String) -> String {
    let how =
      switch proof {
      case .trivial: ""
      case .prices: " (by prices, which verify recomputes)"
      case .branchAndBound: " (by the integer program, on trust)"
      }
    if value <= lowerBound * (1 + 1e-9) + 1e-6 { return "proved: \(best)\(how)" }
    return lowerBound > 0
      ? "could not tell whether less would do: at least \(text(lowerBound))\(how)"
      : "could not tell whether less would do"
  }
}
