public import StowageModel

/// The capacity review of a fleet: what it holds, what is left, until when, and what if.
///
/// Plain values. Where they come from (sizing, search, proof) is the business of whoever fills them in;
/// the pages say what is in here and nothing else.
public struct Review: Sendable {
  /// The fleet.
  public var inventory: Inventory
  /// SHA-256 of the inventory in native form, in hexadecimal.
  public var sha256: String
  /// The program and its version.
  public var generator: String
  /// How demand and capacity are counted.
  public var sizing: SizingOptions
  /// The clusters, by name; hosts without a cluster are one of their own.
  public var clusters: [ClusterCapacity]
  /// Load and capacity of every host.
  public var hostLoads: [HostLoad]
  /// The weekly profile and the outlook, when a history is given.
  public var history: HistoryReview?
  /// How many more VMs fit.
  public var roomForMore: [RoomForMore]
  /// What happens when something fails.
  public var failures: [FailureOutcome]
  /// VMs that are larger or smaller than their use, most reclaimed memory first.
  public var rightSizing: [RightSizing]
  /// What is broken today.
  public var violations: [Plan.Violation]
  /// VMs that no technique can move.
  public var pinnedVMs: [PinnedVM]
  /// What would be if.
  public var whatIfs: [WhatIf]
  /// A plan whose outcome is shown, too, if one is given.
  public var plan: Plan?
  /// What energy and money are reckoned with.
  public var facility: Facility
  /// What was taken for granted, as sentences.
  public var assumptions: [String]

  /// A review of a fleet of which nothing is worked out yet.
  public init(inventory: Inventory, sha256: String, generator: String, sizing: SizingOptions) {
    self.inventory = inventory
    self.sha256 = sha256
    self.generator = generator
    self.sizing = sizing
    clusters = []
    hostLoads = []
    roomForMore = []
    failures = []
    rightSizing = []
    violations = []
    pinnedVMs = []
    whatIfs = []
    facility = Facility()
    assumptions = []
  }

  /// One cluster, resource by resource.
  public struct ClusterCapacity: Hashable, Sendable {
    /// Its name; `nil` for hosts without a cluster.
    public var name: String?
    /// Its hosts, and how many of them take VMs.
    public var hosts, usableHosts: Int
    /// Its running VMs and its others.
    public var runningVMs, otherVMs: Int
    /// Physical cores, and vCPUs of running VMs.
    public var cores, vCPUs: Double
    /// Physical memory of the hosts, and configured memory of running VMs, in MiB.
    public var hostMemoryMiB, vmMemoryMiB: Double
    /// Units (hosts or racks) whose failure is provided for by a rule, at once.
    public var failuresCovered: Int
    /// From the total to what is free, for each resource that is limited.
    public var waterfalls: [Waterfall]

    /// A cluster of its parts.
    public init(
      name: String?, hosts: Int, usableHosts: Int, runningVMs: Int, otherVMs: Int, cores: Double,
      vCPUs: Double, hostMemoryMiB: Double, vmMemoryMiB: Double, failuresCovered: Int,
      waterfalls: [Waterfall]
    ) {
      self.name = name
      self.hosts = hosts
      self.usableHosts = usableHosts
      self.runningVMs = runningVMs
      self.otherVMs = otherVMs
      self.cores = cores
      self.vCPUs = vCPUs
      self.hostMemoryMiB = hostMemoryMiB
      self.vmMemoryMiB = vmMemoryMiB
      self.failuresCovered = failuresCovered
      self.waterfalls = waterfalls
    }
  }

  /// How the total of a resource is spent, in the units of ``Resource``.
  public struct Waterfall: Hashable, Sendable {
    /// Which.
    public var resource: Resource
    /// All hosts that take VMs, overcommit applied and the hypervisor's part taken off.
    public var total: Int64
    /// Kept for the failures that a rule provides for: the largest units.
    public var failoverReserve: Int64
    /// Kept free by choice.
    public var headroom: Int64
    /// Asked by the VMs that are there.
    public var used: Int64

    /// What may be used: the total without reserve and headroom.
    public var usable: Int64 { total - failoverReserve - headroom }
    /// What is left of that; negative when it is overdrawn.
    public var free: Int64 { usable - used }
    /// Part of the usable amount that is used; `nil` when nothing is usable.
    public var utilisation: Double? { usable > 0 ? Double(used) / Double(usable) : nil }

