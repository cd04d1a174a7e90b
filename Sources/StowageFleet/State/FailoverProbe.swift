import StowageModel

/// Tries to place the VMs of failed hosts on the rest of their cluster.
///
/// The trials are constructive ones: the largest VM first, by memory and then by CPU, each to the host where it leaves
/// the least room; and the VM first that the fewest hosts can take. Success proves that the VMs fit; failure proves nothing
/// by itself, so the planner treats it as "not held" and keeps more room.
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
    let vms = stranded.map(\.vm)
    return [Resource.memory, .cpu].contains { places(vms, on: survivors, state, by: $0) }
      || placesScarcestFirst(vms, on: survivors, state)
  }

  /// Places the VMs that ask most of a resource first, each where it leaves the least of it.
  private func places(
    _ vms: [Int], on survivors: [Int], _ start: FleetState, by resource: Resource
  ) -> Bool {
    var state = start
    for vm in vms.sorted(by: { larger($0, $1, resource) }) {
      guard let host = tightest(takers(of: vm, survivors, state), state, resource) else { return false }
      state.enter(vm, host)
    }
    return true
  }

  /// Places the VM that the fewest hosts can take first, each where it leaves the least room of what is scarcest.
  private func placesScarcestFirst(_ vms: [Int], on survivors: [Int], _ start: FleetState) -> Bool {
    var state = start
    let scarcest = scarcest(on: survivors, state)
    var left = vms.sorted { larger($0, $1, scarcest) }
    while !left.isEmpty {
      let hosts = left.map { takers(of: $0, survivors, state) }
      guard let next = hosts.indices.min(by: { (hosts[$0].count, $0) < (hosts[$1].count, $1) }),
        let host = tightest(hosts[next], state, scarcest)
      else { return false }
      state.enter(left.remove(at: next), host)
    }
    return true
  }

  /// The resource of which the hosts use the largest part.
  private func scarcest(on hosts: [Int], _ state: FleetState) -> Resource {
    func used(_ resource: Resource) -> Double {
      let load = hosts.reduce(0.0) { $0 + Double(state.load[$1][resource]) }
      return load / max(1, hosts.reduce(0.0) { $0 + Double(fleet.limits[$1][resource]) })
    }
    return used(.cpu) > used(.memory) ? .cpu : .memory
  }

  private func larger(_ left: Int, _ right: Int, _ resource: Resource) -> Bool {
    let (a, b) = (fleet.demand[left], fleet.demand[right])
    if a[resource] != b[resource] { return a[resource] > b[resource] }
    let other: Resource = resource == .cpu ? .memory : .cpu
    if a[other] != b[other] { return a[other] > b[other] }
    return left < right
  }

  private func takers(of vm: Int, _ hosts: [Int], _ state: FleetState) -> [Int] {
    hosts.filter { fleet.allows(vm, on: $0) && state.hasRoomAtRest(for: vm, on: $0) }
  }

  private func tightest(_ hosts: [Int], _ state: FleetState, _ resource: Resource) -> Int? {
    hosts.min { left($0, state, resource) < left($1, state, resource) }
  }

  private func left(_ host: Int, _ state: FleetState, _ resource: Resource) -> Int64 {
    fleet.limits[host][resource] - state.load[host][resource]
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
