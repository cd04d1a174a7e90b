public import StowageModel

/// What a verdict rests on.
public struct VerdictFacts: Hashable, Sendable {
  /// The highest utilisation of a resource on its way through the plan.
  public struct Peak: Hashable, Sendable {
    /// Which resource.
    public var resource: Resource
    /// On which host.
    public var host: Host.ID
    /// The load, in the unit of ``Resource``.
    public var load: Int64
    /// What the host offers.
    public var capacity: Int64
    /// When it is first reached; 0 when it is so from the start.
    public var instantSeconds: Double

    /// Load per capacity.
    public var utilisation: Double { Double(load) / Double(capacity) }
  }

  /// A bound that the plan states.
  public struct Bound: Hashable, Sendable {
    /// Of what.
    public var name: Objective.Name
    /// The value that the plan states.
    public var value: Double
    /// The bound that it states.
    public var lowerBound: Double
    /// Why, as it says.
    public var proof: Objective.Proof
    /// Whether the bound was computed again; otherwise it is taken on its maker's word.
    public var isRecomputed: Bool
  }

  /// Moves that were replayed.
  public var movesReplayed = 0
  /// Different instants at which anything changed, each checked.
  public var instantsChecked = 0
  /// Hard rules that were held against the plan.
  public var rulesChecked = 0
  /// The peak of every resource that is limited somewhere and used, in the order of ``Resource``.
  public var peaks: [Peak] = []
  /// The bounds that the plan states, in its order.
  public var bounds: [Bound] = []
  /// What could not be judged for want of data, as sentences.
  public var notJudged: [String] = []

  init() {}
}
