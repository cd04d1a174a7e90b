import StowageModel

/// Turns what an inventory says into demands and capacities in whole units.
///
/// A demand is rounded up and a capacity down, after a slack of one millionth of a unit that keeps
/// the noise of binary fractions (0.1 × 3) from flipping a unit.
struct Sizing {
  private static let unitsPerThousand = 1000.0
  private static let kibPerMiB = 1024.0
  private static let kibPerGiB = 1024.0 * 1024
  private static let noise = 1e-6
  /// Assumed clock when no host of the fleet states one, in MHz.
  static let assumedClockMHz = 2000.0

  let options: SizingOptions
  /// Clock for the allocation of VMs whose host states none, in MHz.
  private let fallbackClockMHz: Double
  private let clockOfHost: [Host.ID: Double]
  private let localDiskOfHost: [Host.ID: Double]

  init(_ inventory: Inventory, options: SizingOptions) {
    self.options = options
    var clocks: [Host.ID: Double] = [:]
    for host in inventory.hosts {
      if let clock = host.cpuMHz { clocks[host.id] = clock }
    }
    clockOfHost = clocks
    fallbackClockMHz = clocks.values.min() ?? Self.assumedClockMHz
    localDiskOfHost = Self.localDisks(inventory)
  }

  /// Capacity of local datastores by host in GiB, for hosts that do not state their local disk.
  private static func localDisks(_ inventory: Inventory) -> [Host.ID: Double] {
    var capacities: [Host.ID: Double] = [:]
    for datastore in inventory.datastores where datastore.isShared == false && datastore.hosts.count == 1 {
      if let capacity = datastore.capacityGiB { capacities[datastore.hosts[0], default: 0] += capacity }
    }
    return capacities
  }

  /// What a VM asks of the host that it is on.
  func demand(of vm: VM) -> Amounts {
    var amounts = Amounts(localDisk: localDisk(of: vm), slots: 1)
    guard vm.powerState == .on else { return amounts }
    amounts[.cpu] = cpu(of: vm)
    amounts[.memory] = Self.roundedUp(memoryMiB(of: vm) * Self.kibPerMiB)
    amounts[.network] = Self.roundedUp((vm.networkMbpsP95 ?? 0) * Self.unitsPerThousand)
    amounts[.gpus] = Int64(vm.gpuCount ?? 0)
    return amounts
  }

  private func cpu(of vm: VM) -> Int64 {
    switch options.cpu {
    case .vcpu:
      return Self.roundedUp(vm.vCPUs * Self.unitsPerThousand)
    case .mhz:
      let clock = vm.host.flatMap { clockOfHost[$0] } ?? fallbackClockMHz
      return Self.roundedUp((vm.cpuMHzP95 ?? vm.cpuMHzMax ?? vm.vCPUs * clock) * Self.unitsPerThousand)
    }
  }

  private func memoryMiB(of vm: VM) -> Double {
    switch options.memory {
    case .configured: vm.memoryMiB
    case .active: vm.memoryActiveP95MiB ?? vm.memoryActiveMiB ?? vm.memoryMiB
    }
  }

  /// What a VM asks of its host in each hour of the week, where that was measured and counts: its most in
  /// that hour, and never more than ``demand(of:)`` says.
  func demandByHour(of vm: VM, _ resource: Resource) -> [Int64]? {
    guard vm.powerState == .on else { return nil }
    switch resource {
    case .cpu where options.cpu == .mhz:
      let most = cpu(of: vm)
      return vm.cpuMHzByHour?.hours.map { min(most, Self.roundedUp($0 * Self.unitsPerThousand)) }
    case .memory where options.memory == .active:
      let most = Self.roundedUp(memoryMiB(of: vm) * Self.kibPerMiB)
      return vm.memoryActiveMiBByHour?.hours.map { min(most, Self.roundedUp($0 * Self.kibPerMiB)) }
    default: return nil
    }
  }

  private func localDisk(of vm: VM) -> Int64 {
    guard vm.hasLocalDisk == true || vm.blockers.contains(.localDisk) else { return 0 }
    return Self.roundedUp((vm.diskUsedGiB ?? vm.diskProvisionedGiB ?? 0) * Self.kibPerGiB)
  }

  /// What a host offers: `physical × overcommit − reserved − headroom`.
  func capacity(of host: Host) -> Capacity {
    var capacity = Capacity.unlimited
    capacity[.cpu] = cpuCapacity(of: host)
    let memory = host.memoryMiB * (host.memoryOvercommitRatio ?? 1)
    let memoryFree = memory * (1 - options.memoryHeadroomPercent / 100) - (host.memoryReservedMiB ?? 0)
    capacity[.memory] = Self.roundedDown(memoryFree * Self.kibPerMiB)
    capacity[.network] = host.networkGbps.map {
      Self.roundedDown($0 * Self.unitsPerThousand * Self.unitsPerThousand)
    }
    let localDisk = host.localDiskGiB ?? localDiskOfHost[host.id]
    capacity[.localDisk] = localDisk.map { Self.roundedDown($0 * Self.kibPerGiB) }
    capacity[.slots] = host.maxVMs.map(Int64.init)
    capacity[.gpus] = host.gpuCount.map(Int64.init)
    return capacity
  }

  private func cpuCapacity(of host: Host) -> Int64? {
    switch options.cpu {
    case .vcpu:
      let ratio = host.cpuOvercommitRatio ?? options.defaultCPUOvercommitRatio
      var reserved = 0.0
      if let reservedMHz = host.cpuReservedMHz, let clock = host.cpuMHz, clock > 0 {
        reserved = reservedMHz / clock * ratio
      }
      let free = host.cores * ratio * (1 - options.cpuHeadroomPercent / 100) - reserved
      return Self.roundedDown(free * Self.unitsPerThousand)
    case .mhz:
      guard let clock = host.cpuMHz else { return nil }
      let free = host.cores * clock * (1 - options.cpuHeadroomPercent / 100) - (host.cpuReservedMHz ?? 0)
      return Self.roundedDown(free * Self.unitsPerThousand)
    }
  }

  private static func roundedUp(_ value: Double) -> Int64 {
    Int64(max(0, (value - noise).rounded(.up)))
  }

  private static func roundedDown(_ value: Double) -> Int64 {
    Int64(max(0, (value + noise).rounded(.down)))
  }
}
