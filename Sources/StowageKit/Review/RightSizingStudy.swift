import StowageModel
import StowageReports

/// Compares what VMs have with what they use.
struct RightSizingStudy {
  /// Part of the vCPUs that the 95th percentile may use. Chosen: room for peaks that the percentile leaves out.
  private static let cpuTarget = 0.7
  /// Part of the memory that active memory may use.
  private static let memoryTarget = 0.8
  /// A VM is called too large when the advice is at most this part of what it has.
  private static let tooLarge = 0.6

  private let inventory: Inventory
  private let clocks: [Host.ID: Double]

  init(_ inventory: Inventory) {
    self.inventory = inventory
    clocks = Dictionary(
      inventory.hosts.compactMap { host in host.cpuMHz.map { (host.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Advice for running VMs with measurements, most memory given back first.
  func advice() -> [Review.RightSizing] {
    inventory.vms.filter { $0.powerState == .on }.compactMap(advice).sorted {
      let (left, right) = ($0.memoryMiB - $0.advisedMemoryMiB, $1.memoryMiB - $1.advisedMemoryMiB)
      return left != right ? left > right : $0.vm < $1.vm
    }
  }

  private func advice(_ vm: VM) -> Review.RightSizing? {
    var reasons: [String] = []
    var vCPUs = vm.vCPUs
    var memory = vm.memoryMiB
    if let used = vm.cpuMHzP95, let clock = vm.host.flatMap({ clocks[$0] }), clock > 0, vm.vCPUs > 0 {
      let ratio = used / (vm.vCPUs * clock)
      let wanted = max(1, (used / clock / Self.cpuTarget).rounded(.up))
      if wanted <= vm.vCPUs * Self.tooLarge || ratio > 0.9 {
        vCPUs = wanted
        reasons.append("CPU 95th percentile \(Units.percent(ratio))")
      }
    }
    if let used = vm.memoryActiveP95MiB, vm.memoryMiB > 0 {
      let ratio = used / vm.memoryMiB
      let wanted = max(512, (used / Self.memoryTarget / 512).rounded(.up) * 512)
      if wanted <= vm.memoryMiB * Self.tooLarge || ratio > 0.95 {
        memory = wanted
        reasons.append("active memory 95th percentile \(Units.percent(ratio))")
      }
    }
    guard !reasons.isEmpty, vCPUs != vm.vCPUs || memory != vm.memoryMiB else { return nil }
    return Review.RightSizing(
      vm: vm.id, vCPUs: vm.vCPUs, advisedVCPUs: vCPUs, memoryMiB: vm.memoryMiB, advisedMemoryMiB: memory,
      because: reasons.joined(separator: "; "))
  }
}
