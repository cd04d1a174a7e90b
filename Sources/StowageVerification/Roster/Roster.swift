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
  /// What each VM takes where it is; nothing for a VM without a host.
  let demand: [Amounts]
  /// What each host offers.
  let capacity: [Capacity]
  /// The VMs on each host at the start, ascending.
  let startResidents: [[Int]]
  /// The load of each host at the start.
  let startLoad: [Amounts]
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
    demand = zip(vms, startHost).map { vm, host in host == nil ? .zero : sizes.demand(of: vm) }
    let offers = CapacitySizing(datastores: inventory.datastores, options: options)
    capacity = hosts.map(offers.capacity)
    var residents = [[Int]](repeating: [], count: hosts.count)
    var load = [Amounts](repeating: .zero, count: hosts.count)
    for (vm, host) in startHost.enumerated() {
      guard let host else { continue }
      residents[host].append(vm)
      load[host] += demand[vm]
    }
    self.startHost = startHost
    startResidents = residents
    startLoad = load
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
}
