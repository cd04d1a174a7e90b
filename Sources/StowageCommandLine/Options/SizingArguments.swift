public import ArgumentParser
public import StowageKit

/// How demands and capacities are counted.
struct SizingArguments: ParsableArguments {
  @Option(help: "Count CPU as allocated vCPUs or measured MHz.")
  var cpu = CPUCounting.vcpu

  @Option(help: "Count memory as configured or active.")
  var memory = MemoryCounting.configured

  @Option(help: ArgumentHelp("vCPUs per core on hosts that state no ratio.", valueName: "ratio"))
  var cpuOvercommit = 1.0

  @Option(help: ArgumentHelp("Part of each host's CPU to keep free.", valueName: "percent"))
  var cpuHeadroom = 0.0

  @Option(help: ArgumentHelp("Part of each host's memory to keep free.", valueName: "percent"))
  var memoryHeadroom = 0.0

  func validate() throws {
    guard cpuOvercommit > 0, cpuOvercommit <= 1000 else {
      throw ValidationError("--cpu-overcommit must lie above 0 and at most at 1000, not \(cpuOvercommit)")
    }
    for (name, value) in [("cpu", cpuHeadroom), ("memory", memoryHeadroom)] where !(0..<100).contains(value) {
      throw ValidationError("--\(name)-headroom must be 0 or more and below 100 percent, not \(value)")
    }
  }

  var sizing: SizingOptions {
    SizingOptions(
      cpu: cpu, memory: memory, defaultCPUOvercommitRatio: cpuOvercommit, cpuHeadroomPercent: cpuHeadroom,
      memoryHeadroomPercent: memoryHeadroom)
  }
}

extension CPUCounting: ExpressibleByArgument {}
extension MemoryCounting: ExpressibleByArgument {}
extension Platform: ExpressibleByArgument {}
extension Goal: ExpressibleByArgument {}
extension HostObjective: ExpressibleByArgument {}
extension Technique: ExpressibleByArgument {}
