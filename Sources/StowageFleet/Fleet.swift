public import StowageModel

/// An inventory as the planner sees it: hosts and VMs by index, amounts in whole units, and rules
/// resolved to members.
///
/// Only VMs that have a host take part. The verifier has its own view; nothing here is shared
/// with it.
public struct Fleet: Sendable {
  /// Stands for "no limit" in ``limits``: larger than any sum of demands, far from overflow.
  public static let noLimit = Int64.max / 4

  /// What was asked for.
  public let options: PlanOptions
  /// The hosts, in ascending order of their ids.
  public let hosts: [Host]
  /// The VMs that have a host, in ascending order of their ids.
  public let vms: [VM]
  /// The VMs that have none, in ascending order of their ids.
  public let unplaced: [VM.ID]
  /// The host of each VM at the start.
  public let start: [Int]
  /// What each VM asks of its host; in the busiest hour of the fleet where it is counted by the hour.
  public let demand: [Amounts]
  /// What VMs ask for by the hour; `nil` when no demand depends on the hour.
  public let hourly: HourlyDemand?
  /// What each host offers.
  public let capacity: [Capacity]
  /// The same, as far as it counts towards the highest utilisation; see ``settingAside(_:)``.
  public internal(set) var levelled: [Capacity]
  /// What each host offers, with ``noLimit`` where there is no limit.
  public let limits: [Amounts]
  /// The load of each host at the start.
  public let startLoad: [Amounts]
  /// The same by the hour.
  public let startHours: HourlyLoads?
  /// What each host may hold at any instant: its limit, or its load at the start if that is more.
  public let ceilings: [Amounts]
  /// Hosts that VMs may move to.
  public let targets: HostSet
  /// Hosts that must end empty.
  public let drained: HostSet
  /// The hosts on which each VM may be by the hard rules and its own columns, whether or not it
  /// may move there: an index into ``allowedSets``.
  public let allowedSetOfVM: [Int]
  /// The different sets of allowed hosts.
  public let allowedSets: [HostSet]
  private let setsByRules: [HostSet]
  /// The hard rules that tie VMs to hosts or bar them from hosts, for those who must name them.
  public let bindings: [HostBinding]
  /// The hard rules that empty hosts, for those who must name them.
  public let drains: [HostBinding]
  /// Why a VM does not move; `nil` when it may.
  public let pins: [PinReason?]
  /// VMs that belong apart.
  public let antiAffinities: [VMGroup]
  /// VMs that belong together.
  public let affinities: [VMGroup]
  /// What talks to what.
  public let dependencies: [FleetDependency]
  /// VMs that are spread over domains.
  public let spreads: [SpreadGroup]
  /// VMs that share hosts with nobody else.
  public let dedications: [DedicatedGroup]
  /// Limits on totals over hosts.
  public let hostCaps: [HostCap]
  /// Hosts that stay powered.
  public let keptOn: [HostKeeping]
  /// Hosts that hard rules let take nobody in.
  public let closedHosts: HostSet
  /// Hosts that take nobody in, rule by rule.
  public let closed: [HostKeeping]
  /// Limits on the moves of a plan, the request's own first.
  public let moveLimits: [MoveLimit]
  /// What rules ask of the order and time of moves.
  public let timeRules: TimeRules
  /// The soft rules that speak of VMs one by one.
  public let preferences: [HostPreference]
  /// Online hosts that count as on at the end whether or not they hold a VM: a hard `keep_on` says so.
  public let countsAsOn: HostSet
  /// Whether there is any soft rule that is weighed.
  public let weighsSoftRules: Bool
  /// Soft rules that are not weighed; their ids, for the plan's assumptions.
  public let softRulesNotWeighed: [Rule.ID]
  /// Clusters that must survive failures.
  public let failovers: [FailoverDemand]
  /// The network that migrations share.
  public let network: MigrationNetwork
  private let domainMaps: [Scope: DomainMap]

