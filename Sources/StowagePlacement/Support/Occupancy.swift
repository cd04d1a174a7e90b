import StowageFleet
import StowageModel

/// Which hosts count as on and as powered off at the end of a plan.
///
/// - Consolidate: hosts that the plan empties go off. One that was idle from the start is a spare and
///   stays on.
/// - Evacuate: drained hosts that the plan empties go off.
/// - Other goals: nothing goes off. What a hard `keep_on` keeps never does.
struct Occupancy {
  let fleet: Fleet
  let goal: Goal

  /// Hosts powered off at the end, ascending.
  func poweredOff(_ placement: [Int]) -> [Int] {
    poweredOff(holding: placement)
  }

  private func poweredOff(holding placement: [Int]) -> [Int] {
    let holds = holding(placement)
    let held = holding(fleet.start)
    return fleet.hosts.indices.filter { host in
      guard fleet.hosts[host].state == .online, !holds[host], !fleet.countsAsOn.contains(host) else {
        return false
      }
      switch goal {
      case .consolidate, .colocate:
        return held[host]
      case .evacuate: return held[host] && fleet.drained.contains(host)
      case .balance, .repair, .restore: return false
      }
    }
  }

  /// Hosts that a plan powers off if it leaves them empty.
  var offWhenEmpty: HostSet {
    HostSet(universe: fleet.hosts.count, poweredOff(holding: []))
  }

  /// Whether each host counts as on when failover is judged.
  func isOn(_ placement: [Int]) -> [Bool] {
    var isOn = fleet.hosts.map { $0.state == .online }
    for host in poweredOff(placement) { isOn[host] = false }
    return isOn
  }

  /// Hosts that stay on whether or not they hold a VM at the end.
  var spares: [Bool] {
    var empty = [Bool](repeating: true, count: fleet.hosts.count)
    for host in poweredOff(holding: []) { empty[host] = false }
    return fleet.hosts.indices.map { fleet.targets.contains($0) && empty[$0] }
  }

  private func holding(_ placement: [Int]) -> [Bool] {
    var holds = [Bool](repeating: false, count: fleet.hosts.count)
    for host in placement { holds[host] = true }
    return holds
  }
}
