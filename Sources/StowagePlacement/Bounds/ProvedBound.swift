import StowageModel

/// A lower bound and why it is one.
struct ProvedBound {
  private(set) var value: Double
  private(set) var proof: Objective.Proof

  init(_ value: Double, _ proof: Objective.Proof) {
    self.value = value
    self.proof = proof
  }

  /// Values that differ by less are the same.
  private static let rounding = 1e-9

  /// Whether a value is above what is proved.
  func leavesGap(to value: Double) -> Bool { value > self.value + Self.rounding }

  /// Takes a better bound.
  mutating func raise(to other: Double?, _ proof: Objective.Proof) {
    guard let other, other > value else { return }
    value = other
    self.proof = proof
  }

  /// A count is a whole number: a bound of 4.2 hosts is one of 5. The solver's tolerance is left out.
  static func roundedUp(_ bound: Double) -> Double {
    (bound - 1e-6 * (1 + bound.magnitude)).rounded(.up)
  }

  /// The objective with this bound; one that is a rounding error above the value is cut to it.
  func objective(_ name: Objective.Name, value objective: Double) -> Objective {
    let isTouching = (value - objective).magnitude <= 1e-6 * (1 + objective.magnitude)
    let isRounded = proof == .branchAndBound || proof == .cheapestMix
    let bound = isRounded && isTouching ? objective : value
    return Objective(name, value: objective, lowerBound: bound, proof: proof)
  }
}
