public import StowageModel

/// Fleets of any size for measurements: clusters of 32 equal hosts over racks of 16, VMs of common
/// sizes with measured use, labels and applications.
public struct LargeFleets: Sendable {
  /// How many VMs.
  public var vmCount: Int
  /// How many hosts.
  public var hostCount: Int

  /// Fleets of `vmCount` VMs on `hostCount` hosts, by default ten VMs a host.
  public init(vmCount: Int, hostCount: Int? = nil) {
    precondition(vmCount >= 0, "a fleet has no fewer than 0 VMs: \(vmCount)")
    self.vmCount = vmCount
    self.hostCount = max(1, hostCount ?? vmCount / 10)
  }

  /// The fleet of one seed.
  public func inventory(seed: UInt64) -> Inventory {
    var random = SeededGenerator(seed: seed)
    let hosts = (0..<hostCount).map(host)
    let vms = (0..<vmCount).map { vm($0, &random) }
    return Inventory(hosts: hosts, vms: vms)
  }

  private func hostID(_ number: Int) -> Host.ID {
    Host.ID("esx-\(padded(number, 5)).example.org")
  }

  private func host(_ number: Int) -> Host {
    var host = Host(id: hostID(number), cores: 64, memoryMiB: 1_048_576)
    host.site = "site-\(number / 1024)"
    host.cluster = "cluster-\(padded(number / 32, 4))"
    host.rack = "rack-\(padded(number / 16, 4))"
    host.sockets = 2
    host.threadsPerCore = 2
    host.cpuMHz = 2600
    host.cpuModel = "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz"
    host.cpuOvercommitRatio = 4
    host.networkGbps = 50
    host.migrationNetworkGbps = 25
    host.powerIdleWatts = 180
    host.powerPeakWatts = 620
    return host
  }

  private func vm(_ number: Int, _ random: inout SeededGenerator) -> VM {
    let sizes: [Double] = [1, 2, 2, 4, 4, 8, 16]
    let size = sizes.randomElement(using: &random) ?? 2
    var vm = VM(
      id: VM.ID("vm-\(padded(number, 6))"), vCPUs: size, memoryMiB: size * 4096,
      host: hostID(Int.random(in: 0..<hostCount, using: &random)))
    vm.name = "app\(number % 977)-web\(number)"
    vm.powerState = random.oneIn(20) ? .off : .on
    vm.cpuMHzP95 = (size * Double.random(in: 100...1800, using: &random)).rounded()
    vm.cpuMHzMax = (size * 2400).rounded()
    vm.memoryActiveMiB = (size * 4096 * Double.random(in: 0.05...0.6, using: &random)).rounded()
    vm.memoryConsumedMiB = size * 3072
    vm.diskProvisionedGiB = size * 40
    vm.diskUsedGiB = (size * Double.random(in: 4...38, using: &random) * 10).rounded() / 10
    vm.datastores = ["san-\(number % 40)"]
    vm.networks = ["vlan-\(number % 120)"]
    vm.networkMbpsP95 = Double.random(in: 0.1...200, using: &random).rounded()
    vm.dirtyRateMiBPerSecond = Double.random(in: 1...80, using: &random).rounded()
    vm.workingSetMiB = size * 256
    vm.operatingSystem = "Red Hat Enterprise Linux 9 (64-bit)"
    vm.app = "app\(number % 977)"
    vm.tier = ["gold", "silver", "bronze"].randomElement(using: &random)
    vm.owner = "team-\(number % 61)"
    vm.labels = ["env": number % 3 == 0 ? "prod" : "test", "licensed": number % 50 == 0 ? "1" : "0"]
    return vm
  }

  private func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
