public import StowageModel

extension Fleet {
  /// How large a host is in a resource of which it offers `offered`, overcommit, reserves and headroom apart: its cores
  /// in thousandths (or its clock rate in kHz, where CPU is counted in MHz), its memory in KiB, and of other resources
  /// what it offers.
  ///
  /// How evenly load lies should not depend on how far hosts are overcommitted.
  public func physicalSize(of host: Int, _ resource: Resource, offered: Int64) -> Double {
    let unitsPerThousand = 1000.0
    let kibPerMiB = 1024.0
    let size =
      switch resource {
      case .cpu:
        hosts[host].cores * unitsPerThousand * (options.sizing.cpu == .mhz ? hosts[host].cpuMHz ?? 1 : 1)
      case .memory: hosts[host].memoryMiB * kibPerMiB
      case .network, .localDisk, .slots, .gpus: Double(offered)
      }
    return size > 0 ? size : Double(offered)
  }
}
