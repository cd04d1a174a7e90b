public import StowageModel

/// Who is where at one moment of planning, with loads and group counts kept up to date.
///
/// A VM that is charged at two hosts at once (a live move under way) is entered at both.
/// Every question costs time in the number of groups of the VM, not in the size of the fleet.
public struct FleetState: Sendable {
  /// The fleet.
  public let fleet: Fleet
  /// The load of each host.
  public private(set) var load: [Amounts]
  /// The same by the hour; `nil` when no demand depends on the hour.
  public private(set) var hours: HourlyLoads?
  /// How many VMs each host is charged with.
  public private(set) var residents: [Int]
  /// Members of each hard anti-affinity group by domain: group offset + domain.
  private var apartCounts: [Int32]
  /// Most members that each domain of each hard anti-affinity group may hold.
  private let apartLimits: [Int32]
  private let apart: ApartIndex
  /// Hard rules on the spread, the company and the totals of VMs; `nil` where they are not looked at.
  private var watch: RuleWatch?

  /// The fleet as it is at the start.
  public init(_ fleet: Fleet) {
    self.init(fleet, placement: fleet.start)
  }

  /// The fleet with each VM on the given host; `nil` for one that is nowhere yet.
  public init(_ fleet: Fleet, placement: [Int?]) {
    self.init(empty: fleet)
    for (vm, host) in placement.enumerated() {
      if let host { enter(vm, host) }
    }
  }

  /// The fleet with each VM on the given host.
  public init(_ fleet: Fleet, placement: [Int]) {
    self.init(empty: fleet)
    for (vm, host) in placement.enumerated() { enter(vm, host) }
  }

  /// The fleet as a failover leaves it to be judged: only anti-affinity between hosts counts.
  init(afterFailureOf fleet: Fleet, placement: [Int]) {
    self.init(empty: fleet, apartScopes: [.host])
    watch = nil
    for (vm, host) in placement.enumerated() { enter(vm, host) }
  }

  private init(empty fleet: Fleet, apartScopes: Set<Scope> = Set(Scope.allCases)) {
    self.fleet = fleet
    load = Array(repeating: .zero, count: fleet.hosts.count)
    hours = fleet.hourly.map { HourlyLoads($0, hosts: fleet.hosts.count) }
    residents = Array(repeating: 0, count: fleet.hosts.count)
    apart = ApartIndex(fleet, scopes: apartScopes)
    apartCounts = Array(repeating: 0, count: apart.slotCount)
    apartLimits = apart.limitsFromStart(fleet)
    let watch = RuleWatch(fleet)
    self.watch = watch.isIdle ? nil : watch
  }

  /// Stops minding in how few domains spreads lie: for questions about releases, which never help there.
  public mutating func ignoreLeastDomains() { watch?.ignoreLeastDomains() }

  /// Charges a VM to a host. `isReturn` says that the host is not the one that it goes to: where it was
  /// charged before is.
  public mutating func enter(_ vm: Int, _ host: Int, isReturn: Bool = false) {
    load[host] += fleet.demand[vm]
    hours?.enter(vm, host)
    watch?.enter(vm, host, demand: fleet.demand[vm], isReturn: isReturn)
    residents[host] += 1
    apart.forEachSlot(of: vm, on: host) { apartCounts[$0] += 1 }
  }

  /// Takes a VM off a host.
  public mutating func leave(_ vm: Int, _ host: Int) {
    load[host] -= fleet.demand[vm]
    hours?.leave(vm, host)
    watch?.leave(vm, host, demand: fleet.demand[vm])
    residents[host] -= 1
    apart.forEachSlot(of: vm, on: host) { apartCounts[$0] -= 1 }
  }

  /// Whether a host can be charged with one VM more: no ceiling exceeded and no hard anti-affinity,
  /// spread, dedication or cap broken worse than at the start. Allowed hosts, pins and drains are the
  /// caller's question to ``Fleet/mayMove(_:to:)``.
  public func hasRoom(for vm: Int, on host: Int) -> Bool {
    let after = load[host] + fleet.demand[vm]
    let demand = fleet.demand[vm]
    for resource in Resource.allCases
    where demand[resource] > 0 && after[resource] > fleet.ceilings[host][resource] {
      return false
    }
    if let hours,
      hours.obstacle(to: vm, on: host, limit: fleet.limits[host], floor: fleet.startHours) != nil
    {
      return false
    }
    var isFree = true
    apart.forEachSlot(of: vm, on: host) { if apartCounts[$0] >= apartLimits[$0] { isFree = false } }
    return isFree && (watch?.permits(vm, on: host, demand: demand) ?? true)
  }

  /// As ``hasRoom(for:on:)`` for a state at rest, which must be within the limits proper: no
  /// load above capacity (unless the host is above it and the VM asks none of that resource) and
  /// no two members of a hard anti-affinity in one domain.
  public func hasRoomAtRest(for vm: Int, on host: Int) -> Bool {
    let after = load[host] + fleet.demand[vm]
    let demand = fleet.demand[vm]
    for resource in Resource.allCases
    where demand[resource] > 0 && after[resource] > fleet.limits[host][resource] {
      return false
    }
    guard columnWithoutRoom(for: vm, on: host) == nil else { return false }
    var isFree = true
    apart.forEachSlot(of: vm, on: host) { if apartCounts[$0] >= 1 { isFree = false } }
    return isFree
  }

  /// The column of ``HourlyDemand`` in which a host at rest has no room for a VM; `nil` when none.
  public func columnWithoutRoom(for vm: Int, on host: Int) -> Int? {
    hours?.obstacle(to: vm, on: host, limit: fleet.limits[host])
  }

  /// The load of a host, each resource in the hour in which it holds most of it.
  public func peakLoad(of host: Int) -> Amounts {
    hours?.peaks(of: host, load[host]) ?? load[host]
  }

  /// The hard spread, dedication or cap that keeps a VM off a host as things are; `nil` when none does.
  public func ruleAgainst(_ vm: Int, on host: Int) -> Rule.ID? {
    watch?.obstacle(to: vm, on: host, demand: fleet.demand[vm])
  }

  /// Resources of which a host holds more than its limit.
  public func overloads(of host: Int) -> [Resource] {
    let peak = peakLoad(of: host)
    return Resource.allCases.filter { peak[$0] > fleet.limits[host][$0] }
  }

  /// Whether any hard anti-affinity of the VM is broken by where it is.
  public func isCrowded(_ vm: Int, on host: Int) -> Bool {
    var crowded = false
    apart.forEachSlot(of: vm, on: host) { if apartCounts[$0] > 1 { crowded = true } }
    return crowded
  }
}
