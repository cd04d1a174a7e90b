import StowageModel

/// Says what a placement breaks, counted from the inventory with none of the planner's tables.
///
/// Knows CPU in vCPUs, memory, slots, every rule kind but failover, and which hosts take VMs in. A
/// host may hold more than its capacity only where it does at the start, and never more than then.
struct RuleKeeper {
  let inventory: Inventory
  var drained: Set<Host.ID> = []
  /// Whether VMs are counted by what was measured in each hour.
  var isMeasured = false

  func faults(_ placement: [VM.ID: Host.ID]) -> [String] {
    inventory.hosts.flatMap { overload($0, placement) }
      + inventory.vms.flatMap { whereabouts($0, placement) }
      + inventory.rules.flatMap { broken($0, placement) }
  }

  private func overload(_ host: Host, _ placement: [VM.ID: Host.ID]) -> [String] {
    if isMeasured { return hourlyOverload(host, placement) }
    let end = amounts(inventory.vms.filter { placement[$0.id] == host.id })
    let start = amounts(inventory.vms.filter { $0.host == host.id })
    let limits = [host.cores * (host.cpuOvercommitRatio ?? 1), host.memoryMiB, Double(host.maxVMs ?? 9999)]
    return (0..<3).compactMap { index in
      end[index] > max(limits[index], start[index])
        ? "\(host.id) holds \(end[index]) of \(limits[index])" : nil
    }
  }

  private func hourlyOverload(_ host: Host, _ placement: [VM.ID: Host.ID]) -> [String] {
    let end = inventory.vms.filter { placement[$0.id] == host.id }
    let start = inventory.vms.filter { $0.host == host.id }
    // Profiles of generated fleets are steady in each quarter of the day, and the same every day.
    return [0, 6, 12, 18].compactMap { hour in
      let (cpu, memory) = Self.asked(end, hour: hour)
      let (cpuBefore, memoryBefore) = Self.asked(start, hour: hour)
      let isOver =
        cpu > max(host.cores * (host.cpuMHz ?? 0), cpuBefore) || memory > max(host.memoryMiB, memoryBefore)
        || end.count > max(host.maxVMs ?? 9999, start.count)
      return isOver ? "\(host.id) is over in hour \(hour)" : nil
    }
  }

  /// MHz and MiB that VMs ask for in an hour of the week; hosts have clocks of 1 GHz.
  static func asked(_ vms: [VM], hour: Int) -> (cpu: Double, memory: Double) {
    vms.filter { $0.powerState == .on }.reduce((0, 0)) { sum, vm in
      let cpu = vm.cpuMHzP95.map { min($0, vm.cpuMHzByHour?.hours[hour] ?? $0) } ?? vm.vCPUs * 1000
      let memory =
        vm.memoryActiveP95MiB.map { min($0, vm.memoryActiveMiBByHour?.hours[hour] ?? $0) } ?? vm.memoryMiB
      return (sum.0 + cpu, sum.1 + memory)
    }
  }

  private func amounts(_ vms: [VM]) -> [Double] {
    let running = vms.filter { $0.powerState == .on }
    let cores = running.reduce(0) { $0 + $1.vCPUs }
    let memory = running.reduce(0) { $0 + $1.memoryMiB }
    return [cores, memory, Double(vms.count)]
  }

  private func host(_ id: Host.ID?) -> Host? { inventory.hosts.first { $0.id == id } }

  private func whereabouts(_ vm: VM, _ placement: [VM.ID: Host.ID]) -> [String] {
    guard let end = host(placement[vm.id]) else { return ["\(vm.id) is nowhere"] }
    if drained.contains(end.id) { return ["\(vm.id) is left on \(end.id)"] }
    guard end.id != vm.host else { return [] }
    var faults: [String] = []
    if vm.isMovable == false || vm.blockers.contains(.passthrough) { faults.append("\(vm.id) cannot move") }
    if !end.isUsableAsTarget { faults.append("\(end.id) takes nobody in") }
    if !vm.allowedHosts.isEmpty, !vm.allowedHosts.contains(end.id.rawValue) { faults.append("not allowed") }
    if vm.forbiddenHosts.contains(end.id.rawValue) { faults.append("forbidden") }
    return faults
  }

