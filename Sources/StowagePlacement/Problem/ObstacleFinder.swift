import StowageFleet
import StowageModel

/// Names what keeps a VM off a host.
struct ObstacleFinder {
  let fleet: Fleet
  let canTravel: ((_ vm: Int, _ host: Int) -> Bool)?

  init(_ fleet: Fleet, canTravel: ((_ vm: Int, _ host: Int) -> Bool)?) {
    self.fleet = fleet
    self.canTravel = canTravel
  }

  /// The first obstacle, load apart; `nil` when there is none.
  func first(_ vm: Int, on host: Int, ignoringPin: Bool = false) -> Obstacle? {
    let isHome = fleet.start[vm] == host
    if fleet.drained.contains(host) {
      return .drained(fleet.drains.first { $0.hosts.contains(host) }?.rule)
    }
    if let binding = fleet.bindings.first(where: { $0.forbids(host) && contains($0.members, vm) }) {
      return .rule(binding.rule)
    }
    if isHome { return fleet.mustLeave(vm) ? .hostColumns : nil }
    if !ignoringPin, let pin = fleet.pins[vm] { return .pinned(pin) }
    if let closed = fleet.closed.first(where: { $0.isHard && $0.hosts.contains(host) }) {
      return .rule(closed.rule)
    }
    if !fleet.targets.contains(host) { return .hostNotUsable }
    if !fleet.allows(vm, on: host) { return isBarredByColumns(vm, host) ? .hostColumns : .unsuitable }
    if !fleet.network.connects(fleet.start[vm], host) { return .noRoute }
    if let canTravel, !canTravel(vm, host) { return .noTechnique }
    return nil
  }

  private func isBarredByColumns(_ vm: Int, _ host: Int) -> Bool {
    let id = fleet.hosts[host].id.rawValue
    let (allowed, forbidden) = (fleet.vms[vm].allowedHosts, fleet.vms[vm].forbiddenHosts)
    if forbidden.contains(where: { Glob($0).matches(id) }) { return true }
    return !allowed.isEmpty && !allowed.contains { Glob($0).matches(id) }
  }

  private func contains(_ ascending: [Int], _ vm: Int) -> Bool {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < vm { low = middle + 1 } else { high = middle }
    }
    return low < ascending.count && ascending[low] == vm
  }
}
