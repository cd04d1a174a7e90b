import StowageFleet
import StowageModel

/// Places VMs that have lost their host, or come new, on the room that others leave.
///
/// Constructive: largest VM first, each to the host where it leaves the least room. All capacities, hard
/// placement rules and hard anti-affinities hold. What it finds is an answer; that it finds nothing
/// proves nothing.
struct Refit {
  let fleet: Fleet
  /// Hosts by the place within which VMs stay.
  private let hostsOfCluster: [String: [Int]]
  private let everyHost: [Int]
  let staysWithinClusters: Bool

  init(_ fleet: Fleet, staysWithinClusters: Bool) {
    self.fleet = fleet
    self.staysWithinClusters = staysWithinClusters
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    everyHost = usable
    hostsOfCluster = Dictionary(grouping: usable) { fleet.hosts[$0].cluster ?? "" }
  }

  /// What became of the stranded VMs.
  struct Outcome {
    var state: FleetState
    /// VMs that found room, and where.
    var placed: [(vm: Int, host: Int)]
    /// VMs that found none, largest first.
    var homeless: [Int]
  }

  /// The fleet after these VMs have been taken off their hosts and placed on hosts that are not barred.
  func place(_ stranded: [Int], barring barred: Set<Int>, in start: FleetState) -> Outcome {
    var outcome = Outcome(state: start, placed: [], homeless: [])
    for vm in stranded { outcome.state.leave(vm, fleet.start[vm]) }
    for vm in stranded.sorted(by: isLarger) {
      guard let host = tightest(vm, barred, outcome.state) else {
        outcome.homeless.append(vm)
        continue
      }
      outcome.state.enter(vm, host)
      outcome.placed.append((vm, host))
    }
    return outcome
  }

  /// Largest first, in parts of the roomiest host; by index among equals.
  private func isLarger(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (fleet.demand[left], fleet.demand[right])
    if a[.memory] != b[.memory] { return a[.memory] > b[.memory] }
    if a[.cpu] != b[.cpu] { return a[.cpu] > b[.cpu] }
    return left < right
  }

  private func tightest(_ vm: Int, _ barred: Set<Int>, _ state: FleetState) -> Int? {
    let home = fleet.hosts[fleet.start[vm]].cluster ?? ""
    let hosts = staysWithinClusters ? hostsOfCluster[home, default: []] : everyHost
    var best: (host: Int, left: Int64)?
    let memory = fleet.demand[vm][.memory]
    for host in hosts {
      let left = fleet.limits[host][.memory] - state.load[host][.memory]
      // The cheap questions first: most hosts are ruled out by them.
      guard left >= memory, best.map({ left < $0.left }) ?? true, !barred.contains(host) else { continue }
      if fleet.allows(vm, on: host), state.hasRoomAtRest(for: vm, on: host) { best = (host, left) }
    }
    return best?.host
  }
}
