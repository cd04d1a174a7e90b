public import StowageDiagnostics
public import StowageModel

/// What is broken in a fleet as it stands, before anything is planned: rules that do not hold, and
/// hosts that hold more than they offer.
public struct PlacementAudit: Sendable {
  /// A rule that does not hold today.
  public struct BrokenRule: Hashable, Sendable {
    /// Which rule.
    public let rule: Rule.ID
    /// Whether it is a hard one.
    public let isHard: Bool
    /// What of it does not hold, one entry for each place, VM or cluster concerned.
    public let facts: [RuleFact]

    /// The same as sentences.
    public var sentences: [String] { facts.map(\.sentence) }
  }

  /// Rules that do not hold, in the order of the inventory.
  public let brokenRules: [BrokenRule]
  /// Rules of which it could not be decided, likewise.
  public let undecidedRules: [BrokenRule]
  /// Hosts that hold more of a resource than they offer, by host and resource.
  public let overloads: [CapacityFact]

  /// Looks at an inventory.
  ///
  /// - Parameters:
  ///   - inventory: the fleet.
  ///   - sizing: how demands and capacities are counted.
  public init(_ inventory: Inventory, sizing: SizingOptions) {
    let roster = Roster(inventory, sizing: sizing)
    let rulebook = Rulebook(inventory, roster: roster)
    let checks = RuleChecks(roster: roster, rulebook: rulebook, eligibility: Eligibility(roster))
    let start = RestState.start(roster)
    let found = rulebook.entries.map { entry in (entry: entry, facts: checks.atRest(entry, start)) }
    func rules(undecided: Bool) -> [BrokenRule] {
      found.compactMap { entry, facts in
        let facts = facts.filter { ($0.code == .undecided) == undecided }
        return facts.isEmpty ? nil : BrokenRule(rule: entry.id, isHard: entry.isHard, facts: facts)
      }
    }
    brokenRules = rules(undecided: false)
    undecidedRules = rules(undecided: true)
    overloads = Self.overloads(roster, cpu: sizing.cpu)
  }

  /// Whether nothing is broken and nothing undecided.
  public var isClean: Bool { brokenRules.isEmpty && undecidedRules.isEmpty && overloads.isEmpty }

  /// As a plan lists what is broken before its first move.
  public var violations: [Plan.Violation] {
    brokenRules.flatMap { broken in
      broken.sentences.map { Plan.Violation(rule: broken.rule.rawValue, detail: $0) }
    } + overloads.map { Plan.Violation(rule: "capacity", detail: $0.sentence) }
  }

  /// As `check` prints them.
  public var diagnostics: [Diagnostic] {
    brokenRules.flatMap { broken in
      broken.sentences.map { Diagnostic(.ruleBroken, broken.isHard ? .warning : .notice, $0) }
    } + undecidedRules.flatMap { $0.sentences.map { Diagnostic(.ruleBroken, .notice, $0) } }
      + overloads.map { Diagnostic(.inventoryOverloaded, .warning, $0.sentence) }
  }

  /// The worst hour of each resource that is counted by the hour.
  private static func hourlyOverloads(
    _ roster: Roster, _ host: Int, _ nothing: Replay, cpu: CPUCounting
  ) -> [CapacityFact] {
    roster.worstHours(roster.startHours[host]) { roster.capacity(of: host, column: $0) }.map { worst in
      CapacityFact(
        host: roster.hosts[host].id, resource: worst.resource, cpu: cpu, load: worst.load, limit: worst.limit,
        hour: worst.column % WeekProfile.hourCount, isLimitedByStart: false,
        holders: nothing.holders(ofColumn: worst.column, on: host, at: 0))
    }
  }

  private static func overloads(_ roster: Roster, cpu: CPUCounting) -> [CapacityFact] {
    let nothing = Replay(roster: roster)
    return roster.hosts.indices.flatMap { host in
      roster.steadyResources.compactMap { resource -> CapacityFact? in
        let load = roster.startLoad[host][resource]
        guard let limit = roster.capacity[host][resource], load > limit else { return nil }
        return CapacityFact(
          host: roster.hosts[host].id, resource: resource, cpu: cpu, load: load, limit: limit,
          isLimitedByStart: false, holders: nothing.holders(of: resource, on: host, at: 0))
      } + hourlyOverloads(roster, host, nothing, cpu: cpu)
    }
  }
}
