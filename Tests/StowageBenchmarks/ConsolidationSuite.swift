import ArgumentParser
import StowageKit

/// Hosts on against their bound, on generated fleets or given inventories.
struct ConsolidationSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consolidation",
    abstract: "Consolidates generated fleets, or given inventories.",
    discussion: """
      Measures the placement alone, from the inventory in memory to the first objective and its bound; \
      with --plans whole plans, from placement to verdict.

      Examples:
        stowage-bench consolidation --kinds flavor cont --sizes 100 500 --seeds 11 12 13
        stowage-bench consolidation --inventory fleet-a fleet-b --cpu mhz --format json
      """)

  @Option(parsing: .upToNextOption, help: "Kinds of the generated fleets: flavor, cont, big.")
  var kinds: [GeneratedFleet.Kind] = [.flavor]

  @Option(parsing: .upToNextOption, help: "Hosts of the generated fleets.")
  var sizes: [Int] = [50, 100, 200, 500, 1000]

  @Option(parsing: .upToNextOption, help: "Seeds of the generated fleets.")
  var seeds: [UInt64] = [11, 12, 13]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Consolidate these inventories instead of generated ones.", valueName: "path"))
  var inventory: [String] = []

  @Option(help: "How CPU is counted in given inventories: vcpu or mhz.")
  var cpu = "vcpu"

  @Option(help: "What hosts are counted in: hosts, power (W) or cost.")
  var objective = "hosts"

  @Option(help: "Seed of the search.")
  var seed: UInt64 = 1

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 60.0

  @Option(help: "Threads that search.")
  var threads = 1

  @Flag(help: "Whole plans with their moves, not placements alone.")
  var plans = false

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    guard CPUCounting(rawValue: cpu) != nil else {
      throw ValidationError("--cpu must be vcpu or mhz, not '\(cpu)'")
    }
    guard HostObjective(rawValue: objective) != nil else {
      throw ValidationError("--objective must be hosts, power or cost, not '\(objective)'")
    }
  }

  func run() throws {
    let counting = CPUCounting(rawValue: cpu) ?? .vcpu
    var measurements: [Measurement] = []
    for path in inventory {
      let (result, reading) = Measurement.of { InventoryReader.read(path) }
      guard let read = result.inventory else { throw ExitCode(3) }
      measurements.append(
        try measure(path, read, SizingOptions(cpu: counting), readSeconds: reading.cpuSeconds))
    }
    if inventory.isEmpty {
      for kind in kinds {
        for size in sizes {
          for seed in seeds {
            let fleet = GeneratedFleet(hosts: size, seed: seed, kind: kind)
            let name = "\(kind.rawValue)-\(size)-\(seed)"
            measurements.append(try measure(name, fleet.inventory, fleet.sizing))
          }
        }
      }
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  private func measure(
    _ name: String, _ fleet: Inventory, _ sizing: SizingOptions, readSeconds: Double? = nil
  ) throws -> Measurement {
    var request = PlanRequest(
      goal: .consolidate,
      options: PlanOptions(sizing: sizing, objective: HostObjective(rawValue: objective) ?? .hosts),
      timeLimitSeconds: timeLimit, seed: seed)
    request.threads = threads
    var measurement = plans ? try plan(fleet, request) : try place(fleet, request)
    measurement.name = name
    measurement.extra =
      [("hosts", String(fleet.hosts.count)), ("vms", String(fleet.vms.count))] + measurement.extra
    if let readSeconds { measurement.extra.append(("read_cpu_s", String(readSeconds))) }
    return measurement
  }

  private func place(_ fleet: Inventory, _ request: PlanRequest) throws -> Measurement {
    var (outline, measurement) = try Measurement.of { try PlacementOutline(fleet, request) }
    if let objective = outline.objectives.first(where: { $0.name == request.options.objective.name }) {
      measurement.value = objective.value
      measurement.lowerBound = objective.lowerBound
    }
    return measurement
  }

  private func plan(_ fleet: Inventory, _ request: PlanRequest) throws -> Measurement {
    var (answer, measurement) = try Measurement.of { try Planner().plan(fleet, request) }
    guard case .planned(let planned) = answer else { return measurement }
    let objectives = planned.plan.objectives
    let hosts = objectives.first { $0.name == request.options.objective.name }
    measurement.value = hosts?.value
    measurement.lowerBound = hosts?.lowerBound
    if let moved = objectives.first(where: { $0.name == .movedMiB }) {
      let memory = fleet.vms.reduce(0) { $0 + $1.memoryMiB }
      measurement.extra.append(("moved_percent", String(100 * moved.value / memory)))
      if let bound = moved.lowerBound {
        measurement.extra.append(("moved_bound_percent", String(100 * bound / memory)))
      }
    }
    measurement.extra += [
      ("moves", String(planned.plan.moves.count)),
      ("makespan_s", String(planned.plan.schedule.makespanSeconds)),
      ("makespan_bound_s", String(planned.plan.schedule.lowerBoundSeconds)),
    ]
    return measurement
  }
}

extension GeneratedFleet.Kind: ExpressibleByArgument {}