  private func broken(_ rule: Rule, _ placement: [VM.ID: Host.ID]) -> [String] {
    guard rule.isHard else { return [] }
    let isKept: Bool
    switch rule.requirement {
    case .affinity(let group): isKept = domains(group.vms, group.scope, placement).distinct <= 1
    case .antiAffinity(let group):
      let (distinct, count) = domains(group.vms, group.scope, placement)
      isKept = distinct == count
    case .onlyOn(let only):
      isKept = hosts(of: only.vms, placement).allSatisfy { only.hosts.includes($0) }
    case .neverOn(let never):
      isKept = !hosts(of: never.vms, placement).contains { never.hosts.includes($0) }
    case .stay(let stay):
      isKept = inventory.vms.allSatisfy { !stay.vms.includes($0) || placement[$0.id] == $0.host }
    case .drain(let drain):
      isKept = !placement.values.contains { host($0).map { drain.hosts.includes($0) } ?? false }
    case .spread(let spread):
      let names = hosts(of: spread.vms, placement).map { $0.domain(spread.scope) ?? "host \($0.id)" }
      let counts = Dictionary(grouping: names) { $0 }.mapValues(\.count)
      isKept =
        names.isEmpty
        || (counts.count >= spread.minDomains ?? 1
          && counts.values.allSatisfy { $0 <= spread.maxPerDomain ?? .max })
    case .dedicated(let own):
      let theirs = Set(hosts(of: own.vms, placement).map(\.id))
      isKept = inventory.vms.allSatisfy { vm in
        own.vms.includes(vm) || !theirs.contains(placement[vm.id] ?? "")
      }
    case .groupCap(let cap):
      let on = inventory.vms.filter { vm in
        cap.vms.includes(vm) && host(placement[vm.id]).map { cap.hosts.includes($0) } ?? false
      }
      let totals = amounts(on)
      isKept =
        switch cap.resource {
        case .cpu: totals[0] <= cap.limit
        case .memory: totals[1] <= cap.limit
        case .slots: totals[2] <= cap.limit
        case .network, .localDisk, .gpus: true
        }
    case .noNew(let closed):
      isKept = inventory.vms.allSatisfy { vm in
        placement[vm.id] == vm.host || !(host(placement[vm.id]).map { closed.hosts.includes($0) } ?? false)
      }
    case .maxMoves(let most):
      isKept = moved(most.vms, placement).count <= most.limit
    case .moveBudget(let budget):
      isKept = moved(budget.vms, placement).reduce(0) { $0 + $1.memoryMiB } <= budget.limitMiB
    case .failover, .keepOn, .preferOn, .before, .serialize, .together, .concurrency, .technique,
      .deadline,
      .window, .blackout:
      isKept = true
    }
    return isKept ? [] : ["rule \(rule.id) is broken"]
  }

  private func moved(_ selection: Selection, _ placement: [VM.ID: Host.ID]) -> [VM] {
    inventory.vms.filter { selection.includes($0) && placement[$0.id] != $0.host }
  }

  private func hosts(of selection: Selection, _ placement: [VM.ID: Host.ID]) -> [Host] {
    inventory.vms.filter { selection.includes($0) }.compactMap { host(placement[$0.id]) }
  }

  private func domains(
    _ selection: Selection, _ scope: Scope, _ placement: [VM.ID: Host.ID]
  ) -> (distinct: Int, count: Int) {
    let names = hosts(of: selection, placement).map { $0.domain(scope) ?? "host \($0.id)" }
    return (Set(names).count, names.count)
  }
}
