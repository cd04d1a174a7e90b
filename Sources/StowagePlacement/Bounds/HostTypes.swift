import StowageFleet
import StowageModel

/// Hosts grouped by their room: what the bounds on the number of hosts are counted from.
///
/// The *room* of a host is what it may hold when the plan has ended: its limit in every resource
/// or, where that is more, its load at the start. A host that takes nobody in has room for its load
/// at the start, a drained host has none. A host *must stay on* if it holds a VM that does not move
/// (rule `stay`, `movable=false`, or no technique can move it), or if a hard `keep_on` says so.
struct HostTypes {
  struct HostType {
    /// What each host of the type has room for, resource by resource.
    let room: [Int64]
    /// How many hosts are of the type.
    let count: Int
    /// How many of them must stay on.
    let forced: Int
  }

  /// The types, largest first in the order of their rooms; none without room.
  let types: [HostType]
  /// What all placed VMs ask together, resource by resource.
  let demand: [Int64]
  /// The resources that every host with room limits.
  let limited: [Resource]

  /// Hosts that count as on although they have no room.
  let onWithoutRoom: Int

  /// The types of a whole fleet.
  init(_ fleet: Fleet) {
    self.init(fleet, hosts: Array(fleet.hosts.indices), vms: Array(fleet.vms.indices))
  }

  /// The types of some hosts, for the demand of some VMs. Rooms are cut at that demand, which changes no
  /// comparison and keeps sums small.
  init(_ fleet: Fleet, hosts: [Int], vms: [Int]) {
    let total = vms.reduce(Amounts.zero) { $0 + fleet.demand[$1] }
    demand = Resource.allCases.map { total[$0] }
    var isForced: Set<Int> = Set(fleet.countsAsOn.members)
    for vm in vms where fleet.pins[vm] != nil { isForced.insert(fleet.start[vm]) }
    var counts: [[Int64]: (count: Int, forced: Int)] = [:]
    var limited = Set(Resource.allCases)
    var onWithoutRoom = 0
    for host in hosts {
      if fleet.drained.contains(host) {
        if fleet.countsAsOn.contains(host) { onWithoutRoom += 1 }
        continue
      }
      let whole = fleet.room(host)
      guard whole != .zero else {
        if fleet.countsAsOn.contains(host) { onWithoutRoom += 1 }
        continue
      }
      if fleet.takesIn(host) { limited = limited.filter { fleet.capacity[host][$0] != nil } }
      let room = Resource.allCases.map { min(whole[$0], total[$0]) }
      counts[room, default: (0, 0)].count += 1
      if isForced.contains(host) { counts[room, default: (0, 0)].forced += 1 }
    }
    types = counts.sorted { $1.key.lexicographicallyPrecedes($0.key) }
      .map { HostType(room: $0.key, count: $0.value.count, forced: $0.value.forced) }
    self.limited = limited.sorted()
    self.onWithoutRoom = onWithoutRoom
  }

  /// Hosts that have room.
  var hostCount: Int { types.reduce(0) { $0 + $1.count } }
  /// Hosts with room that must stay on.
  var forcedCount: Int { types.reduce(0) { $0 + $1.forced } }
}
