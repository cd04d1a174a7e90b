import StowageModel

/// The hard anti-affinity groups of every VM, laid out flat for the counting in ``FleetState``.
struct ApartIndex: Sendable {
  private struct Membership {
    /// Where the group's counters begin.
    var offset: Int
    /// Position of the group's scope in ``domains``.
    var scope: Int
  }

  /// One counter for every domain of every group.
  let slotCount: Int
  private let memberships: [[Membership]]
  private let domains: [[Int]]

  init(_ fleet: Fleet, scopes: Set<Scope>) {
    var memberships = [[Membership]](repeating: [], count: fleet.vms.count)
    var domains: [[Int]] = []
    var scopeIndex: [String: Int] = [:]
    var offset = 0
    for group in fleet.antiAffinities where group.isHard && scopes.contains(group.scope) {
      let map = fleet.domains(group.scope)
      let scope =
        scopeIndex[group.scope.rawValue]
        ?? {
          domains.append(map.domainOfHost)
          return domains.count - 1
        }()
      scopeIndex[group.scope.rawValue] = scope
      for member in group.members { memberships[member].append(Membership(offset: offset, scope: scope)) }
      offset += map.count
    }
    self.memberships = memberships
    self.domains = domains
    slotCount = offset
  }

  /// Calls `body` with each counter that a VM on a host belongs to.
  @inline(__always)
  func forEachSlot(of vm: Int, on host: Int, _ body: (Int) -> Void) {
    for membership in memberships[vm] { body(membership.offset + domains[membership.scope][host]) }
  }

  /// One member a domain, or as many as there are at the start.
  func limitsFromStart(_ fleet: Fleet) -> [Int32] {
    var counts = [Int32](repeating: 0, count: slotCount)
    for (vm, host) in fleet.start.enumerated() { forEachSlot(of: vm, on: host) { counts[$0] += 1 } }
    return counts.map { max(1, $0) }
  }
}
