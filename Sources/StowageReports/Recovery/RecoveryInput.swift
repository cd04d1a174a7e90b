public import StowageModel

/// All that the pages about a recovery plan are made from.
public struct RecoveryInput: Sendable {
  /// What copies take of one direction of a link.
  public struct LinkUse: Hashable, Sendable {
    /// As plans name it: `wan:ab`.
    public var channel: String
    /// Its bandwidth in Gb/s.
    public var gbps: Double
    /// Given to copies, in MiB/s.
    public var usedMiBPerSecond: Double
    /// What it carries of copies, headroom and other traffic taken off, in MiB/s.
    public var payloadMiBPerSecond: Double
    /// How long the first copies take over it, in s; `nil` when they never end.
    public var seedingSeconds: Double?

    /// A link's use of its parts.
    public init(
      channel: String, gbps: Double, usedMiBPerSecond: Double, payloadMiBPerSecond: Double,
      seedingSeconds: Double?
    ) {
      self.channel = channel
      self.gbps = gbps
      self.usedMiBPerSecond = usedMiBPerSecond
      self.payloadMiBPerSecond = payloadMiBPerSecond
      self.seedingSeconds = seedingSeconds
    }
  }

  /// What moving the same VMs to where their copies are would take.
  public struct Moves: Hashable, Sendable {
    /// How many would go by which technique.
    public var byTechnique: [Technique: Int] = [:]
    /// How many could not go at all.
    public var impossible = 0
    /// Sent in all, in MiB.
    public var dataMiB = 0.0
    /// The longest pause of any, in s.
    public var longestPauseSeconds = 0.0
    /// Nothing moved yet.
    public init() {}
  }

  /// The fleet.
  public var inventory: Inventory
  /// The plan.
  public var plan: RecoveryPlan
  /// What its VMs run on.
  public var platform: Platform
  /// Use of links, by name.
  public var links: [LinkUse]
  /// The same VMs moved instead.
  public var moves: Moves
  /// What the independent judge finds wrong, as sentences.
  public var findings: [String]
  private let machines: [VM.ID: VM]

  /// The input of the pages.
  public init(
    inventory: Inventory, plan: RecoveryPlan, platform: Platform, links: [LinkUse], moves: Moves,
    findings: [String]
  ) {
    self.inventory = inventory
    self.plan = plan
    self.platform = platform
    self.links = links
    self.moves = moves
    self.findings = findings
    machines = Dictionary(inventory.vms.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the judge accepts the plan.
  public var isVerified: Bool { findings.isEmpty }

  /// Names of the sites that lose copies when they fail, ascending, each with its copies in the order of restarts.
  var failures: [(site: String, replicas: [RecoveryPlan.Replica])] {
    Dictionary(grouping: plan.replicas, by: \.fromSite).sorted { $0.key < $1.key }.map { site, replicas in
      (site, replicas.sorted(by: Self.inOrder))
    }
  }

  /// The VM of a copy.
  func vm(_ id: VM.ID) -> VM? { machines[id] }

  /// Copies in the order of restarts; those of VMs that do not run come last.
  static func inOrder(_ left: RecoveryPlan.Replica, _ right: RecoveryPlan.Replica) -> Bool {
    func key(_ replica: RecoveryPlan.Replica) -> (Int, VM.ID) {
      (replica.restartOrder == 0 ? Int.max : replica.restartOrder, replica.vm)
    }
    return key(left) < key(right)
  }
}
