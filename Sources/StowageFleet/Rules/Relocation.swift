import StowageModel

/// The VMs that a request takes to other sites: those that it selects, with everybody in their move
/// groups (`app`, hard `affinity`, hard dependency), because groups go whole.
struct Relocation {
  /// The sites' hosts for these VMs.
  let binding: HostBinding

  /// `nil` when no site is asked for.
  init?(_ inventory: Inventory, vms: [VM], options: PlanOptions, vmIndex: SelectionIndex) {
    guard !options.sites.isEmpty else { return nil }
    var hosts = HostSet(universe: inventory.hosts.count)
    for (index, host) in inventory.hosts.enumerated() {
      if let site = host.domain(.site), options.sites.contains(site) { hosts.insert(index) }
    }
    var groups: [[Int]] = Dictionary(
      grouping: vms.indices.filter { vms[$0].app != nil }, by: { vms[$0].app ?? "" }
    )
    .values.map { $0 }
    for rule in inventory.rules where rule.isHard {
      if case .affinity(let affinity) = rule.requirement { groups.append(vmIndex.members(of: affinity.vms)) }
    }
    groups += FleetCompiler.dependencies(inventory, vms: vms).filter(\.isHard).map { $0.from + $0.to }
    var groupsOfVM = [[Int]](repeating: [], count: vms.count)
    for (index, members) in groups.enumerated() { for vm in members { groupsOfVM[vm].append(index) } }
    var isSelected = [Bool](repeating: false, count: vms.count)
    var isWhole = [Bool](repeating: false, count: groups.count)
    var open = vmIndex.members(of: Selection(options.vms))
    while let vm = open.popLast() {
      guard !isSelected[vm] else { continue }
      isSelected[vm] = true
      for group in groupsOfVM[vm] where !isWhole[group] {
        isWhole[group] = true
        open += groups[group]
      }
    }
    binding = HostBinding(
      rule: Rule.ID("--to " + options.sites.joined(separator: " ")),
      members: vms.indices.filter { isSelected[$0] }, hosts: hosts, isAllowance: true)
  }
}
