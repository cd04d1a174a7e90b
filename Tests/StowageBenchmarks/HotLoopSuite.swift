import ArgumentParser
import StowagePlacement
import StowageTestSupport

/// How many changes a second the balancing engine tries.
struct HotLoopSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hot-loop",
    abstract: "Counts the changes that the balancing engine tries in a CPU second.",
    discussion: "Without files a generated problem: 100 machines, 5000 processes, 12 resources.")

  @Argument(help: "A model and an assignment of the ROADEF/EURO challenge of 2012.")
  var files: [String] = []

  @Option(help: "CPU seconds for each case.")
  var seconds = 3.0

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    guard files.isEmpty || files.count == 2 else { throw ValidationError("give a model and an assignment") }
  }

  func run() throws {
    let problem =
      files.isEmpty
      ? GeneratedReassignment(seed: seed).problem
      : Reassignment(try ChallengeText.read(model: files[0], assignment: files[1]))
    var measurements: [Measurement] = []
    let mixtures: [(name: String, mixture: ReassignmentAnnealing.Mixture)] = [
      ("shifts", .init(shift: 256)), ("swaps", .init(shift: 0)), ("chains", .init(chain: 256)),
      ("the usual mixture", .init()),
    ]
    for (name, mixture) in mixtures {
      let started = Measurement.cpuSecondsNow()
      var (result, measurement) = Measurement.of {
        ReassignmentAnnealing(problem, mixture: mixture).run(
          seed: seed, budget: .seconds(seconds) { Measurement.cpuSecondsNow() - started })
      }
      measurement.name = name
      measurement.value = Double(result.evaluations) / measurement.cpuSeconds
      measurement.extra = [("evaluations", String(result.evaluations))]
      measurements.append(measurement)
    }
    Measurement.show(measurements, asJSON: format == .json)
  }
}

/// A problem of the size at which the engine's speed is quoted.
struct GeneratedReassignment {
  let seed: UInt64
  private static let machines = 100
  private static let processes = 5000
  private static let resources = 12

  /// Machines half full of processes whose needs differ a thousandfold, every tenth process with a
  /// sibling on another machine.
  var problem: Reassignment {
    var random = SplitMix(state: seed)
    let needs = (0..<Self.processes).map { _ in
      (0..<Self.resources).map { _ in Int64(1000.0 / (0.001 + random.unit())) }
    }
    let start = (0..<Self.processes).map { $0 % Self.machines }
    var used = [[Int64]](
      repeating: Array(repeating: 0, count: Self.resources), count: Self.machines)
    for (process, machine) in start.enumerated() {
      for resource in 0..<Self.resources { used[machine][resource] += needs[process][resource] }
    }
    let room = (0..<Self.resources).map { resource in 2 * (used.map { $0[resource] }.max() ?? 0) }
    let mean = (0..<Self.resources).map { resource in
      used.reduce(0) { $0 + $1[resource] } / Int64(Self.machines)
    }
    return Reassignment(
      resources: (0..<Self.resources).map { .init(isTransient: $0 % 3 == 2, loadWeight: 10) },
      machines: (0..<Self.machines).map {
        .init(
          neighbourhood: $0 % 5, location: $0 % 10, capacity: room, safetyCapacity: mean,
          moveCost: Array(repeating: 1, count: Self.machines))
      },
      services: Array(repeating: .init(), count: Self.processes),
      processes: (0..<Self.processes).map { process in
        .init(service: process % 10 == 9 ? process - 1 : process, requirement: needs[process], moveCost: 1)
      },
      moveWeights: .init(process: 1, service: 10, machine: 100), start: start)
  }
}
