import StowageModel

extension Roster {
  /// The size by which `load_spread` divides load: cores × 1000 (× clock where CPU is counted in MHz), memory in
  /// KiB, and of every other resource what the host offers, as it does where it states no size.
  func physicalSize(of host: Int, _ resource: Resource, offered: Int64) -> Double {
    let row = hosts[host]
    var size = Double(offered)
    if resource == .cpu {
      size = row.cores * 1000
      if cpu == .mhz, let clock = row.cpuMHz { size *= clock }
    } else if resource == .memory {
      size = row.memoryMiB * 1024
    }
    return size > 0 ? size : Double(offered)
  }
}
