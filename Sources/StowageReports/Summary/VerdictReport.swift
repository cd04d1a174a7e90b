public import StowageModel

/// What the verifier says of a plan, as `stowage verify` prints it.
public struct VerdictReport: Sendable {
  /// Something that the plan must not do.
  public struct Finding: Hashable, Sendable {
    /// When it first happens, in s after the start of the plan; `nil` when it is not about time.
    public var atSeconds: Double?
    /// The move that does it, if one does.
    public var move: Move.ID?
    /// Where, if anywhere.
    public var host: Host.ID?
    /// What kind, as a short word: `capacity`, `link`, `anti_affinity`, …
    public var kind: String
    /// What, with numbers.
    public var summary: String

    /// A finding of its parts.
    public init(
      _ kind: String, atSeconds: Double? = nil, move: Move.ID? = nil, host: Host.ID? = nil, _ summary: String
    ) {
      self.kind = kind
      self.atSeconds = atSeconds
      self.move = move
      self.host = host
      self.summary = summary
    }
  }

  /// A bound that was checked again.
  public struct CheckedBound: Hashable, Sendable {
    /// Of what.
    public var name: Objective.Name
    /// The value in the plan.
    public var value: Double
    /// The bound in the plan.
    public var lowerBound: Double
    /// The claimed reason.
    public var proof: Objective.Proof?
    /// Whether the bound could be recomputed from the inventory alone. One that could not is
    /// neither right nor wrong.
    public var isRecomputed: Bool

    /// A bound and whether it was recomputed.
    public init(
      _ name: Objective.Name, value: Double, lowerBound: Double, proof: Objective.Proof?, isRecomputed: Bool
    ) {
      self.name = name
      self.value = value
      self.lowerBound = lowerBound
      self.proof = proof
      self.isRecomputed = isRecomputed
    }
  }

  /// The plan as the operator named it.
  public var plan: String
  /// What was checked, as pairs of a thing and how much of it (`("moves", 34)`), in order.
  public var checked: [(thing: String, count: Int)]
  /// What is wrong; empty for a plan that is accepted.
  public var findings: [Finding]
  /// The bounds.
  public var bounds: [CheckedBound]

  /// A verdict of its parts.
  public init(
    plan: String, checked: [(thing: String, count: Int)], findings: [Finding], bounds: [CheckedBound] = []
  ) {
    self.plan = plan
    self.checked = checked
    self.findings = findings
    self.bounds = bounds
  }

  /// Whether the plan may be executed.
  public var isAccepted: Bool { findings.isEmpty }
}
