import StowageFleet
import StowageModel

/// Keeps moves from leaving fewer failures covered than at the start.
///
/// A VM on its way is charged at both ends, and is lost with either: it is probed at its source with
/// the target charged too, and the other way round. Hosts that are on at the start count as on until
/// the end. What the probe cannot show to fit counts as not covered, here as at the start.
struct FailoverGuard {
  private let probe: FailoverProbe
  private let demands: [FailoverDemand]
  private let demandsOfHost: [[Int]]
  private let atStart: [Int]
  private let isOn: [Bool]

  init(_ fleet: Fleet) {
    let probe = FailoverProbe(fleet)
    self.probe = probe
    demands = fleet.failovers.filter(\.isHard)
    var demandsOfHost = [[Int]](repeating: [], count: fleet.hosts.count)
    for (index, demand) in demands.enumerated() {
      for host in demand.hosts { demandsOfHost[host].append(index) }
    }
    self.demandsOfHost = demandsOfHost
    var isOn = fleet.hosts.map { $0.state == .online }
    for host in fleet.start { isOn[host] = true }
    self.isOn = isOn
    let running = isOn
    atStart = demands.map { demand in
      probe.uncovered(demand, placement: fleet.start, isOn: { running[$0] })
    }
  }

  var isEmpty: Bool { demands.isEmpty }

  /// Whether a host lies in a guarded cluster.
  func guards(_ host: Int) -> Bool { !demandsOfHost[host].isEmpty }

  /// Whether the clusters of the given hosts are covered as at the start while `moving` VMs are under
  /// way; each is at `from` in `placement`.
  func permits(
    _ hosts: [Int], placement: [Int], moving: [(vm: Int, from: Int, to: Int)]
  ) -> Bool {
    let concerned = Set(hosts.flatMap { demandsOfHost[$0] }).sorted()
    guard !concerned.isEmpty else { return true }
    var arrived = placement
    for move in moving { arrived[move.vm] = move.to }
    let targets = moving.map { (vm: $0.vm, host: $0.to) }
    let sources = moving.map { (vm: $0.vm, host: $0.from) }
    return concerned.allSatisfy { index in
      let demand = demands[index]
      let before = probe.uncovered(demand, placement: placement, alsoCharged: targets, isOn: { isOn[$0] })
      guard before <= atStart[index] else { return false }
      return probe.uncovered(demand, placement: arrived, alsoCharged: sources, isOn: { isOn[$0] })
        <= atStart[index]
    }
  }
}
