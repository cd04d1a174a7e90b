import GLPKBackend
import StowageFleet
import StowageKit
import StowagePlacement

/// Places the VMs of a trace on equal hosts with the planner's engine, sized in one way or another.
struct TracePacking {
  /// How VMs are sized.
  enum Sizing: String, CaseIterable {
    /// The vCPUs and the memory that they are given.
    case allocation
    /// Their highest sample.
    case peak
    /// The highest sum that the VMs of a host reach together in any hour of the week.
    case coincidentPeak = "coincident-peak"
    /// Their 95th percentile, whatever the hour.
    case p95
    /// As `plan --cpu mhz --utilisation` does: by the hour, no VM above its 95th percentile.
    case coincidentP95 = "coincident-p95"
  }

  /// Where every VM ends, by host, and what the first objective came to.
  struct Packing {
    let placement: [Int]
    let value: Double
    let lowerBound: Double?
    let moves: Int
  }

  let machines: [TraceFiles.Machine]
  let hosts: Int
  let cores: Double
  let clockMHz: Double
  let memoryMiB: Double
  let seed: UInt64
  let timeLimit: Double
  var goal = Goal.consolidate
  /// Most moves; any number where `nil`.
  var maxMoves: Int?

  /// The host of each VM at the start: dealt out in turn.
  var start: [Int] { machines.indices.map { $0 % hosts } }

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
      try place(Self.measured) { machine, vm in
        vm.cpuMHzP95 = machine.cpuMaxMHz
        vm.cpuMHzByHour = WeekProfile(hours: machine.profile.map(Double.init))
      }
    case .coincidentP95:
      try place(Self.measured) { machine, vm in
        vm.cpuMHzP95 = machine.cpuP95MHz
        vm.cpuMHzByHour = WeekProfile(hours: machine.profile.map(Double.init))
      }
    }
  }

  private static let measured = PlanOptions(sizing: SizingOptions(cpu: .mhz, memory: .active))

  /// What the goal lowers first.
  private var objective: Objective.Name { goal == .balance ? .maxUtilisation : .hostsOn }

  private func place(
    _ options: PlanOptions, _ size: (TraceFiles.Machine, inout VM) -> Void
  ) throws -> Packing? {
    let names = (0..<hosts).map { number in Host.ID("host-\(number + 100)") }
    let inventory = Inventory(
      hosts: names.map { name in
        var host = Host(id: name, cores: cores, memoryMiB: memoryMiB)
        host.cpuMHz = clockMHz
        return host
      },
      vms: zip(machines, start).map { machine, host in
        var vm = VM(
          id: VM.ID(machine.name), vCPUs: machine.cores, memoryMiB: machine.memoryMiB, host: names[host])
        vm.memoryActiveP95MiB = machine.memoryP95MiB
        size(machine, &vm)
        return vm
      })
    var options = options
    options.maxMoves = maxMoves
    let fleet = Fleet(inventory, options: options)
    let engine = PlacementEngine(
      fleet: fleet, solver: GLPKSolver(), options: PlacementOptions(timeLimitSeconds: timeLimit, seed: seed))
    guard case .placed(let result) = try engine.answer(goal),
      let first = result.objectives.first(where: { $0.name == objective })
    else { return nil }
    let hostOfVM = Dictionary(
      zip(fleet.vms.map(\.id.rawValue), result.placement), uniquingKeysWith: { a, _ in a })
    let placement = machines.map { hostOfVM[$0.name] ?? 0 }
    return Packing(
      placement: placement, value: first.value, lowerBound: first.lowerBound,
      moves: zip(placement, start).count { $0 != $1 })
  }
}
