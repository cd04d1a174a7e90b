import ArgumentParser
import StowageKit

/// `stowage estimate`
struct EstimateCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "The technique table for one VM: time, pause, bytes, slowdown, risk.",
    discussion: """
      Example, a cache that dirties memory faster than its link carries:
        stowage estimate --memory-mib 65536 --link-gbps 10 --working-set-mib 40960 --dirty-rate-mib-per-s 2560
      """)

  @Option(help: ArgumentHelp("Configured memory.", valueName: "mib"))
  var memoryMib: Double

  @Option(help: ArgumentHelp("Bandwidth between the hosts.", valueName: "gbps"))
  var linkGbps: Double

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

  @Option(help: ArgumentHelp("Longest pause that is borne.", valueName: "ms"))
  var maxDowntimeMs: Double?

  @Option(help: ArgumentHelp("Round trip between the hosts.", valueName: "ms"))
  var rttMs = 0.2

  @Option(help: "Platform that moves the VM.")
  var platform = Platform.libvirt

  func validate() throws {
    let given: [(String, Double?)] = [
      ("--memory-mib", memoryMib), ("--link-gbps", linkGbps), ("--memory-used-mib", memoryUsedMib),
      ("--local-disk-gib", localDiskGib), ("--max-downtime-ms", maxDowntimeMs),
    ]
    for (name, value) in given {
      if let value, !(value > 0 && value < 1e9) {
        throw ValidationError("\(name) must be above 0, not \(value)")
      }
    }
    let rates: [(String, Double?)] = [
      ("--working-set-mib", workingSetMib), ("--dirty-rate-mib-per-s", dirtyRateMibPerS),
      ("--cold-dirty-rate-mib-per-s", coldDirtyRateMibPerS), ("--rtt-ms", rttMs),
    ]
    for (name, value) in rates {
      if let value, !(value >= 0 && value < 1e9) {
        throw ValidationError("\(name) must not be negative: \(value)")
      }
    }
  }

  func answer(on console: Console) -> ExitStatus {
    var vm = VM(id: "vm", vCPUs: 1, memoryMiB: memoryMib)
    vm.memoryConsumedMiB = memoryUsedMib
    vm.workingSetMiB = workingSetMib
    vm.dirtyRateMiBPerSecond = dirtyRateMibPerS
    vm.coldDirtyRateMiBPerSecond = coldDirtyRateMibPerS
    vm.maxDowntimeMilliseconds = maxDowntimeMs
    vm.hasLocalDisk = localDiskGib.map { _ in true }
    vm.diskUsedGiB = localDiskGib
    let table = TechniqueTable(vm: vm, gbps: linkGbps, roundTripMilliseconds: rttMs, platform: platform)
    let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
    console.answer(EstimateReport(table).text(layout: layout))
    return table.chosen == nil ? .no : .answered
  }
}
