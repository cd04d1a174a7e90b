import ArgumentParser
import Foundation
import StowageKit

/// Overloaded hosts to relieve with the fewest moves.
struct OverloadSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overload",
    abstract: "Relieves overloaded hosts of generated fleets, or of a peer's problem, with the fewest moves.")

  @Option(parsing: .upToNextOption, help: "Hosts of the generated fleets.")
  var sizes: [Int] = [100, 300, 1000]

  @Option(parsing: .upToNextOption, help: "Seeds.")
  var seeds: [UInt64] = [11, 12, 13]

  @Option(
    help: ArgumentHelp(
      "A peer's problem instead: {\"cap\": [cpus, GiB], \"hosts\": n, \"off\": [host, …], \"vms\": [[cpus, GiB, host], …]}.",
      valueName: "file"))
  var peerJson: String?

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 60.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    func measure(_ name: String, _ fleet: Inventory, _ options: PlanOptions, seed: UInt64) throws {
      let request = PlanRequest(goal: .repair, options: options, timeLimitSeconds: timeLimit, seed: seed)
      measurements.append(try EvacuationSuite.measure(name, fleet, request))
      if format == .text { print(measurements[measurements.count - 1].text) }
    }
    if let peerJson {
      let problem = try JSONDecoder().decode(
        PeerProblem.self, from: Data(contentsOf: URL(fileURLWithPath: peerJson)))
      try measure(URL(fileURLWithPath: peerJson).lastPathComponent, problem.inventory, PlanOptions(), seed: 1)
    } else {
      for size in sizes {
        for seed in seeds {
          try measure(
            "O\(size)-\(seed)", GeneratedRoom(hosts: size, seed: seed).overloaded(), PlanOptions(), seed: seed
          )
        }
      }
    }
    if format == .json { Measurement.show(measurements, asJSON: true) }
  }
}
