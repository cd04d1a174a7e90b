import ArgumentParser
import GLPKBackend
import StowageCalendar
import StowageKit
import StowageTestSupport

/// Nights of moves to another site: small cases against every assignment, and generated sites against their bound.
struct WaveSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waves",
    abstract:
      "Moves sites by the calendar: small cases against every assignment, generated ones against their bound."
  )

  @Option(help: "Small cases, of up to 12 units and 4 nights, each held against every assignment.")
  var cases = 200

  @Option(
    parsing: .upToNextOption, help: "Seeds of generated fleets of 5000 VMs in 600 applications at 3 sites.")
  var seeds: [UInt64] = [11, 12, 13]

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 60.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    if cases > 0 { measurements.append(try small()) }
    for seed in seeds {
      measurements.append(try large(seed))
      if format == .text { print(measurements[measurements.count - 1].text) }
    }
    if format == .json { Measurement.show(measurements, asJSON: true) }
  }

  /// How many of the cases have other nights or other traffic than the best of all assignments.
  private func small() throws -> Measurement {
    var different = 0
    var (_, measurement) = try Measurement.of {
      for seed in 0..<UInt64(cases) {
        let sample = SmallNights(seed: 1000 + seed, units: 4 + Int(seed % 9), nights: 3 + Int(seed % 2))
        var planner = NightPlanner(sample.problem, bound: sample.bound, solver: GLPKSolver(), seed: 1)
        let best = sample.best
        if case .assigned(let found) = try planner.outcome() {
          let isSame = best.map { $0.nights == found.nights && abs($0.traffic - found.traffic) < 1e-6 }
          if isSame != true { different += 1 }
        } else if best != nil {
          different += 1
        }
      }
    }
    measurement.name = "small"
    measurement.value = Double(different)
    measurement.lowerBound = 0
    measurement.extra = [("cases", String(cases))]
    if format == .text { print(measurement.text) }
    return measurement
  }

  private func large(_ seed: UInt64) throws -> Measurement {
    let sites = GeneratedSites(seed: seed)
    let request = PlanRequest(
      goal: .colocate, options: sites.options, timeLimitSeconds: timeLimit, isDeterministic: true)
    let fleet = sites.inventory
    var (answer, measurement) = try Measurement.of { try Planner().plan(fleet, request) }
    measurement.name = "S5000-\(seed)"
    if case .planned(let planned) = answer {
      let nights = planned.plan.objectives.first { $0.name == .waveNights }
      measurement.value = nights?.value
      measurement.lowerBound = nights?.lowerBound
      let schedule = planned.plan.schedule
      measurement.extra = [
        ("moves", String(planned.plan.moves.count)), ("makespan_s", String(schedule.makespanSeconds)),
        ("makespan_bound_s", String(schedule.lowerBoundSeconds)),
        ("split_traffic", String(planned.plan.objectives.first { $0.name == .splitTraffic }?.value ?? 0)),
      ]
    } else {
      measurement.extra = [("undecided", "true")]
    }
    return measurement
  }
}
