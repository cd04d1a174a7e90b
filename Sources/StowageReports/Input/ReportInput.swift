public import StowageModel

/// All that the pages about one plan are made from. Every page says what is in here and nothing else.
public struct ReportInput: Sendable {
  /// The fleet that the plan starts from.
  public var inventory: Inventory
  /// The plan.
  public var plan: Plan
  /// Load and capacity of the hosts at both ends of the plan. Empty when not known: the parts of
  /// the pages that show load are then left out.
  public var hostLoads: [HostLoad]
  /// VMs that no technique can move, or that a rule keeps where they are.
  public var pinnedVMs: [PinnedVM]
  /// What energy and money are reckoned with.
  public var facility: Facility
  /// Moves that copy disks along with the VM, as the cost model's feasibility table says. When it
  /// is not asked (`nil`), VMs that are marked as having local disks count.
  public var movesWithDiskCopy: Set<Move.ID>?
  /// When moves may be under way by the rules of hours, dates and deadlines.
  public var hours: MoveHours
  /// Whose clocks pages go by; `nil` for those of the first rule about hours, or else UTC.
  public var zone: TimeZoneOffsets?
  /// What plans that stop at more hosts would take; empty when nobody asked.
  public var tradeoffs: [Tradeoff] = []
  /// The way back, which has a folder `return` of its own beside the plan's files; `nil` when nobody asked.
  public var wayBack: ReturnReport?
  /// Whether the verifier has accepted the plan; pages say so in plain sight.
  public var isVerified: Bool

  /// The input of the pages; hosts and VMs are brought into ascending order.
  public init(
    inventory: Inventory, plan: Plan, hostLoads: [HostLoad] = [], pinnedVMs: [PinnedVM] = [],
    facility: Facility = Facility(), movesWithDiskCopy: Set<Move.ID>? = nil, hours: MoveHours = MoveHours(),
    zone: TimeZoneOffsets? = nil, isVerified: Bool
  ) {
    self.inventory = inventory
    self.plan = plan
    self.hostLoads = hostLoads.sorted { $0.host < $1.host }
    self.pinnedVMs = pinnedVMs.sorted { $0.vm < $1.vm }
    self.facility = facility
    self.movesWithDiskCopy = movesWithDiskCopy
    self.hours = hours
    self.zone = zone
    self.isVerified = isVerified
  }
}

/// A VM that cannot move.
public struct PinnedVM: Hashable, Sendable {
  /// Which.
  public var vm: VM.ID
  /// Why, in words.
  public var because: String
  /// What would make it movable, as an imperative, if anything.
  public var remedy: String?

  /// A VM and why it stays.
  public init(vm: VM.ID, because: String, remedy: String? = nil) {
    self.vm = vm
    self.because = because
    self.remedy = remedy
  }
}

/// What savings are reckoned with.
public struct Facility: Hashable, Sendable {
  /// Power usage effectiveness: power of the building per power of the machines, at least 1. The
  /// default 1.0 counts the machines alone, so that savings are never overstated.
  public var powerUsageEffectiveness: Double
  /// The currency of the inventory's costs, as shown to people; `nil` when the inventory does not say.
  public var currency: String?
  /// Price of a kWh in that currency, if energy is to be priced.
  public var pricePerKilowattHour: Double?

  /// Machines alone, no prices, unless given.
  public init(
    powerUsageEffectiveness: Double = 1, currency: String? = nil, pricePerKilowattHour: Double? = nil
  ) {
    self.powerUsageEffectiveness = powerUsageEffectiveness
    self.currency = currency
    self.pricePerKilowattHour = pricePerKilowattHour
  }
}
