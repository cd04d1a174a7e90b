import StowageFleet
import StowageModel

/// The parts into which a fleet falls: hosts that share no VM which may end on both lie in different parts.
///
/// A VM may end where it starts unless it must leave, and, when it can move, on every host that takes VMs
/// in and that hard `only_on`, hard `never_on` and its own columns leave it. Clusters with storage of their own are the usual parts.
struct FleetParts {
  struct Part {
    /// Ascending.
    let hosts: [Int]
    /// The VMs that may end there and nowhere else, ascending.
    let vms: [Int]
  }

  /// In the order of their first hosts.
  let parts: [Part]

  init(_ fleet: Fleet) {
    var links = DisjointSets(count: fleet.hosts.count)
    let leaves = MustMoveBound.leaves(fleet)
    let open = fleet.allowedSets.map { allowed in
      fleet.targets.members.filter(allowed.contains)
    }
    var isLinked = [Bool](repeating: false, count: open.count)
    /// A host on which each VM may end.
    var anchor = fleet.start
    for vm in fleet.vms.indices {
      let set = fleet.allowedSetOfVM[vm]
      guard fleet.pins[vm] == nil, let first = open[set].first else { continue }
      if !isLinked[set] {
        isLinked[set] = true
        for host in open[set] { links.join(first, host) }
      }
      if leaves[vm] { anchor[vm] = first } else { links.join(first, fleet.start[vm]) }
    }
    var vmsOfRoot: [Int: [Int]] = [:]
    for (vm, host) in anchor.enumerated() { vmsOfRoot[links.representative(host), default: []].append(vm) }
    let hostsOfRoot = Dictionary(grouping: fleet.hosts.indices) { links.representative($0) }
    parts = hostsOfRoot.sorted { $0.value[0] < $1.value[0] }
      .map { Part(hosts: $0.value, vms: vmsOfRoot[$0.key] ?? []) }
  }
}
