/// Where every VM ends, and the timed moves that bring it there (`stowage.plan/v1`).
public struct Plan: Hashable, Sendable {
  /// How far the answer is proved.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// Every objective's value equals its proved bound.
    case optimal
    /// A verified plan; some objective has no bound or one below its value.
    case feasible
  }

  /// The inventory that the plan is made for.
  public struct InventoryStamp: Hashable, Sendable {
    /// SHA-256 of the inventory in native form, in hexadecimal.
    public var sha256: String
    /// Number of hosts.
    public var hosts: Int
    /// Number of VMs.
    public var vms: Int

    /// A stamp of its parts.
    public init(sha256: String, hosts: Int, vms: Int) {
      self.sha256 = sha256
      self.hosts = hosts
      self.vms = vms
    }
  }

  /// How long the plan takes, and how long any plan to the same placement takes at least.
  public struct Schedule: Hashable, Sendable {
    /// End of the last move, in s.
    public var makespanSeconds: Double
    /// No schedule of these VMs' moves is shorter, in s.
    public var lowerBoundSeconds: Double
    /// The resource that sets the bound, in words.
    public var binding: String

    /// A schedule's figures.
    public init(makespanSeconds: Double, lowerBoundSeconds: Double, binding: String) {
      self.makespanSeconds = makespanSeconds
      self.lowerBoundSeconds = lowerBoundSeconds
      self.binding = binding
    }
  }

  /// A VM that has no host.
  public struct Unplaced: Hashable, Sendable {
    /// Which.
    public var vm: VM.ID
    /// Why.
    public var because: String

    /// A VM and why it has no host.
    public init(vm: VM.ID, because: String) {
      self.vm = vm
      self.because = because
    }
  }

  /// Something that is broken before the first move.
  public struct Violation: Hashable, Sendable {
    /// The rule's id, or `capacity` for an overloaded host.
    public var rule: String
    /// What is broken, with numbers.
    public var detail: String

    /// A broken rule.
    public init(rule: String, detail: String) {
      self.rule = rule
      self.detail = detail
    }
  }

  /// The program and its version.
  public var generator: String
  /// What it starts from.
  public var inventory: InventoryStamp
  /// What it is for.
  public var goal: Goal
  /// The seed of every random choice.
  public var seed: UInt64
  /// What was asked for.
  public var options: PlanOptions
  /// SHA-256 of what was asked for (goal, seed, options) and of the bounds for which the solver alone
  /// vouches, in hexadecimal, so that nobody can pass the plan off as the answer to another request or
  /// alter what cannot be computed again; `nil` in a plan whose maker does not state it.
  public var requestSHA256: String?
  /// How far it is proved.
  public var outcome: Outcome
  /// The objectives, in the order in which they were optimised.
  public var objectives: [Objective]
  /// The host of every VM that has one, at the end.
  public var placement: [VM.ID: Host.ID]
  /// Hosts that were on at the start and hold no VM at the end, in ascending order.
  public var poweredOffHosts: [Host.ID]
  /// The moves, by start, then by id.
  public var moves: [Move]
  /// The copies that VMs with an `rpo_s` keep at other sites meanwhile, by VM; none when that is not asked for.
  public var protections: [Protection] = []
  /// What somebody without a solver needs to check the bounds; `nil` when they need nothing.
  public var certificate: Certificate?
  /// Duration and its bound.
  public var schedule: Schedule
  /// The hosts to order, where hosts that could be ordered are part of the fleet and hold VMs at the end.
  public var order: HostOrder? = nil
  /// VMs without a host.
  public var unplaced: [Unplaced]
  /// What is broken before the first move.
  public var violationsAtStart: [Violation]
  /// What was taken for granted, as sentences.
  public var assumptions: [String]

  /// A plan of its parts.
  public init(
    generator: String, inventory: InventoryStamp, goal: Goal, seed: UInt64, options: PlanOptions,
    outcome: Outcome, objectives: [Objective], placement: [VM.ID: Host.ID], poweredOffHosts: [Host.ID],
    moves: [Move], schedule: Schedule, unplaced: [Unplaced], violationsAtStart: [Violation],
    assumptions: [String]
  ) {
    self.generator = generator
    self.inventory = inventory
    self.goal = goal
    self.seed = seed
    self.options = options
    self.outcome = outcome
    self.objectives = objectives
    self.placement = placement
    self.poweredOffHosts = poweredOffHosts
    self.moves = moves
    self.schedule = schedule
    self.unplaced = unplaced
    self.violationsAtStart = violationsAtStart
    self.assumptions = assumptions
  }
}
