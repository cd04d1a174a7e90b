import StowageModel
import Testing

@testable import StowageVerification

@Suite("Sizes as the verifier counts them")
struct SizingTests {
  private func roster(_ host: Host, _ vm: VM, _ options: SizingOptions = SizingOptions()) -> Roster {
    Roster(Inventory(hosts: [host], vms: [vm]), sizing: options)
  }

  private var host: Host { Host(id: "h", cores: 10, memoryMiB: 1000) }
  private var vm: VM { VM(id: "v", vCPUs: 2, memoryMiB: 100, host: "h") }

  @Test("a capacity is physical × overcommit − reserved − headroom, rounded down")
  func capacity() {
    var host = host
    host.cpuMHz = 2000
    host.cpuReservedMHz = 1000
    host.memoryReservedMiB = 50
    host.memoryOvercommitRatio = 1.5
    let options = SizingOptions(
      defaultCPUOvercommitRatio: 4, cpuHeadroomPercent: 10, memoryHeadroomPercent: 20)
    let capacity = roster(host, vm, options).capacity[0]
    // 10 × 4 = 40 vCPUs, less half a core × 4, less 10 % of 40.
    #expect(capacity[.cpu] == 34_000)
    // 1500 MiB, less 50, less 300: 1150 × 1024 KiB.
    #expect(capacity[.memory] == 1_177_600)
    #expect(capacity[.network] == nil)
    #expect(capacity[.slots] == nil)
    #expect(capacity[.gpus] == nil)
  }

  @Test("counted in MHz, a host offers cores × clock, and none without a clock")
  func megahertz() {
    var host = host
    #expect(roster(host, vm, SizingOptions(cpu: .mhz)).capacity[0][.cpu] == nil)
    host.cpuMHz = 2500
    host.cpuReservedMHz = 500
    #expect(roster(host, vm, SizingOptions(cpu: .mhz)).capacity[0][.cpu] == 24_500_000)
  }

  @Test("counted in MHz, a VM asks its 95th percentile, else its maximum, else its allocation")
  func measured() {
    var host = host
    var vm = vm
    let options = SizingOptions(cpu: .mhz)
    #expect(roster(host, vm, options).demand[0][.cpu] == 4_000_000)
    host.cpuMHz = 3000
    #expect(roster(host, vm, options).demand[0][.cpu] == 6_000_000)
    vm.cpuMHzMax = 1200
    #expect(roster(host, vm, options).demand[0][.cpu] == 1_200_000)
    vm.cpuMHzP95 = 700.0001
    #expect(roster(host, vm, options).demand[0][.cpu] == 700_001)
  }

  @Test("a VM that is off keeps its slot and its local disk only")
  func off() {
    var vm = vm
    vm.powerState = .suspended
    vm.blockers = [.localDisk]
    vm.diskUsedGiB = 2
    vm.gpuCount = 1
    #expect(roster(host, vm).demand[0] == Amounts(localDisk: 2 * 1024 * 1024, slots: 1))
  }

  @Test("noise of binary fractions costs no unit: 0.1 + 0.2 vCPUs are 300 thousandths")
  func noise() {
    var vm = vm
    vm.vCPUs = 0.1 + 0.2
    #expect(roster(host, vm).demand[0][.cpu] == 300)
  }

  @Test("local datastores of one host add up where it states no local disk")
  func localDatastores() {
    var one = Datastore(id: "one")
    one.isShared = false
    one.hosts = ["h"]
    one.capacityGiB = 3
    var shared = one
    shared.isShared = true
    let inventory = Inventory(hosts: [host], vms: [vm], datastores: [one, one, shared])
    let roster = Roster(inventory, sizing: SizingOptions())
    #expect(roster.capacity[0][.localDisk] == 6_291_456)
  }

  @Test(
    "numbers that no machine has are cut off instead of overflowing",
    arguments: [Double.nan, .infinity, -.infinity, 1e300, -5])
  func absurd(_ value: Double) {
    var host = host
    host.memoryMiB = value
    host.localDiskGiB = value
    host.maxVMs = .max
    var vm = vm
    vm.vCPUs = value
    vm.networkMbpsP95 = value
    vm.gpuCount = .min
    let roster = roster(host, vm)
    #expect((roster.capacity[0][.memory] ?? -1) >= 0)
    #expect(roster.demand[0][.cpu] >= 0)
    #expect(roster.demand[0][.gpus] == 0)
  }
}
