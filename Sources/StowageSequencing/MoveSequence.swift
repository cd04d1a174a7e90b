public import StowageModel

/// Timed moves that bring a fleet from its start to a placement, legal at every instant.
public struct MoveSequence: Hashable, Sendable {
  /// The moves by start, then by VM; named `m0001`, `m0002`, … in this order.
  public var moves: [Move]
  /// How long they take, and a bound on it.
  public var schedule: Plan.Schedule
  /// The host of each VM of the fleet at the end, by index: the placement that was asked for.
  public var finalPlacement: [Int]
  /// VMs that are stopped for their moves although they would rather move live, for want of room.
  public var stoppedVMs: Int
  /// Detours with their price, and what was taken for granted, as sentences.
  public var notes: [String]
  /// What is claimed of the nights, where waves go by the calendar.
  public var nights: NightClaims? = nil
  /// The copies that VMs keep at other sites meanwhile, by VM.
  public var protections: [Protection] = []
}

/// What the sequencer can honestly say of a placement.
public enum SequencingAnswer: Hashable, Sendable {
  /// A legal order with times.
  case scheduled(MoveSequence)
  /// No order found; the answer says what blocks, and whether that is proved.
  case stuck(Stuck)
}

/// Why no order to a placement was found.
public struct Stuck: Hashable, Sendable {
  /// How sure it is that there is none.
  public enum Certainty: Hashable, Sendable {
    /// No order of live moves exists, even over third hosts, as long as VMs that the placement leaves
    /// alone stay where they are; or a VM has no way or no technique at all.
    case proved
    /// The search gave up.
    case undecided
  }

  /// What stands in a VM's way.
  public enum Obstacle: Hashable, Sendable {
    /// The links lead from its host to no route to the target.
    case noRoute
    /// Every technique is ruled out; each with its first obstacle.
    case noTechnique([RejectedTechnique])
    /// The target has too little of a resource until others leave it.
    case resource(Resource)
    /// An anti-affinity rule, until another member leaves.
    case apart(Rule.ID)
    /// A spread, dedication or cap, as long as others are where they are.
    case rule(Rule.ID)
    /// A rule of order or time makes it wait for what does not come.
    case waits(Rule.ID)
    /// Waves, as they were asked for, have no place for it.
    case wave(WaveObstacle)
    /// Fewer failures would be covered than at the start.
    case failover
    /// It has room, but others of its affinity block do not, or an earlier move of its own is stuck.
    case others
  }

  /// Why waves have no place for a VM.
  public enum WaveObstacle: Hashable, Sendable {
    /// Its move group has more VMs that move than a wave takes.
    case group(vms: Int, mostVMs: Int)
    /// No hours that its move group has in common are long enough for moves, validation and rollback.
    case hours(neededSeconds: Double)
    /// No move group that could go first is small enough for the pilot; so many VMs of the smallest one that has
    /// the time move. `nil` when none has the time.
    case noPilot(mostVMs: Int, smallest: Int?)
    /// The nights that are open do not take all move groups; at least so many are needed, as far as that is known.
    case nights(open: Int, atLeast: Int)
    /// The copies ahead do not end before the moves of their nights.
    case lateSeeds
    /// Its disks change as fast as the share of its way carries that seeds may take: the copy would never end.
    case endlessSeed(changeMiBPerSecond: Double, shareMiBPerSecond: Double, leastGbps: Double?)
    /// No interval of the replicator holds its objective, or no way leads to another site.
    case noCopy(noWay: Bool)
    /// The copies that VMs keep at other sites take all that a link or port carries.
    case copies(link: String, mibPerSecond: Double, payloadMiBPerSecond: Double, leastGbps: Double?)
  }

  /// A VM that cannot reach its host, by index in the fleet.
  public struct Blockage: Hashable, Sendable {
    /// The VM.
    public var vm: Int
    /// The host that the placement gives it: the pair to forbid when another placement is sought.
    public var host: Int
    /// What stands in its way.
    public var obstacle: Obstacle

    /// A VM, its host and the obstacle between them.
    public init(vm: Int, host: Int, obstacle: Obstacle) {
      self.vm = vm
      self.host = host
      self.obstacle = obstacle
    }
  }

  /// Who is blocked, in ascending order of VMs.
  public var blockages: [Blockage]
  /// How sure it is.
  public var certainty: Certainty

  /// What waves lack, if it is that.
  public var waveObstacle: WaveObstacle? {
    guard case .wave(let obstacle)? = blockages.first?.obstacle else { return nil }
    return obstacle
  }
}
