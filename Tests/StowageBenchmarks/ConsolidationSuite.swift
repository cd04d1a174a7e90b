import ArgumentParser
import StowageKit

/// Whole plans for generated fleets: hosts against their bound, and the time of all steps.
struct ConsolidationSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consolidation",
    abstract: "Plans generated fleets, or a given inventory, from placement to verdict.")

  @Option(parsing: .upToNextOption, help: "Hosts of the generated fleets.")
  var sizes: [Int] = [50, 200]

  @Option(parsing: .upToNextOption, help: "Seeds.")
  var seeds: [UInt64] = [1, 2, 3]

  @Option(help: "Plan this inventory instead of generated ones.")
  var inventory: String?

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 60.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    if let inventory {
      guard let read = InventoryReader.read(inventory).inventory else { throw ExitCode(3) }
      measurements.append(try measure(inventory, read, seed: 1))
    } else {
      for size in sizes {
        for seed in seeds {
          let fleet = GeneratedFleet(hosts: size, seed: seed).inventory
          measurements.append(try measure("F\(size)-\(seed)", fleet, seed: seed))
        }
      }
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  private func measure(_ name: String, _ fleet: Inventory, seed: UInt64) throws -> Measurement {
    let request = PlanRequest(goal: .consolidate, timeLimitSeconds: timeLimit, seed: seed)
    var (answer, measurement) = try Measurement.of { try Planner().plan(fleet, request) }
    measurement.name = name
    measurement.extra = [("hosts", String(fleet.hosts.count)), ("vms", String(fleet.vms.count))]
    if case .planned(let planned) = answer {
      let hosts = planned.plan.objectives.first { $0.name == .hostsOn }
      measurement.value = hosts?.value
      measurement.lowerBound = hosts?.lowerBound
      measurement.extra += [
        ("moves", String(planned.plan.moves.count)),
        ("makespan_s", String(planned.plan.schedule.makespanSeconds)),
        ("makespan_bound_s", String(planned.plan.schedule.lowerBoundSeconds)),
      ]
    }
    return measurement
  }
}
