import StowageFleet
import StowageModel

/// What must move whatever is decided.
struct MustMoveBound {
  /// VMs that must leave: on a drained host, or on one that a hard `only_on` or `never_on` forbids.
  let moves: Int
  /// Their configured memory, in MiB.
  let leavingMiB: Double
  /// Configured memory of the VMs that need not leave, for each host that holds VMs at the start,
  /// ascending, in MiB.
  private let remainingMiB: [Double]

  init(_ fleet: Fleet) {
    let leaves = Self.leaves(fleet)
    moves = leaves.count { $0 }
    var remaining = [Double?](repeating: nil, count: fleet.hosts.count)
    var leaving = 0.0
    for (vm, host) in fleet.start.enumerated() {
      let memory = fleet.vms[vm].memoryMiB
      if leaves[vm] { leaving += memory }
      remaining[host] = (remaining[host] ?? 0) + (leaves[vm] ? 0 : memory)
    }
    leavingMiB = leaving
    remainingMiB = remaining.compactMap(\.self).sorted()
  }

  /// Whether each VM must leave the host on which it starts.
  static func leaves(_ fleet: Fleet) -> [Bool] {
    var leaves = fleet.start.map { fleet.drained.contains($0) }
    for binding in fleet.bindings {
      for vm in binding.members where binding.forbids(fleet.start[vm]) { leaves[vm] = true }
    }
    return leaves
  }

  /// Least memory that moves, in MiB, when `hostsOn` hosts hold VMs at the end: the memory of the
  /// VMs that must leave, and the *H − K* smallest of the hosts' remaining sums, where *H* hosts
  /// hold VMs at the start and *K* at the end.
  func movedMiB(hostsOn: Int) -> Double {
    let emptied = max(0, remainingMiB.count - hostsOn)
    return leavingMiB + remainingMiB.prefix(emptied).reduce(0, +)
  }
}
