import GLPKBackend
import StowageFleet
import StowageKit
import StowagePlacement

/// Packs the VMs of a trace onto equal hosts with the planner's engine, sized in one way or another.
struct TracePacking {
  /// How VMs are sized.
  enum Sizing: String, CaseIterable {
    /// The vCPUs and the memory that they are given.
    case allocation
    /// Their highest sample.
    case peak
    /// The highest sum that the VMs of a host reach together in any hour of the week.
    case coincidentPeak = "coincident-peak"
    /// Their 95th percentile.
    case p95
  }

  /// Where every VM ends, by host, and what is proved about the number of hosts.
  struct Packing {
    let placement: [Int]
    let hosts: Double
    let lowerBound: Double?
  }

  let machines: [TraceFiles.Machine]
  let hosts: Int
  let cores: Double
  let clockMHz: Double
  let memoryMiB: Double
  let seed: UInt64
  let timeLimit: Double

  /// What a host's CPU gives, in MHz.
  var capacityMHz: Double { cores * clockMHz }

  /// The packing for one sizing; `nil` when the engine found none.
  func pack(_ sizing: Sizing) throws -> Packing? {
    switch sizing {
    case .allocation:
      try place(PlanOptions()) { _, _ in }
    case .p95:
      try place(Self.measured) { machine, vm in vm.cpuMHzP95 = machine.cpuP95MHz }
    case .peak:
      try place(Self.measured) { machine, vm in vm.cpuMHzP95 = machine.cpuMaxMHz }
    case .coincidentPeak:
      try packByCoincidentPeaks()
    }
  }

  private static let measured = PlanOptions(sizing: SizingOptions(cpu: .mhz, memory: .active))

  /// Sizes VMs by their peak in each of four parts of the week, each part a resource of its own to the
  /// engine: hosts packed so hold every hour, because the sum of the peaks of a part is at least the peak
  /// of the sum. It is more than that by as much as the hours of a part differ, so the peaks are scaled
  /// down as far as every host's summed profile, all 168 hours of it, still fits.
  private func packByCoincidentPeaks() throws -> Packing? {
    var best = try place(scale: 1)
    var (holds, fails) = (1.0, 0.4)
    for _ in 0..<6 {
      let scale = (holds + fails) / 2
      if let found = try place(scale: scale), fits(found.placement) {
        (best, holds) = (found, scale)
      } else {
        fails = scale
      }
    }
    return best
  }

  /// Whether the summed profile of every host lies within its CPU in each hour of the week.
  func fits(_ placement: [Int]) -> Bool {
    TraceReplay.sums(machines, placement, \.profile).values.allSatisfy {
      ($0.max() ?? 0) <= Float(capacityMHz)
    }
  }

  private func place(scale: Double) throws -> Packing? {
    try place(Self.measured) { machine, vm in
      let parts = Self.parts(of: machine.profile).map { Double($0) * scale }
      vm.cpuMHzP95 = parts[0]
      vm.networkMbpsP95 = parts[1]
      vm.hasLocalDisk = true
      vm.diskUsedGiB = parts[2]
      vm.gpuCount = Int(parts[3].rounded(.up))
    }
  }

  /// The highest value in the days, evenings and nights of Monday to Friday, and at the weekend (UTC).
  private static func parts(of profile: [Float]) -> [Float] {
    var parts: [Float] = [0, 0, 0, 0]
    for (hour, value) in profile.enumerated() {
      let part = hour >= 120 ? 3 : (6..<17).contains(hour % 24) ? 0 : hour % 24 >= 17 ? 1 : 2
      parts[part] = max(parts[part], value)
    }
    return parts
  }

  private func place(
    _ options: PlanOptions, _ size: (TraceFiles.Machine, inout VM) -> Void
  ) throws -> Packing? {
    let names = (0..<hosts).map { number in Host.ID("host-\(number + 100)") }
    let inventory = Inventory(
      hosts: names.map { name in
        var host = Host(id: name, cores: cores, memoryMiB: memoryMiB)
        host.cpuMHz = clockMHz
        // The other parts of the week, in the units of the resources that stand for them.
        host.networkGbps = capacityMHz / 1000
        host.localDiskGiB = capacityMHz
        host.gpuCount = Int(capacityMHz)
        return host
      },
      vms: machines.enumerated().map { number, machine in
        var vm = VM(
          id: VM.ID(machine.name), vCPUs: machine.cores, memoryMiB: machine.memoryMiB,
          host: names[number % hosts])
        vm.memoryActiveP95MiB = machine.memoryP95MiB
        size(machine, &vm)
        return vm
      })
    let fleet = Fleet(inventory, options: options)
    let engine = PlacementEngine(
      fleet: fleet, solver: GLPKSolver(), options: PlacementOptions(timeLimitSeconds: timeLimit, seed: seed))
    guard case .placed(let result) = try engine.answer(.consolidate),
      let objective = result.objectives.first(where: { $0.name == .hostsOn })
    else { return nil }
    let hostOfVM = Dictionary(
      zip(fleet.vms.map(\.id.rawValue), result.placement), uniquingKeysWith: { a, _ in a })
    return Packing(
      placement: machines.map { hostOfVM[$0.name] ?? 0 }, hosts: objective.value,
      lowerBound: objective.lowerBound)
  }
}
