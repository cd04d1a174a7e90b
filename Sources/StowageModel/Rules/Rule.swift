/// Something that the fleet must keep, or that costs when it is not kept.
///
/// Each kind answers three questions: what holds at rest, what holds at every instant of a plan,
/// and what happens when it is broken at the start. The answer to the last is the same for all: a
/// plan may pass through states that break the rule no worse than the start, must not break it
/// anew, and must end with it kept if it is hard.
public struct Rule: Identifiable, Hashable, Sendable {
  /// Names a rule; unique within an inventory.
  public struct ID: Identifier {
    /// The text of the identifier.
    public let rawValue: String
    /// Wraps the text of an identifier.
    public init(_ text: String) { rawValue = text }
  }

  /// The unique name.
  public var id: ID
  /// What is asked, and of whom.
  public var requirement: Requirement
  /// Whether it must hold; a soft rule costs its weight where it is broken.
  public var isHard: Bool
  /// What breaking a soft rule costs, relative to other soft rules.
  public var weight: Double

  /// A rule, hard unless said otherwise.
  public init(id: ID, _ requirement: Requirement, isHard: Bool = true, weight: Double = 1) {
    self.id = id
    self.requirement = requirement
    self.isHard = isHard
    self.weight = weight
  }
}

/// What a rule asks. Switched over exhaustively in every layer, so that a new kind does not
/// compile until each has answered for it.
public enum Requirement: Hashable, Sendable {
  /// The VMs run together.
  case affinity(Affinity)
  /// The VMs run apart.
  case antiAffinity(AntiAffinity)
  /// The VMs run on these hosts and no others.
  case onlyOn(OnlyOn)
  /// The VMs do not run on these hosts.
  case neverOn(NeverOn)
  /// The VMs do not move.
  case stay(Stay)
  /// The hosts end empty.
  case drain(Drain)
  /// Whatever fails, its VMs fit elsewhere.
  case failover(Failover)

  /// The kind's name in files.
  public var kind: String {
    switch self {
    case .affinity: "affinity"
    case .antiAffinity: "anti_affinity"
    case .onlyOn: "only_on"
    case .neverOn: "never_on"
    case .stay: "stay"
    case .drain: "drain"
    case .failover: "failover"
    }
  }

  /// The names of all kinds that this version holds.
  public static let kinds = ["affinity", "anti_affinity", "drain", "failover", "never_on", "only_on", "stay"]
}
