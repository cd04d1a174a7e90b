import StowageModel

/// What VMs take from the host that they are on.
struct DemandSizing {
  private let options: SizingOptions
  private let clockOfHost: [Host.ID: Double]
  /// Clock for an allocation on a host that states none: the slowest of the fleet, else 2 GHz.
  private let otherClock: Double

  init(hosts: [Host], options: SizingOptions) {
    self.options = options
    var clocks: [Host.ID: Double] = [:]
    for host in hosts { clocks[host.id] = host.cpuMHz }
    clockOfHost = clocks
    otherClock = clocks.values.min() ?? 2000
  }

  /// A VM that does not run keeps its slot and its local disk, and takes nothing else.
  func demand(of vm: VM) -> Amounts {
    let runs = vm.powerState == .on
    return Amounts(
      cpu: runs ? cpu(of: vm) : 0,
      memory: runs ? WholeUnits.demand(memoryMiB(of: vm) * 1024) : 0,
      network: runs ? WholeUnits.demand((vm.networkMbpsP95 ?? 0) * 1000) : 0,
      localDisk: localDisk(of: vm),
      slots: 1,
      gpus: runs ? WholeUnits.count(vm.gpuCount ?? 0) : 0)
  }

  private func cpu(of vm: VM) -> Int64 {
    switch options.cpu {
    case .vcpu:
      return WholeUnits.demand(vm.vCPUs * 1000)
    case .mhz:
      if let measured = vm.cpuMHzP95 ?? vm.cpuMHzMax { return WholeUnits.demand(measured * 1000) }
      let clock = vm.host.flatMap { clockOfHost[$0] } ?? otherClock
      return WholeUnits.demand(vm.vCPUs * clock * 1000)
    }
  }

  private func memoryMiB(of vm: VM) -> Double {
    switch options.memory {
    case .configured: vm.memoryMiB
    case .active: vm.memoryActiveP95MiB ?? vm.memoryActiveMiB ?? vm.memoryMiB
    }
  }

  private func localDisk(of vm: VM) -> Int64 {
    let isLocal = vm.hasLocalDisk == true || vm.blockers.contains(.localDisk)
    guard isLocal, let gib = vm.diskUsedGiB ?? vm.diskProvisionedGiB else { return 0 }
    return WholeUnits.demand(gib * 1024 * 1024)
  }
}
