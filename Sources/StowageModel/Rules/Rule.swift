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

  /// A rule, hard unless said otherwise or its kind knows only the other.
  public init(id: ID, _ requirement: Requirement, isHard: Bool = true, weight: Double = 1) {
    self.id = id
    self.requirement = requirement
    self.isHard = requirement.mayBeSoft ? isHard && requirement.mayBeHard : true
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
  /// The VMs are spread over domains.
  case spread(Spread)
  /// The VMs run best on these hosts.
  case preferOn(PreferOn)
  /// The hosts take nobody in.
  case noNew(NoNew)
  /// The hosts stay powered.
  case keepOn(KeepOn)
  /// The VMs share hosts with nobody else.
  case dedicated(Dedicated)
  /// VMs on a set of hosts take no more of a resource in total than a limit.
  case groupCap(GroupCap)
  /// A plan moves the VMs at most so many times.
  case maxMoves(MaxMoves)
  /// A plan moves at most so much memory of the VMs.
  case moveBudget(MoveBudget)
  /// Some VMs move before others.
  case before(Before)
  /// The VMs move one at a time.
  case serialize(Serialize)
  /// The VMs switch over at one moment.
  case together(Together)
  /// No more than so many moves are under way at once.
  case concurrency(MovesAtOnce)
  /// How the VMs may be moved.
  case technique(TechniqueLimit)
  /// The VMs' moves end by a time.
  case deadline(Deadline)
  /// The VMs move within certain hours.
  case window(MoveWindow)
  /// The VMs do not move within certain hours.
  case blackout(MoveBlackout)

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
    case .spread: "spread"
    case .preferOn: "prefer_on"
    case .noNew: "no_new"
    case .keepOn: "keep_on"
    case .dedicated: "dedicated"
    case .groupCap: "group_cap"
    case .maxMoves: "max_moves"
    case .moveBudget: "move_budget"
    case .before: "before"
    case .serialize: "serialize"
    case .together: "together"
    case .concurrency: "concurrency"
    case .technique: "technique"
    case .deadline: "deadline"
    case .window: "window"
    case .blackout: "blackout"
    }
  }

  /// The names of all kinds that this version holds.
  public static let kinds = [
    "affinity",
    "anti_affinity",
    "before",
    "blackout",
    "concurrency",
    "deadline",
    "dedicated",
    "drain",
    "failover",
    "group_cap",
    "keep_on",
    "max_moves",
    "move_budget",
    "never_on",
    "no_new",
    "only_on",
    "prefer_on",
    "serialize",
    "spread",
    "stay",
    "technique",
    "together",
    "window",
  ]

  /// Whether rules of the kind may be hard: a preference is always soft.
  public var mayBeHard: Bool {
    if case .preferOn = self { false } else { true }
  }

  /// Whether rules of the kind may be soft: what is asked of the moves of a plan is always hard.
  public var mayBeSoft: Bool { !isOfMoves }

  /// Whether what it asks depends on when a plan starts.
  public var needsStart: Bool {
    switch self {
    case .window, .blackout: true
    case .deadline(let deadline): if case .by = deadline.due { true } else { false }
    default: false
    }
  }

  /// Whether the kind speaks of moves alone, and says nothing of a fleet at rest.
  public var isOfMoves: Bool {
    switch self {
    case .maxMoves, .moveBudget, .before, .serialize, .together, .concurrency, .technique, .deadline,
      .window, .blackout:
      true
    case .affinity, .antiAffinity, .onlyOn, .neverOn, .stay, .drain, .failover, .spread, .preferOn, .noNew,
      .keepOn, .dedicated, .groupCap:
      false
    }
  }
}
