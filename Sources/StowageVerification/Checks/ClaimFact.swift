public import StowageModel

/// Something that a plan claims about its worth and that does not check.
public enum ClaimFact: Hashable, Sendable {
  /// Why an outcome is not what it says.
  public enum OutcomeFault: Hashable, Sendable {
    /// It says `optimal`, and an objective has no bound.
    case noBound(Objective.Name)
    /// It says `optimal`, and a bound lies below its value.
    case gap(Objective.Name, value: Double, bound: Double)
    /// It says `optimal` and does not list an objective of its goal at its place.
    case lacks(Objective.Name)
    /// It says `feasible`, and every bound equals its value.
    case allProved
  }

  /// An objective has another value.
  case value(Objective.Name, stated: Double, actual: Double)
  /// An objective is listed more than once.
  case listedTwice(Objective.Name)
  /// A bound lies above the value.
  case boundAboveValue(Objective.Name, bound: Double, value: Double)
  /// A bound is stated and no proof of it.
  case unproved(Objective.Name, bound: Double)
  /// A proof is named and no bound.
  case nothingProved(Objective.Name, Objective.Proof)
  /// A proof of this kind needs a certificate, and the plan carries none.
  case noCertificate(Objective.Name, Objective.Proof)
  /// The weights of the certificate prove another total, in parts.
  case certificateTotal(Objective.Name, stated: Int, actual: Int)
  /// A proof of this kind says nothing about this quantity.
  case unfitProof(Objective.Name, Objective.Proof)
  /// The proof gives another bound.
  case bound(Objective.Name, Objective.Proof, stated: Double, actual: Double)
  /// A bound could not be recomputed within the limits.
  case boundUndecided(Objective.Name, Objective.Proof, stated: Double)
  /// The outcome is not what the bounds make it.
  case outcome(Plan.Outcome, OutcomeFault)
  /// The makespan is not the end of the last move.
  case makespan(stated: Double, actual: Double)
  /// The schedule's bound is not what the moves make it.
  case scheduleBound(stated: Double, actual: Double)
  /// The schedule's bound lies above the makespan.
  case scheduleBoundAboveMakespan(bound: Double, makespan: Double)
  /// The hosts to order, or what they cost, are not those of the plan.
  case order(OrderFault)
}

extension ClaimFact: FactWording {
  var code: FindingCode {
    switch self {
    case .value, .listedTwice: .objective
    case .boundAboveValue, .unproved, .nothingProved, .noCertificate, .certificateTotal, .unfitProof, .bound:
      .bound
    case .boundUndecided: .undecided
    case .outcome: .outcome
    case .makespan, .scheduleBound, .scheduleBoundAboveMakespan: .schedule
    case .order: .order
    }
  }

  var sentence: String {
    switch self {
    case .value(let name, let stated, let actual):
      "\(name.rawValue) is stated as \(Words.number(stated)), and is \(Words.number(actual))"
    case .listedTwice(let name): "\(name.rawValue) is listed more than once among the objectives"
    case .boundAboveValue(let name, let bound, let value):
      "the lower bound \(Words.number(bound)) of \(name.rawValue) lies above its value \(Words.number(value))"
    case .unproved(let name, let bound):
      "the lower bound \(Words.number(bound)) of \(name.rawValue) comes without a proof"
    case .nothingProved(let name, let proof):
      "\(name.rawValue) names the proof \(proof.rawValue) and no lower bound"
    case .noCertificate(let name, let proof):
      "the lower bound of \(name.rawValue) names the proof \(proof.rawValue), and the plan carries no weights for it"
    case .certificateTotal(let name, let stated, let actual):
      "the certificate's weights for \(name.rawValue) are said to prove \(stated) parts, and prove \(actual)"
    case .unfitProof(let name, let proof):
      "the proof \(proof.rawValue) says nothing about \(name.rawValue)"
    case .bound(let name, let proof, let stated, let actual):
      "the lower bound \(Words.number(stated)) of \(name.rawValue) is not what its proof \(proof.rawValue) gives, "
        + Words.number(actual)
    case .boundUndecided(let name, let proof, let stated):
      "whether the proof \(proof.rawValue) gives the lower bound \(Words.number(stated)) of \(name.rawValue) "
        + "could not be decided"
    case .outcome(let outcome, let fault):
      "the plan claims to be \(outcome.rawValue), and \(Self.words(fault))"
    case .makespan(let stated, let actual):
      "the makespan is stated as \(Words.seconds(stated)), and the last move ends at \(Words.seconds(actual))"
    case .scheduleBound(let stated, let actual):
      "the schedule's lower bound is stated as \(Words.seconds(stated)), and the moves make it \(Words.seconds(actual))"
    case .scheduleBoundAboveMakespan(let bound, let makespan):
      "the schedule's lower bound \(Words.seconds(bound)) lies above the makespan \(Words.seconds(makespan))"
    case .order(let fault): fault.sentence
    }
  }

  private static func words(_ fault: OutcomeFault) -> String {
    switch fault {
    case .noBound(let name): "\(name.rawValue) has no lower bound"
    case .gap(let name, let value, let bound):
      "\(name.rawValue) is \(Words.number(value)) with a lower bound of \(Words.number(bound))"
    case .lacks(let name): "\(name.rawValue) is not at its place among the objectives"
    case .allProved: "every value equals its lower bound"
    }
  }
}

extension FindingCode {
  /// An objective has another value than stated.
  public static let objective = FindingCode(rawValue: "verify.objective")
  /// A lower bound that is none, or that its proof does not give.
  public static let bound = FindingCode(rawValue: "verify.bound")
  /// An outcome that the bounds do not make.
  public static let outcome = FindingCode(rawValue: "verify.outcome")
  /// A makespan or a bound on it that the moves do not make.
  public static let schedule = FindingCode(rawValue: "verify.schedule")

  /// Hosts to order that the plan does not need, or money that they do not cost.
  public static let order = FindingCode(rawValue: "verify.order")

  static let claimCodes: [FindingCode] = [.objective, .bound, .outcome, .schedule, .order]
}