  /// Resolves an inventory.
  ///
  /// - Parameters:
  ///   - inventory: the fleet; its rules are taken as checked.
  ///   - options: how demand is counted and what is asked.
  ///   - pinned: says why no technique can move a VM, or `nil` when one can; the feasibility
  ///     table of the cost model knows.
  public init(_ inventory: Inventory, options: PlanOptions, pinned: (VM) -> String? = { _ in nil }) {
    let compiler = FleetCompiler(inventory, options: options)
    self.options = options
    hosts = inventory.hosts
    vms = compiler.vms
    unplaced = compiler.unplaced
    start = compiler.start
    let sizing = Sizing(inventory, options: options.sizing)
    let percentiles = vms.map(sizing.demand)
    let hourly = HourlyDemand(vms, percentiles, sizing)
    self.hourly = hourly
    demand =
      hourly.map { hourly in percentiles.indices.map { hourly.inBusiestHours($0, percentiles[$0]) } }
      ?? percentiles
    capacity = hosts.map(sizing.capacity)
    levelled = capacity
    limits = capacity.map(Self.limit)
    var load = [Amounts](repeating: .zero, count: hosts.count)
    for (vm, host) in start.enumerated() { load[host] += demand[vm] }
    startLoad = load
    var hours = hourly.map { HourlyLoads($0, hosts: inventory.hosts.count) }
    for (vm, host) in start.enumerated() { hours?.enter(vm, host) }
    startHours = hours
    ceilings = zip(limits, load).map(Self.larger)
    drained = compiler.drained
    var targets = HostSet(universe: hosts.count)
    for (index, host) in hosts.enumerated() where host.isUsableAsTarget && !compiler.drained.contains(index) {
      targets.insert(index)
    }
    closed = compiler.closed
    var closedHosts = HostSet(universe: hosts.count)
    for keeping in closed where keeping.isHard { closedHosts.formUnion(keeping.hosts) }
    self.closedHosts = closedHosts
    targets.subtract(closedHosts)
    self.targets = targets
    let allowed = compiler.allowedHosts()
    allowedSetOfVM = allowed.indexOfVM
    allowedSets = allowed.sets
    setsByRules = allowed.setsByRules
    bindings = compiler.bindings
    drains = compiler.drains
    pins = compiler.pins(pinned)
    antiAffinities = compiler.antiAffinities
    affinities = compiler.affinities
    dependencies = compiler.dependencies
    spreads = compiler.spreads
    dedications = compiler.dedications
    hostCaps = compiler.hostCaps
    keptOn = compiler.keptOn
    moveLimits = compiler.moveLimits
    timeRules = compiler.timeRules
    preferences = compiler.preferences
    countsAsOn = Self.countsAsOn(compiler.keptOn, inventory.hosts)
    softRulesNotWeighed = compiler.softRulesNotWeighed
    weighsSoftRules = inventory.rules.count { !$0.isHard } > compiler.softRulesNotWeighed.count
    failovers = compiler.failovers
    network = MigrationNetwork(inventory)
    domainMaps = compiler.domainMaps
  }

  /// The domains of a scope.
  public func domains(_ scope: Scope) -> DomainMap {
    domainMaps[scope] ?? DomainMap(hosts: hosts, scope: scope)
  }

  /// Whether the rules let a VM be on a host, load apart.
  @inline(__always)
  public func allows(_ vm: Int, on host: Int) -> Bool {
    allowedSets[allowedSetOfVM[vm]].contains(host)
  }

  /// Whether a VM may move to a host, load and groups apart: it moves at all, the host takes
  /// VMs, and the rules allow it there.
  public func mayMove(_ vm: Int, to host: Int) -> Bool {
    pins[vm] == nil && targets.contains(host) && allows(vm, on: host)
  }

  /// Whether a VM cannot remain on its first host: the host is drained, or a rule or a column of
  /// the VM forbids it. A network or GPU that the host does not list is no reason: the VM runs.
  public func mustLeave(_ vm: Int) -> Bool {
    drained.contains(start[vm]) || !setsByRules[allowedSetOfVM[vm]].contains(start[vm])
  }

  private static func countsAsOn(_ keepings: [HostKeeping], _ hosts: [Host]) -> HostSet {
    var set = HostSet(universe: hosts.count)
    for (index, host) in hosts.enumerated() where host.state == .online {
      if keepings.contains(where: { $0.isHard && $0.hosts.contains(index) }) { set.insert(index) }
    }
    return set
  }

  /// Whether hard rules that no single host decides, `spread`, `dedicated` and `group_cap`, have to be
  /// watched on the way.
  public var watchesRules: Bool {
    spreads.contains(where: \.isHard) || dedications.contains(where: \.isHard)
      || hostCaps.contains(where: \.isHard)
  }

  /// Whether moves of these VMs, one entry for each move, keep all limits on moves.
  public func permitsMoves(_ moved: [Int]) -> Bool {
    moveLimits.allSatisfy { $0.permits(moved, of: self) }
  }

  private static func limit(_ capacity: Capacity) -> Amounts {
    var amounts = Amounts.zero
    for resource in Resource.allCases { amounts[resource] = capacity[resource] ?? noLimit }
    return amounts
  }

  private static func larger(_ left: Amounts, _ right: Amounts) -> Amounts {
    var amounts = Amounts.zero
    for resource in Resource.allCases { amounts[resource] = max(left[resource], right[resource]) }
    return amounts
  }
}

extension Fleet {
  /// What each host may hold when its overload is mended: its limit or, where that is more, the load
  /// of the residents for which there is no other host by rules, columns and state.
  public var repairedLimits: [Amounts] {
    var bound = [Amounts](repeating: .zero, count: hosts.count)
    for (vm, host) in start.enumerated() where isTied(vm) { bound[host] += demand[vm] }
    return zip(limits, bound).map(Self.larger)
  }

  /// What the residents of each host for whom there is no other ask by the hour.
  public var tiedHours: HourlyLoads? {
    var hours = hourly.map { HourlyLoads($0, hosts: hosts.count) }
    for (vm, host) in start.enumerated() where isTied(vm) { hours?.enter(vm, host) }
    return hours
  }

  /// Whether a VM need not leave its host and may be on no other.
  private func isTied(_ vm: Int) -> Bool {
    guard !mustLeave(vm) else { return false }
    if pins[vm] != nil { return true }
    var others = allowedSets[allowedSetOfVM[vm]]
    others.formIntersection(targets)
    others.remove(start[vm])
    return others.isEmpty
  }
}
