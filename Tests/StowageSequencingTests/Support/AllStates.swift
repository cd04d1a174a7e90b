import StowageFleet
import StowageModel

/// Finds out by trying whether live moves, one at a time and over any hosts, lead to a placement.
///
/// Only VMs that end elsewhere than they start are moved. For a handful of VMs and hosts.
struct AllStates {
  private let fleet: Fleet
  private let moving: [Int]

  init(_ fleet: Fleet, to placement: [Int]) {
    self.fleet = fleet
    moving = fleet.vms.indices.filter { placement[$0] != fleet.start[$0] }
  }

  func reach(_ placement: [Int]) -> Bool {
    var seen: Set<[Int]> = [fleet.start]
    var open = [fleet.start]
    while let state = open.popLast() {
      if state == placement { return true }
      for vm in moving {
        for host in fleet.hosts.indices where host != state[vm] && mayGo(vm, to: host, state) {
          var next = state
          next[vm] = host
          if seen.insert(next).inserted { open.append(next) }
        }
      }
    }
    return false
  }

  private func mayGo(_ vm: Int, to host: Int, _ state: [Int]) -> Bool {
    guard fleet.mayMove(vm, to: host) else { return false }
    let resident = state.indices.filter { state[$0] == host }.reduce(0) { $0 + fleet.demand[$1][.memory] }
    return resident + fleet.demand[vm][.memory] <= fleet.ceilings[host][.memory]
  }
}
