import StowageModel

/// Resolves rules and columns of an inventory to indices.
struct FleetCompiler {
  let inventory: Inventory
  let options: PlanOptions
  let vms: [VM]
  let unplaced: [VM.ID]
  let start: [Int]
  let drained: HostSet
  let domainMaps: [Scope: DomainMap]
  let bindings: [HostBinding]
  private let relocation: Relocation?
  let vmIndex: SelectionIndex
  private let hostIndex: SelectionIndex

  init(_ inventory: Inventory, options: PlanOptions) {
    self.inventory = inventory
    self.options = options
    var positions: [Host.ID: Int] = [:]
    for (index, host) in inventory.hosts.enumerated() { positions[host.id] = index }
    var vms: [VM] = []
    var unplaced: [VM.ID] = []
    var start: [Int] = []
    for vm in inventory.vmsWithTechniqueLimits {
      guard let host = vm.host.flatMap({ positions[$0] }) else {
        unplaced.append(vm.id)
        continue
      }
      vms.append(vm)
      start.append(host)
    }
    self.vms = vms
    self.unplaced = unplaced
    self.start = start
    vmIndex = SelectionIndex(ids: vms.map(\.id.rawValue), labels: vms.map(\.labels))
    hostIndex = SelectionIndex(ids: inventory.hosts.map(\.id.rawValue), labels: inventory.hosts.map(\.labels))
    let relocation = Relocation(inventory, vms: vms, options: options, vmIndex: vmIndex)
    self.relocation = relocation
    bindings =
      Self.bindings(inventory, vmIndex: vmIndex, hostIndex: hostIndex)
      + (relocation.map { [$0.binding] } ?? [])
    drained = Self.drainedHosts(inventory, options: options, index: hostIndex, positions: positions)
    domainMaps = Dictionary(
      uniqueKeysWithValues: Scope.allCases.map { ($0, DomainMap(hosts: inventory.hosts, scope: $0)) })
  }

  private static func drainedHosts(
    _ inventory: Inventory, options: PlanOptions, index: SelectionIndex, positions: [Host.ID: Int]
  ) -> HostSet {
    var drained = HostSet(universe: inventory.hosts.count)
    for rule in inventory.rules where rule.isHard {
      if case .drain(let drain) = rule.requirement {
        for host in index.members(of: drain.hosts) { drained.insert(host) }
      }
    }
    for host in options.hosts.compactMap({ positions[$0] }) { drained.insert(host) }
    return drained
  }

  // MARK: Groups

  var antiAffinities: [VMGroup] {
    groups { if case .antiAffinity(let group) = $0 { (group.vms, group.scope) } else { nil } }
  }

  var affinities: [VMGroup] {
    groups { if case .affinity(let group) = $0 { (group.vms, group.scope) } else { nil } }
  }

  private func groups(_ select: (Requirement) -> (Selection, Scope)?) -> [VMGroup] {
    inventory.rules.compactMap { rule in
      guard let (selection, scope) = select(rule.requirement) else { return nil }
      let members = vmIndex.members(of: selection)
      guard members.count > 1 else { return nil }
      return VMGroup(rule: rule.id, isHard: rule.isHard, weight: rule.weight, members: members, scope: scope)
    }
  }

  /// Soft failover is reported only: whether failures are covered takes a search of its own.
  var softRulesNotWeighed: [Rule.ID] {
    inventory.rules.filter { rule in
      if case .failover = rule.requirement { !rule.isHard } else { false }
    }.map(\.id).sorted()
  }

  /// The hosts that each hard `drain` rule empties.
  var drains: [HostBinding] {
    inventory.rules.filter(\.isHard).compactMap { rule in
      guard case .drain(let drain) = rule.requirement else { return nil }
      return HostBinding(rule: rule.id, members: [], hosts: hostSet(drain.hosts), isAllowance: false)
    }
  }

  // MARK: Allowed hosts

  /// The hard rules that bind VMs to hosts or bar them from hosts.
  static func bindings(
    _ inventory: Inventory, vmIndex: SelectionIndex, hostIndex: SelectionIndex
  ) -> [HostBinding] {
    inventory.rules.filter(\.isHard).compactMap { rule in
      let (vms, hosts, isAllowance): (Selection, Selection, Bool)
      switch rule.requirement {
      case .onlyOn(let only): (vms, hosts, isAllowance) = (only.vms, only.hosts, true)
      case .neverOn(let never): (vms, hosts, isAllowance) = (never.vms, never.hosts, false)
      case .affinity, .antiAffinity, .stay, .drain, .failover, .spread, .preferOn, .noNew, .keepOn,
        .dedicated, .groupCap, .maxMoves, .moveBudget, .before, .serialize, .together, .concurrency,
        .technique, .deadline, .window, .blackout:
        return nil
      }
      let set = HostSet(universe: inventory.hosts.count, hostIndex.members(of: hosts))
      return HostBinding(
        rule: rule.id, members: vmIndex.members(of: vms), hosts: set, isAllowance: isAllowance)
    }
  }

