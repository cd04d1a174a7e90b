import StowageModel

/// What the verifier says about a plan.
public struct PlanVerdict: Hashable, Sendable {
  /// The answer in a word.
  public enum Decision: String, Hashable, Sendable {
    /// Everything that can be judged holds.
    case accepted
    /// Something does not hold.
    case rejected
    /// Nothing is known to be broken, but something could not be decided within the limits.
    case undecided
  }

  /// Everything that was found, by instant; what is no matter of time comes first.
  public let findings: [Finding]
  /// What was looked at.
  public let facts: VerdictFacts

  init(findings: [Finding], facts: VerdictFacts) {
    self.findings = Finding.sorted(findings)
    self.facts = facts
  }

  /// The answer.
  public var decision: Decision {
    if findings.isEmpty { return .accepted }
    return findings.allSatisfy(\.isUndecided) ? .undecided : .rejected
  }

  /// The earliest finding that is tied to an instant: where the plan first breaks.
  public var firstBreak: Finding? {
    findings.first { $0.instantSeconds != nil && !$0.isUndecided }
  }
}