    /// A waterfall of its parts.
    public init(resource: Resource, total: Int64, failoverReserve: Int64, headroom: Int64, used: Int64) {
      self.resource = resource
      self.total = total
      self.failoverReserve = failoverReserve
      self.headroom = headroom
      self.used = used
    }
  }

  /// How many more VMs of one size fit.
  public struct RoomForMore: Hashable, Sendable {
    /// The size in words: `small`, `average`.
    public var size: String
    /// vCPUs of one.
    public var vCPUs: Double
    /// Memory of one in MiB.
    public var memoryMiB: Double
    /// How many fit where there is room now, host by host, nobody moved.
    public var asThingsStand: Int
    /// How many fit, placed evenly, so that every host whose loss is survived today can still be lost alone.
    public var withOneHostLost: Int
    /// No placement, whatever is moved, holds more.
    public var atMost: Int

    /// A size and its counts.
    public init(
      size: String, vCPUs: Double, memoryMiB: Double, asThingsStand: Int, withOneHostLost: Int, atMost: Int
    ) {
      self.size = size
      self.vCPUs = vCPUs
      self.memoryMiB = memoryMiB
      self.asThingsStand = asThingsStand
      self.withOneHostLost = withOneHostLost
      self.atMost = atMost
    }
  }

  /// What happens when something of a kind fails.
  public struct FailureOutcome: Hashable, Sendable {
    /// Where: a cluster, or the whole fleet.
    public var place: String
    /// What fails: `any one host`, `any two hosts`, `any one rack`.
    public var event: String
    /// Cases looked at, and how many there are.
    public var cases, allCases: Int
    /// Cases in which every running VM found room.
    public var survived: Int
    /// The worst case: what fails, how many VMs found no room, and their memory in MiB.
    public var worst: String
    /// VMs without room in the worst case.
    public var worstStranded: Int
    /// Their memory in MiB.
    public var worstStrandedMiB: Double
    /// Whether the engine proved that no placement holds the worst case's VMs.
    public var isProved: Bool

    /// A kind of failure and its outcome.
    public init(
      place: String, event: String, cases: Int, allCases: Int, survived: Int, worst: String,
      worstStranded: Int, worstStrandedMiB: Double, isProved: Bool
    ) {
      self.place = place
      self.event = event
      self.cases = cases
      self.allCases = allCases
      self.survived = survived
      self.worst = worst
      self.worstStranded = worstStranded
      self.worstStrandedMiB = worstStrandedMiB
      self.isProved = isProved
    }
  }

  /// A VM whose size does not fit its use.
  public struct RightSizing: Hashable, Sendable {
    /// Which.
    public var vm: VM.ID
    /// Its vCPUs and what its use asks for.
    public var vCPUs, advisedVCPUs: Double
    /// Its memory and what its use asks for, in MiB.
    public var memoryMiB, advisedMemoryMiB: Double
    /// Why, with the figures.
    public var because: String

    /// A VM and the advice.
    public init(
      vm: VM.ID, vCPUs: Double, advisedVCPUs: Double, memoryMiB: Double, advisedMemoryMiB: Double,
      because: String
    ) {
      self.vm = vm
      self.vCPUs = vCPUs
      self.advisedVCPUs = advisedVCPUs
      self.memoryMiB = memoryMiB
      self.advisedMemoryMiB = advisedMemoryMiB
      self.because = because
    }
  }

  /// One "what if" and its answer.
  public struct WhatIf: Hashable, Sendable {
    /// The answer.
    public enum Answer: String, Hashable, Sendable {
      /// A placement was found.
      case fits
      /// Proved that there is none.
      case doesNotFit = "does not fit"
      /// Neither was found within the limits.
      case couldNotTell = "could not tell"
    }

    /// The question in words.
    public var question: String
    /// The answer.
    public var answer: Answer
    /// How the answer was found.
    public var how: String
    /// VMs that had to find another host, new ones included.
    public var placedVMs: Int
    /// Highest utilisation of CPU or memory on any host of the placement found; `nil` without one.
    public var highestUtilisation: Double?
    /// Further VMs of the fleet's average size that still fit without moving anybody.
    public var moreAverageVMs: Int?

    /// A question and its answer.
    public init(
      question: String, answer: Answer, how: String, placedVMs: Int, highestUtilisation: Double?,
      moreAverageVMs: Int?
    ) {
      self.question = question
      self.answer = answer
      self.how = how
      self.placedVMs = placedVMs
      self.highestUtilisation = highestUtilisation
      self.moreAverageVMs = moreAverageVMs
    }
  }
}
