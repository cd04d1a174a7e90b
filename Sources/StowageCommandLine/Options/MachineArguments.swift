import ArgumentParser
import StowageKit

/// One VM, described by options instead of an inventory.
struct MachineArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Configured memory.", valueName: "mib"))
  var memoryMib: Double?

  @Option(help: ArgumentHelp("Memory in use; all of it when left out.", valueName: "mib"))
  var memoryUsedMib: Double?

  @Option(help: ArgumentHelp("Memory that is rewritten again and again.", valueName: "mib"))
  var workingSetMib: Double?

  @Option(help: ArgumentHelp("Rate at which the working set is dirtied.", valueName: "mib/s"))
  var dirtyRateMibPerS: Double?

  @Option(help: ArgumentHelp("Rate at which the rest is dirtied.", valueName: "mib/s"))
  var coldDirtyRateMibPerS: Double?

  @Option(help: ArgumentHelp("Disk to copy too.", valueName: "gib"))
  var localDiskGib: Double?

  @Option(help: ArgumentHelp("What changes on that disk meanwhile.", valueName: "mib/s"))
  var diskChangeMibPerS: Double?

  @Option(help: ArgumentHelp("To shut the guest down; 30 s when left out.", valueName: "s"))
  var shutdownS: Double?

  @Option(help: ArgumentHelp("To boot the guest until it serves; 60 s when left out.", valueName: "s"))
  var bootS: Double?

  @Option(help: ArgumentHelp("Virtual CPUs, for what slows each of them down.", valueName: "count"))
  var vcpus: Double?

  @Option(help: ArgumentHelp("Longest pause that is borne.", valueName: "ms"))
  var maxDowntimeMs: Double?

  @Option(help: ArgumentHelp("Service tier: platinum, gold, silver, bronze.", valueName: "tier"))
  var tier: String?

  func validate() throws {
    try EstimateCommand.validate(
      positive: [
        ("--memory-mib", memoryMib), ("--memory-used-mib", memoryUsedMib),
        ("--local-disk-gib", localDiskGib), ("--max-downtime-ms", maxDowntimeMs), ("--vcpus", vcpus),
      ],
      notNegative: [
        ("--working-set-mib", workingSetMib), ("--dirty-rate-mib-per-s", dirtyRateMibPerS),
        ("--cold-dirty-rate-mib-per-s", coldDirtyRateMibPerS),
        ("--disk-change-mib-per-s", diskChangeMibPerS), ("--shutdown-s", shutdownS), ("--boot-s", bootS),
      ])
  }

  /// Whether anything is said of a VM.
  var isGiven: Bool {
    let numbers = [
      memoryMib, memoryUsedMib, workingSetMib, dirtyRateMibPerS, coldDirtyRateMibPerS, localDiskGib,
      maxDowntimeMs, diskChangeMibPerS, shutdownS, bootS, vcpus,
    ]
    return tier != nil || numbers.contains { $0 != nil }
  }

  /// The VM; `nil` without its memory.
  var vm: VM? {
    guard let memoryMib else { return nil }
    var vm = VM(id: "vm", vCPUs: vcpus ?? 1, memoryMiB: memoryMib)
    vm.memoryConsumedMiB = memoryUsedMib
    vm.workingSetMiB = workingSetMib
    vm.dirtyRateMiBPerSecond = dirtyRateMibPerS
    vm.coldDirtyRateMiBPerSecond = coldDirtyRateMibPerS
    vm.maxDowntimeMilliseconds = maxDowntimeMs
    vm.hasLocalDisk = localDiskGib.map { _ in true }
    vm.diskUsedGiB = localDiskGib
    vm.diskChangeMiBPerSecond = diskChangeMibPerS
    vm.shutdownSeconds = shutdownS
    vm.bootSeconds = bootS
    vm.tier = tier
    return vm
  }
}
