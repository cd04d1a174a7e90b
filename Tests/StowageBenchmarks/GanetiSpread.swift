import StowageKit

/// A host's identifier, where Foundation has a `Host` of its own.
typealias HostID = Host.ID

/// What hbal calls free_mem_cv and vcpu_ratio_cv: standard deviations over nodes.
struct Spread: CustomStringConvertible {
  var freeMemory: Double
  var vCPURatio: Double

  init(freeMemory: Double, vCPURatio: Double) {
    self.freeMemory = freeMemory
    self.vCPURatio = vCPURatio
  }

  /// Counted from the inventory and where each VM is.
  init(_ inventory: Inventory, placement: [HostID?]) {
    var used: [HostID: (memory: Double, vCPUs: Double)] = [:]
    for (vm, host) in zip(inventory.vms, placement) {
      guard let host else { continue }
      used[host, default: (0, 0)].memory += vm.memoryMiB
      used[host, default: (0, 0)].vCPUs += vm.vCPUs
    }
    let loads = inventory.hosts.map { (host: $0, used: used[$0.id] ?? (0, 0)) }
    freeMemory = Self.deviation(loads.map { 1 - $0.used.memory / $0.host.memoryMiB })
    vCPURatio = Self.deviation(loads.map { $0.used.vCPUs / $0.host.cores })
  }

  var description: String { "\(freeMemory) of free memory and \(vCPURatio) of vCPUs per core" }

  func isNear(_ other: Spread) -> Bool {
    (freeMemory - other.freeMemory).magnitude < 1e-6 && (vCPURatio - other.vCPURatio).magnitude < 1e-6
  }

  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }
}
