public import StowageModel

/// Why `stowage plan` has no plan to show: a proof that there is none, or not knowing.
public struct NoPlan: Sendable {
  /// How sure that is.
  public enum Finding: Hashable, Sendable {
    /// It is proved that no plan exists; `proof` says by what, in words.
    case infeasible(proof: String)
    /// The limits ended the search before either a plan or a proof was found; `limit` says which.
    case undecided(limit: String)
  }

  /// What shuts a VM out of a host.
  public enum Cause: Hashable, Sendable {
    /// Too little of a resource is free.
    case resource(Resource)
    /// A rule forbids it; `kind` is the rule's kind.
    case rule(Rule.ID, kind: String)
    /// Anything else, in words that fit after a count of hosts: `not reachable`, `drained`.
    case other(String)
  }

  /// A VM that fits nowhere, and what shuts it out of how many hosts.
  public struct Refusal: Hashable, Sendable {
    /// Which VM.
    public var vm: VM.ID
    /// Causes with the number of hosts each shuts it out of; a host counts under its first cause.
    public var causes: [Count]

    /// A cause and a number of hosts.
    public struct Count: Hashable, Sendable {
      /// What.
      public var cause: Cause
      /// Of how many hosts.
      public var hosts: Int

      /// A cause and how many hosts it shuts a VM out of.
      public init(_ cause: Cause, hosts: Int) {
        self.cause = cause
        self.hosts = hosts
      }
    }

    /// A VM and what shuts it out.
    public init(vm: VM.ID, causes: [Count]) {
      self.vm = vm
      self.causes = causes
    }
  }

  /// VMs with which stopped there would be a plan, which was made and verified.
  public struct StopOffer: Hashable, Sendable {
    /// Whom to stop.
    public var vms: [VM.ID]
    /// Moves of the plan that this makes possible.
    public var moves: Int
    /// The pauses of all of them for being shut down and started again, in ms.
    public var pauseMilliseconds: Double

    /// VMs to stop and what that brings and costs.
    public init(vms: [VM.ID], moves: Int, pauseMilliseconds: Double) {
      self.vms = vms
      self.moves = moves
      self.pauseMilliseconds = pauseMilliseconds
    }
  }

  /// What was asked for.
  public var goal: Goal
  /// Hosts of the inventory.
  public var hosts: Int
  /// VMs of the inventory.
  public var vms: Int
  /// How sure.
  public var finding: Finding
  /// VMs that fit nowhere.
  public var refusals: [Refusal]
  /// A smallest set of demands that contradict each other: drop any one and the rest can be met.
  public var conflict: [String]
  /// How near the search came, in words (`2 of 40 VMs were left without a host`).
  public var progress: [String]
  /// What to do about it, as imperatives.
  public var remedies: [String]
  /// Whom to stop, where that makes a plan possible; one of the remedies says it in words.
  public var stops: StopOffer?

  /// An honest no, or an honest "could not tell".
  public init(
    goal: Goal, hosts: Int, vms: Int, finding: Finding, refusals: [Refusal] = [], conflict: [String] = [],
    progress: [String] = [], remedies: [String] = []
  ) {
    self.goal = goal
    self.hosts = hosts
    self.vms = vms
    self.finding = finding
    self.refusals = refusals
    self.conflict = conflict
    self.progress = progress
    self.remedies = remedies
  }
}