  /// The set of hosts on which each VM may be, and the larger set that only rules and columns
  /// leave it, networks and GPUs apart. VMs bound by the same rules share one set.
  func allowedHosts() -> (indexOfVM: [Int], sets: [HostSet], setsByRules: [HostSet]) {
    var keyOfVM = [AllowanceKey](repeating: AllowanceKey(), count: vms.count)
    for (position, binding) in bindings.enumerated() {
      for vm in binding.members { keyOfVM[vm].bindings.append(position) }
    }
    var sets: [HostSet] = []
    var setsByRules: [HostSet] = []
    var indexOfKey: [AllowanceKey: Int] = [:]
    let indexOfVM = vms.indices.map { vm in
      complete(&keyOfVM[vm], for: vm)
      if let known = indexOfKey[keyOfVM[vm]] { return known }
      indexOfKey[keyOfVM[vm]] = sets.count
      let byRules = allowedByRules(keyOfVM[vm])
      setsByRules.append(byRules)
      sets.append(withoutUnsuitable(byRules, keyOfVM[vm]))
      return sets.count - 1
    }
    return (indexOfVM, sets, setsByRules)
  }

  private struct AllowanceKey: Hashable {
    var bindings: [Int] = []
    var allowed: [String] = []
    var forbidden: [String] = []
    var networks: [String] = []
    var gpus = 0
    var cluster: String?
  }

  func hostSet(_ selection: Selection) -> HostSet {
    HostSet(universe: inventory.hosts.count, hostIndex.members(of: selection))
  }

  private func complete(_ key: inout AllowanceKey, for vm: Int) {
    key.allowed = vms[vm].allowedHosts
    key.forbidden = vms[vm].forbiddenHosts
    key.networks = vms[vm].networks
    key.gpus = vms[vm].powerState == .on ? vms[vm].gpuCount ?? 0 : 0
    if options.staysWithinClusters { key.cluster = inventory.hosts[start[vm]].cluster ?? "" }
  }

  private func allowedByRules(_ key: AllowanceKey) -> HostSet {
    var set = HostSet(universe: inventory.hosts.count, full: true)
    for binding in key.bindings.map({ bindings[$0] }) {
      if binding.isAllowance { set.formIntersection(binding.hosts) } else { set.subtract(binding.hosts) }
    }
    if !key.allowed.isEmpty { set.formIntersection(hostSet(Selection(key.allowed))) }
    if !key.forbidden.isEmpty { set.subtract(hostSet(Selection(key.forbidden))) }
    return set
  }

  private func withoutUnsuitable(_ allowed: HostSet, _ key: AllowanceKey) -> HostSet {
    var set = allowed
    let needed = Set(key.networks)
    for (index, host) in inventory.hosts.enumerated() {
      let lacksNetwork = !needed.isEmpty && !host.networks.isEmpty && !needed.isSubset(of: host.networks)
      let lacksGPU = key.gpus > 0 && host.gpuCount == nil
      let isElsewhere = options.staysWithinClusters && (host.cluster ?? "") != key.cluster
      if lacksNetwork || lacksGPU || isElsewhere { set.remove(index) }
    }
    return set
  }

  // MARK: Pins

  func pins(_ noTechnique: (VM) -> String?) -> [PinReason?] {
    var pins = vms.map { vm -> PinReason? in
      if vm.isMovable == false { return .notMovable }
      return noTechnique(vm).map { .noTechnique(because: $0) }
    }
    for rule in inventory.rules where rule.isHard {
      guard case .stay(let stay) = rule.requirement else { continue }
      for vm in vmIndex.members(of: stay.vms) where pins[vm] == nil { pins[vm] = .stay(rule.id) }
    }
    if let relocation {
      let selected = Set(relocation.binding.members)
      for vm in vms.indices where pins[vm] == nil && !selected.contains(vm) { pins[vm] = .notSelected }
    }
    return pins
  }

  // MARK: Failover

  var failovers: [FailoverDemand] {
    inventory.rules.flatMap { rule -> [FailoverDemand] in
      guard case .failover(let failover) = rule.requirement else { return [] }
      let guarded = Set(hostIndex.members(of: failover.hosts))
      var clusters: [String: [Int]] = [:]
      for (index, host) in inventory.hosts.enumerated() {
        clusters[host.cluster ?? "", default: []].append(index)
      }
      return clusters.keys.sorted().compactMap { name in
        guard let hosts = clusters[name], hosts.contains(where: guarded.contains) else { return nil }
        return FailoverDemand(
          rule: rule.id, isHard: rule.isHard, hosts: hosts, units: units(of: hosts, scope: failover.scope),
          failures: failover.failures)
      }
    }
  }

  private func units(of hosts: [Int], scope: Scope) -> [[Int]] {
    guard scope == .rack else { return hosts.map { [$0] } }
    var racks: [String: [Int]] = [:]
    var alone: [[Int]] = []
    for host in hosts {
      if let rack = inventory.hosts[host].rack {
        racks[rack, default: []].append(host)
      } else {
        alone.append([host])
      }
    }
    return racks.keys.sorted().compactMap { racks[$0] } + alone
  }
}
