import StowageFleet
import StowageModel

/// How many more VMs of one size the hosts of a fleet take.
struct RoomCount {
  private let fleet: Fleet
  private let state: FleetState
  private let barred: Set<Int>

  init(_ fleet: Fleet, _ state: FleetState, barring barred: Set<Int> = []) {
    self.fleet = fleet
    self.state = state
    self.barred = barred
  }

  private func demand(_ size: (vCPUs: Double, memoryMiB: Double)) -> Amounts {
    // CPU in MHz is not known of a VM that does not exist yet: its vCPUs are counted at the fleet's
    // slowest clock, as the planner counts a VM without a measurement.
    let clock = fleet.hosts.compactMap(\.cpuMHz).min() ?? 2000
    let cpu = fleet.options.sizing.cpu == .vcpu ? size.vCPUs * 1000 : size.vCPUs * clock * 1000
    return Amounts(
      cpu: Int64(cpu.rounded(.up)), memory: Int64((size.memoryMiB * 1024).rounded(.up)), slots: 1)
  }

  /// As things stand: exact, because VMs of one size on one host leave room for as many as divide what
  /// is left of its scarcest resource.
  func count(_ size: (vCPUs: Double, memoryMiB: Double)) -> Int {
    hosts.reduce(0) { $0 + count(on: $1, demand(size)) }
  }

  /// As ``count(_:)`` for one host.
  func count(_ size: (vCPUs: Double, memoryMiB: Double), on host: Int) -> Int {
    count(on: host, demand(size))
  }

  /// The hosts that could take VMs.
  var hosts: [Int] {
    fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget && !barred.contains($0) }
  }

  private func count(on host: Int, _ demand: Amounts) -> Int {
    var count = 1_000_000
    for resource in Resource.allCases where demand[resource] > 0 {
      let left = fleet.limits[host][resource] - state.peakLoad(of: host)[resource]
      count = min(count, Int(max(0, left) / demand[resource]))
    }
    return count
  }

  /// No placement holds more: what all hosts together leave of the scarcest resource.
  func bound(_ size: (vCPUs: Double, memoryMiB: Double)) -> Int {
    let demand = demand(size)
    var count = 1_000_000
    for resource in Resource.allCases where demand[resource] > 0 {
      var left: Int64 = 0
      var isLimited = true
      for host in hosts {
        guard fleet.capacity[host][resource] != nil else {
          isLimited = false
          break
        }
        left += fleet.limits[host][resource]
      }
      guard isLimited else { continue }
      // VMs on hosts that take none stay there; all others count against the hosts that do.
      let used = hosts.reduce(Int64(0)) { $0 + min(state.load[$1][resource], fleet.limits[$1][resource]) }
      count = min(count, Int(max(0, left - used) / demand[resource]))
    }
    return count
  }
}
