/// What a plan is made for.
public enum Goal: String, CaseIterable, Hashable, Sendable {
  /// As few hosts on as possible.
  case consolidate
  /// Even load with few moves.
  case balance
  /// Everything selected at another site.
  case colocate
  /// The listed hosts empty.
  case evacuate
  /// Broken rules mended with few moves.
  case repair
  /// VMs back on the hosts from which an earlier plan took them.
  case restore = "return"
}

/// How CPU demand and capacity are counted.
public enum CPUCounting: String, CaseIterable, Hashable, Sendable {
  /// Allocated vCPUs against `cores × cpu_overcommit_ratio`.
  case vcpu
  /// Measured MHz (95th percentile, else maximum, else allocation) against `cores × cpu_mhz`.
  case mhz
}

/// How memory demand is counted.
public enum MemoryCounting: String, CaseIterable, Hashable, Sendable {
  /// Configured memory.
  case configured
  /// Active memory (95th percentile, else the export's sample, else configured).
  case active
}

/// How demands and capacities are derived from the inventory: part of what a plan means.
///
/// Capacity of a host in a resource is `physical × overcommit − reserved − headroom`.
public struct SizingOptions: Hashable, Sendable {
  /// How CPU is counted.
  public var cpu: CPUCounting
  /// How memory is counted.
  public var memory: MemoryCounting
  /// vCPUs per core on hosts that do not state a ratio of their own.
  public var defaultCPUOvercommitRatio: Double
  /// Part of each host's CPU capacity (after overcommit) kept free, 0 to 100 %.
  public var cpuHeadroomPercent: Double
  /// Part of each host's memory capacity (after overcommit) kept free, 0 to 100 %.
  public var memoryHeadroomPercent: Double

  /// Allocated vCPUs and configured memory, no overcommit, no headroom.
  public init(
    cpu: CPUCounting = .vcpu, memory: MemoryCounting = .configured, defaultCPUOvercommitRatio: Double = 1,
    cpuHeadroomPercent: Double = 0, memoryHeadroomPercent: Double = 0
  ) {
    self.cpu = cpu
    self.memory = memory
    self.defaultCPUOvercommitRatio = defaultCPUOvercommitRatio
    self.cpuHeadroomPercent = cpuHeadroomPercent
    self.memoryHeadroomPercent = memoryHeadroomPercent
  }
}

/// What was asked for: everything that a checker needs to judge the answer.
public struct PlanOptions: Hashable, Sendable {
  /// How demands and capacities were counted.
  public var sizing: SizingOptions
  /// The platform whose limits, defaults and abilities hold.
  public var platform: Platform
  /// Hosts to empty (goal `evacuate`), in ascending order.
  public var hosts: [Host.ID]
  /// The most moves allowed, if limited.
  public var maxMoves: Int?
  /// When the plan starts; `nil` when nobody says, and seconds count from whenever it does.
  public var start: Instant?
  /// The most configured memory that all moves together may take along, in MiB, if limited.
  public var moveBudgetMiB: Double?
  /// What hosts are counted in (goals `consolidate` and `colocate`).
  public var objective: HostObjective
  /// Percentage points by which each move must lower the highest utilisation (goal `balance`); `nil` for
  /// the planner's own measure.
  public var leastGainPercent: Double?
  /// What is lowered first (goal `balance`).
  public var balanceFirst = BalanceOrder.highest
  /// Utilisation in percent of what each host offers, above 0 and at most 100, under which no host needs to be lowered
  /// further, for the resources that are named (goal `balance`); with any of them, moves are made for nothing else.
  public var targetPercent: [Resource: Double] = [:]
  /// Whether every VM ends in the cluster of the host where it starts.
  public var staysWithinClusters: Bool
  /// Sites to which VMs are taken (goal `colocate`), in ascending order.
  public var sites: [String]
  /// Ids or globs of the VMs that are taken there; all when there are none.
  public var vms: [String]
  /// The hosts to which VMs return (goal `restore`).
  public var homes: [VM.ID: Host.ID] = [:]
  /// Constants of the cost model that the site measured; `nil` for the platform's own.
  public var calibration: Calibration?
  /// How moves are cut into waves; `nil` for moves as soon as they can.
  public var waves: WavePolicy?
  /// How VMs with an `rpo_s` keep copies at other sites meanwhile; `nil` when that is not part of the plan.
  public var protection: ProtectionPolicy?
  /// What cold moves with disks add to downtimes; `nil` for what the platform does alone.
  public var cutOver: CutOverPolicy?
  /// Days for which a VM that moved to another site keeps its place at its source, as the way back; `nil` for none.
  public var keepSourceDays: Int?

  /// Default sizing on libvirt.
  public init(
    sizing: SizingOptions = SizingOptions(), platform: Platform = .libvirt, hosts: [Host.ID] = [],
    maxMoves: Int? = nil, moveBudgetMiB: Double? = nil, leastGainPercent: Double? = nil,
    start: Instant? = nil,
    staysWithinClusters: Bool = false, sites: [String] = [], vms: [String] = [],
    calibration: Calibration? = nil, objective: HostObjective = .hosts, waves: WavePolicy? = nil
  ) {
    self.sizing = sizing
    self.platform = platform
    self.hosts = hosts
    self.maxMoves = maxMoves
    self.start = start
    self.objective = objective
    self.moveBudgetMiB = moveBudgetMiB
    self.leastGainPercent = leastGainPercent
    self.staysWithinClusters = staysWithinClusters
    self.sites = sites
    self.vms = vms
    self.calibration = calibration
    self.waves = waves
  }
}
