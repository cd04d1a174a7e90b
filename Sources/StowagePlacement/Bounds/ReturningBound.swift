import StowageFleet
import StowageModel

/// What must move for all but some VMs to return, and because it cannot stay.
struct ReturningBound {
  /// VMs that must leave their hosts.
  private let leaving: [Int]
  /// Others that do not start at home.
  private let displaced: [Int]

  init(_ fleet: Fleet) {
    let leaves = MustMoveBound.leaves(fleet)
    leaving = leaves.indices.filter { leaves[$0] }
    displaced = leaves.indices.filter { !leaves[$0] && fleet.isAway($0, on: fleet.start[$0]) }
  }

  /// The sum over VMs that move of what each counts for, at the least, when all but `away` of those that are to return do.
  func least(away: Int, weight: (_ vm: Int) -> Double) -> Double {
    let returning = max(0, displaced.count - away)
    return leaving.reduce(0) { $0 + weight($1) }
      + displaced.map(weight).sorted().prefix(returning).reduce(0, +)
  }
}

extension Fleet {
  /// Whether a VM that is to return is elsewhere than at home on a host.
  func isAway(_ vm: Int, on host: Int) -> Bool {
    options.homes[vms[vm].id].map { $0 != hosts[host].id } ?? false
  }
}
