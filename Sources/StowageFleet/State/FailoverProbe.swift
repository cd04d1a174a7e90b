import StowageModel

/// Tries to place the VMs of failed hosts on the rest of their cluster.
///
/// The trial is a constructive one: largest VM first, each to the host where it leaves the least
/// room. Success proves that the VMs fit; failure proves nothing by itself, so the planner treats
/// it as "not held" and keeps more room.
public struct FailoverProbe: Sendable {
  private let fleet: Fleet

  /// A probe of a fleet.
  public init(_ fleet: Fleet) {
    self.fleet = fleet
  }

  /// How many sets of failing units of a cluster cannot be shown to be re-placeable.
  ///
  /// - Parameters:
  ///   - demand: the cluster.
  ///   - placement: the host of each VM.
  ///   - isOn: the hosts that run.
  /// - Returns: the number of sets, 0 when the cluster survives each of them.
  public func uncovered(_ demand: FailoverDemand, placement: [Int], isOn: (Int) -> Bool) -> Int {
    var vmsOfHost: [Int: [Int]] = [:]
    let members = Set(demand.hosts)
    for (vm, host) in placement.enumerated() where members.contains(host) {
      vmsOfHost[host, default: []].append(vm)
    }
    let state = FleetState(afterFailureOf: fleet, placement: placement)
    let units = demand.units.map { $0.filter(isOn) }.filter { !$0.isEmpty }
    guard units.count > 0 else { return 0 }
    var count = 0
    Self.forEachCombination(of: min(demand.failures, units.count), from: units.count) { chosen in
      let failed = Set(chosen.flatMap { units[$0] })
      if !fits(failed, demand, vmsOfHost, state, isOn: isOn) { count += 1 }
    }
    return count
  }

  private func fits(
    _ failed: Set<Int>, _ demand: FailoverDemand, _ vmsOfHost: [Int: [Int]], _ start: FleetState,
    isOn: (Int) -> Bool
  ) -> Bool {
    var state = start
    let survivors = demand.hosts.filter {
      !failed.contains($0) && isOn($0) && fleet.hosts[$0].isUsableAsTarget && !fleet.closedHosts.contains($0)
    }
    let stranded = failed.sorted().flatMap { host in (vmsOfHost[host] ?? []).map { (vm: $0, host: host) } }
      .filter { fleet.vms[$0.vm].powerState == .on }
    for (vm, host) in stranded { state.leave(vm, host) }
    for (vm, _) in stranded.sorted(by: { larger($0.vm, $1.vm) }) {
      guard let host = tightest(vm, survivors, state) else { return false }
      state.enter(vm, host)
    }
    return true
  }

  private func larger(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (fleet.demand[left], fleet.demand[right])
    if a[.memory] != b[.memory] { return a[.memory] > b[.memory] }
    if a[.cpu] != b[.cpu] { return a[.cpu] > b[.cpu] }
    return left < right
  }

  private func tightest(_ vm: Int, _ hosts: [Int], _ state: FleetState) -> Int? {
    hosts.filter { fleet.allows(vm, on: $0) && state.hasRoomAtRest(for: vm, on: $0) }
      .min { memoryLeft($0, state) < memoryLeft($1, state) }
  }

  private func memoryLeft(_ host: Int, _ state: FleetState) -> Int64 {
    fleet.limits[host][.memory] - state.load[host][.memory]
  }

  /// Every choice of `size` out of `count`, in lexicographic order.
  private static func forEachCombination(of size: Int, from count: Int, _ body: ([Int]) -> Void) {
    var chosen = Array(0..<size)
    while true {
      body(chosen)
      guard let position = chosen.indices.last(where: { chosen[$0] < count - size + $0 }) else { return }
      chosen[position] += 1
      for next in chosen.indices where next > position { chosen[next] = chosen[next - 1] + 1 }
    }
  }
}
