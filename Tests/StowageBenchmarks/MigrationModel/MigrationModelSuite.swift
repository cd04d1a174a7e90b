import ArgumentParser
import Foundation
import StowageKit

/// The cost model against migrations that were made.
struct MigrationModelSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migration-model",
    abstract: "Predicts measured migrations from what is known before them, and prints the errors.",
    discussion: """
      Reads CSV files of the live lab (input columns technique, mem_mib, fill_mib, ws_mib, pattern, rate_pps, bw_mibs, \
      link_mibs, dt_limit_ms; measured columns may be empty), folders of Grid'5000 plans, and JSON files of the OSIC runs. \
      With --vms it times forecasts of as many VMs by all four techniques instead.
      """)

  @Argument(help: "Files and folders of measured migrations.")
  var measured: [String] = []

  @Option(help: "Forecast so many generated VMs by four techniques, and measure the time.")
  var vms: Int?

  @Option(help: "Seed of the generated VMs.")
  var seed: UInt64 = 1

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    if measured.isEmpty, vms == nil { throw ValidationError("give a measured CSV, or --vms COUNT") }
    if let vms, vms < 1 { throw ValidationError("--vms must be above 0, not \(vms)") }
  }

  func run() throws {
    if let vms {
      Measurement.show([ForecastSpeed(vms: vms, seed: seed).measure()], asJSON: format == .json)
      return
    }
    let predictions: [Prediction]
    do {
      predictions = try measured.flatMap { try MeasuredFiles.predictions(at: $0) }
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      throw ExitCode(3)
    }
    switch format {
    case .json:
      print("[\n" + predictions.map { "  " + $0.json }.joined(separator: ",\n") + "\n]")
    case .text:
      for (group, members) in Dictionary(grouping: predictions, by: \.group).sorted(by: { $0.key < $1.key }) {
        print(PredictionErrors(group, members).text)
      }
      print(PredictionErrors("all", predictions).text)
    }
  }
}
