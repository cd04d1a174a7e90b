import ArgumentParser
import StowageKit

/// Hosts to empty in generated fleets: moves against their bound.
struct EvacuationSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evacuation",
    abstract: "Empties hosts of generated fleets: moves against their bound, and the time of all steps.")

  @Option(
    parsing: .upToNextOption,
    help: "Hosts of the generated fleets. (default: 100, 300; with --distinct 100, 333)")
  var sizes: [Int] = []

  @Option(parsing: .upToNextOption, help: "How full the fleets are, in per cent.")
  var loads: [Int] = [80, 85, 90]

  @Option(parsing: .upToNextOption, help: "Hosts to empty, in per cent.")
  var drains: [Int] = [5, 10]

  @Option(parsing: .upToNextOption, help: "Seeds.")
  var seeds: [UInt64] = [11, 12, 13, 14, 15]

  @Flag(help: "Every VM of its own size, in fleets of 600 and 2000 VMs.")
  var distinct = false

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 60.0

  @Option(help: "Threads that search.")
  var threads = 1

  @Option(help: "Seed of the search; that of the fleet by default.")
  var seed: UInt64?

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    for size in sizes.isEmpty ? [100, distinct ? 333 : 300] : sizes {
      for load in loads {
        for drain in drains {
          for seed in seeds {
            let room = GeneratedRoom(hosts: size, seed: seed)
            let fleet = room.filled(to: Double(load) / 100, isDistinct: distinct)
            let options = PlanOptions(hosts: room.drained(Double(drain) / 100))
            var request = PlanRequest(
              goal: .evacuate, options: options, timeLimitSeconds: timeLimit, seed: self.seed ?? seed)
            request.threads = threads
            let name = "\(distinct ? "D" : "E")\(size)-\(load)-\(drain)-\(seed)"
            measurements.append(try Self.measure(name, fleet, request))
            if format == .text { print(measurements[measurements.count - 1].text) }
          }
        }
      }
    }
    if format == .json { Measurement.show(measurements, asJSON: true) }
  }

  /// Plans, and measures the number of moves.
  static func measure(_ name: String, _ fleet: Inventory, _ request: PlanRequest) throws -> Measurement {
    var (answer, measurement) = try Measurement.of { try Planner().plan(fleet, request) }
    measurement.name = name
    measurement.extra = [("hosts", String(fleet.hosts.count)), ("vms", String(fleet.vms.count))]
    switch answer {
    case .planned(let planned):
      let moves = planned.plan.objectives.first { $0.name == .moves }
      measurement.value = moves?.value
      measurement.lowerBound = moves?.lowerBound
      measurement.extra += [
        ("must_move", String(fleet.vms.count { $0.host.map(Set(request.options.hosts).contains) ?? false })),
        ("moved_mib", String(planned.plan.objectives.first { $0.name == .movedMiB }?.value ?? 0)),
      ]
    case .noPlan(let noPlan):
      if case .infeasible = noPlan.finding {
        measurement.extra.append(("infeasible", "true"))
      } else {
        measurement.extra.append(("undecided", "true"))
      }
    }
    return measurement
  }
}
