import StowageModel

/// The inventory by index: who is where at the start, and how much each takes and offers.
///
/// Written for the verifier alone, from the definition of sizes and rules, so that a mistake of
/// the planner's view cannot acquit itself. Of rows that share an id the first counts.
struct Roster: Sendable {
  let hosts: [Host]
  let vms: [VM]
  let hostIndex: [Host.ID: Int]
  let vmIndex: [VM.ID: Int]
  /// The host of each VM at the start; `nil` when it has none that is known.
  let startHost: [Int?]
  /// What each VM takes where it is, in the busiest hour where that is counted; nothing for a VM without
  /// a host.
  let demand: [Amounts]
  /// What VMs take by the hour; `nil` when nothing is counted so.
  let hours: WeekHours?
  /// What each host offers.
  let capacity: [Capacity]
  /// The VMs on each host at the start, ascending.
  let startResidents: [[Int]]
  /// The load of each host at the start.
  let startLoad: [Amounts]
  /// The same by the hour, as in ``WeekHours``; empty for each host when nothing is counted so.
  let startHours: [[Int64]]
  /// How CPU is counted.
  let cpu: CPUCounting

  init(_ inventory: Inventory, sizing options: SizingOptions) {
    cpu = options.cpu
    (hosts, hostIndex) = Self.unique(inventory.hosts)
    let (rows, vmIndex) = Self.unique(inventory.vms)
    vms = TechniqueBounds(inventory.rules, vms: rows).narrowed(rows)
    self.vmIndex = vmIndex
    let index = hostIndex
    let startHost = vms.map { vm in vm.host.flatMap { index[$0] } }
    let sizes = DemandSizing(hosts: hosts, options: options)
    let percentiles = zip(vms, startHost).map { vm, host in host == nil ? .zero : sizes.demand(of: vm) }
    let hours = WeekHours(
      vms, demand: percentiles, isPlaced: startHost.map { $0 != nil }, options: options)
    self.hours = hours
    demand =
      hours.map { hours in percentiles.indices.map { hours.inBusiestHours($0, percentiles[$0]) } }
      ?? percentiles
    let offers = CapacitySizing(datastores: inventory.datastores, options: options)
    capacity = hosts.map(offers.capacity)
    var residents = [[Int]](repeating: [], count: hosts.count)
    var load = [Amounts](repeating: .zero, count: hosts.count)
    var hourLoad = [[Int64]](
      repeating: Array(repeating: 0, count: (hours?.resources.count ?? 0) * WeekProfile.hourCount),
      count: hosts.count)
    for (vm, host) in startHost.enumerated() {
      guard let host else { continue }
      residents[host].append(vm)
      load[host] += demand[vm]
      for (column, amount) in (hours?.ofVM[vm] ?? []).enumerated() { hourLoad[host][column] += amount }
    }
    self.startHost = startHost
    startResidents = residents
    startLoad = load
    startHours = hourLoad
  }

  private static func unique<Row: Identifiable>(_ rows: [Row]) -> ([Row], [Row.ID: Int]) {
    var kept: [Row] = []
    var index: [Row.ID: Int] = [:]
    index.reserveCapacity(rows.count)
    for row in rows where index[row.id] == nil {
      index[row.id] = kept.count
      kept.append(row)
    }
    return (kept, index)
  }

  /// The most of a resource that a host may hold at any instant: its capacity, or its load at the
  /// start if that is more; `nil` when the inventory sets no limit.
  func ceiling(_ host: Int, _ resource: Resource) -> Int64? {
    capacity[host][resource].map { max($0, startLoad[host][resource]) }
  }

  /// What a host offers in an hour.
  func capacity(of host: Int, column: Int) -> Int64? {
    hours.flatMap { capacity[host][$0.resource(of: column)] }
  }

  /// The ceiling in an hour.
  func ceiling(_ host: Int, column: Int) -> Int64? {
    guard let hours else { return nil }
    return capacity[host][hours.resource(of: column)].map { max($0, startHours[host][column]) }
  }
}
