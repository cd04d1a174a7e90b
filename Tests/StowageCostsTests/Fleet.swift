import StowageCosts
import StowageModel

/// VMs and hosts for tests, with only what matters said.
enum Fleet {
  static let source = host("a")
  static let target = host("b")

  static func host(_ id: Host.ID, _ change: (inout Host) -> Void = { _ in }) -> Host {
    var host = Host(id: id, cores: 16, memoryMiB: 262_144)
    change(&host)
    return host
  }

  /// A VM of 1 000 MiB with a working set of 100 MiB, dirtied at 50 MiB/s, and nothing else.
  static func vm(_ change: (inout VM) -> Void = { _ in }) -> VM {
    var vm = VM(id: "vm", vCPUs: 2, memoryMiB: 1000, host: "a")
    vm.memoryConsumedMiB = 1000
    vm.workingSetMiB = 100
    vm.dirtyRateMiBPerSecond = 50
    vm.diskUsedGiB = 10
    vm.diskChangeMiBPerSecond = 0
    change(&vm)
    return vm
  }

  /// One of the VMs of the published vectors.
  static func published(_ name: String) -> VM {
    let profile = SampleVM.named(name)
    return vm {
      $0.memoryMiB = profile.memoryMiB
      $0.memoryConsumedMiB = nil
      $0.workingSetMiB = profile.workingSetMiB
      $0.dirtyRateMiBPerSecond = profile.hotMiBPerSecond
      $0.coldDirtyRateMiBPerSecond = profile.coldMiBPerSecond
    }
  }

  static func path(_ mibPerSecond: Double) -> MigrationPath {
    MigrationPath(payloadMiBPerSecond: mibPerSecond)
  }

  static func path(gbps: Double) -> MigrationPath {
    path(PayloadRate.mibPerSecond(gbps: gbps))
  }

  static func model(_ platform: Platform = .libvirt) -> MigrationModel {
    MigrationModel(engine: .of(platform))
  }
}
