import StowageFleet

/// On which hosts VMs may end beside their own, by hosts that take VMs in and the hard rules that bind
/// VMs to hosts; VMs of the same rules share the answer.
final class PermittedHosts {
  private let fleet: Fleet
  private let takingIn: [Int]
  private let bindingsOfVM: [[Int]]
  private let kindOfHost: [Int]
  private var known: [[Int]: Set<Int>] = [:]

  /// Hosts of the same kind are not told apart.
  init(_ fleet: Fleet, kindOfHost: [Int]) {
    self.fleet = fleet
    self.kindOfHost = kindOfHost
    takingIn = fleet.hosts.indices.filter { fleet.takesIn($0) && !fleet.drained.contains($0) }
    var bindingsOfVM = [[Int]](repeating: [], count: fleet.vms.count)
    for (index, binding) in fleet.bindings.enumerated() {
      for vm in binding.members { bindingsOfVM[vm].append(index) }
    }
    self.bindingsOfVM = bindingsOfVM
  }

  func kinds(of vm: Int) -> Set<Int> {
    let bindings = bindingsOfVM[vm]
    if let kinds = known[bindings] { return kinds }
    let hosts = takingIn.filter { host in
      !bindings.contains { fleet.bindings[$0].forbids(host) }
    }
    let kinds = Set(hosts.map { kindOfHost[$0] })
    known[bindings] = kinds
    return kinds
  }
}
