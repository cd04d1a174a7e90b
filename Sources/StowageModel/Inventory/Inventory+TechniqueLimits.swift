extension Inventory {
  /// The VMs, each with its own limits on how it moves and those of the rules of kind `technique`: the
  /// techniques that both allow, the shorter pause, the smaller risk, the lesser slowdown.
  public var vmsWithTechniqueLimits: [VM] {
    let limits = rules.compactMap { rule -> TechniqueLimit? in
      if case .technique(let limit) = rule.requirement { limit } else { nil }
    }
    guard !limits.isEmpty else { return vms }
    return vms.map { vm in
      limits.reduce(vm) { vm, limit in limit.vms.includes(vm) ? limit.applied(to: vm) : vm }
    }
  }
}

extension TechniqueLimit {
  fileprivate func applied(to vm: VM) -> VM {
    var vm = vm
    if allowed != nil || !denied.isEmpty {
      vm.allowedTechniques = (vm.allowedTechniques ?? Set(Technique.allCases)).filter(allows)
    }
    vm.maxDowntimeMilliseconds = [vm.maxDowntimeMilliseconds, maxDowntimeMilliseconds].compactMap(\.self)
      .min()
    vm.maxLossProbability = [vm.maxLossProbability, maxLossProbability].compactMap(\.self).min()
    vm.maxSlowdownSeconds = [vm.maxSlowdownSeconds, maxSlowdownSeconds].compactMap(\.self).min()
    return vm
  }
}
