import StowageModel

/// What hosts offer: `physical × overcommit − reserved − headroom`.
struct CapacitySizing {
  private let options: SizingOptions
  /// Local datastores by host in GiB, for hosts that do not state their local disk.
  private let localGiB: [Host.ID: Double]

  init(datastores: [Datastore], options: SizingOptions) {
    self.options = options
    var sums: [Host.ID: Double] = [:]
    for datastore in datastores where datastore.isShared == false {
      guard let host = datastore.hosts.first, datastore.hosts.count == 1 else { continue }
      if let size = datastore.capacityGiB { sums[host, default: 0] += size }
    }
    localGiB = sums
  }

  func capacity(of host: Host) -> Capacity {
    var capacity = Capacity.unlimited
    capacity[.cpu] = options.cpu == .vcpu ? vCPUs(of: host) : clockRate(of: host)
    capacity[.memory] = memory(of: host)
    capacity[.network] = host.networkGbps.map { WholeUnits.capacity($0 * 1_000_000) }
    capacity[.localDisk] = (host.localDiskGiB ?? localGiB[host.id]).map {
      WholeUnits.capacity($0 * 1024 * 1024)
    }
    capacity[.slots] = host.maxVMs.map(WholeUnits.count)
    capacity[.gpus] = host.gpuCount.map(WholeUnits.count)
    return capacity
  }

  private func vCPUs(of host: Host) -> Int64 {
    let ratio = host.cpuOvercommitRatio ?? options.defaultCPUOvercommitRatio
    let all = host.cores * ratio
    // Reserved MHz are cores of the hypervisor, each worth `ratio` vCPUs; without a clock they
    // cannot be counted in cores.
    var reserved = 0.0
    if let megahertz = host.cpuReservedMHz, let clock = host.cpuMHz, clock > 0 {
      reserved = megahertz / clock * ratio
    }
    return WholeUnits.capacity((all - reserved - all * options.cpuHeadroomPercent / 100) * 1000)
  }

  private func clockRate(of host: Host) -> Int64? {
    guard let clock = host.cpuMHz else { return nil }
    let all = host.cores * clock
    let left = all - (host.cpuReservedMHz ?? 0) - all * options.cpuHeadroomPercent / 100
    return WholeUnits.capacity(left * 1000)
  }

  private func memory(of host: Host) -> Int64 {
    let all = host.memoryMiB * (host.memoryOvercommitRatio ?? 1)
    let left = all - (host.memoryReservedMiB ?? 0) - all * options.memoryHeadroomPercent / 100
    return WholeUnits.capacity(left * 1024)
  }
}
