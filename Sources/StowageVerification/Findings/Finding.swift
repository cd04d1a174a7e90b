public import StowageModel

/// One way in which a plan is not what it must be: what, when, and about whom.
public struct Finding: Hashable, Sendable {
  /// What a finding speaks of.
  public enum Subject: Hashable, Sendable {
    /// The plan as a whole.
    case plan
    /// A host.
    case host(Host.ID)
    /// A VM.
    case vm(VM.ID)
    /// A move.
    case move(Move.ID)
    /// A rule of the inventory.
    case rule(Rule.ID)
    /// One direction of a port or link, as moves list it: `host-12:out`, `wan:ab`.
    case channel(String)
    /// An objective.
    case objective(Objective.Name)
  }

  /// When it is first so, in seconds after the start of the plan; `nil` when it is no matter of time.
  public let instantSeconds: Double?
  /// About whom.
  public let subject: Subject
  /// What, as data.
  public let fact: Fact

  init(at instantSeconds: Double? = nil, _ subject: Subject, _ fact: Fact) {
    self.instantSeconds = instantSeconds
    self.subject = subject
    self.fact = fact
  }

  /// The kind of finding.
  public var code: FindingCode { fact.wording.code }

  /// What was found, as a sentence with its numbers and instant.
  public var message: String {
    guard let instantSeconds else { return fact.wording.sentence }
    return "at \(Words.seconds(instantSeconds)) \(fact.wording.sentence)"
  }

  /// Whether the finding says only that something could not be decided.
  public var isUndecided: Bool { code == .undecided }
}

extension Finding: CustomStringConvertible {
  /// The sentence and the code.
  public var description: String { "\(message) [\(code.rawValue)]" }
}

extension Finding {
  /// What is no matter of time comes first, then by instant, code and sentence.
  static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.map { (finding: $0, code: $0.code, sentence: $0.fact.wording.sentence) }
      .sorted { left, right in
        let (a, b) = (left.finding.instantSeconds, right.finding.instantSeconds)
        if a != b { return (a ?? -.infinity) < (b ?? -.infinity) }
        return left.code != right.code ? left.code < right.code : left.sentence < right.sentence
      }
      .map(\.finding)
  }
}
