import ArgumentParser
import Foundation
import StowageKit

/// Reading and checking a native inventory of many VMs.
struct ReadSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Reads and checks a native CSV folder; figures are of one process, all threads.")

  @Option(help: "Hosts of the generated fleet; about ten VMs each.")
  var hosts = 11_500

  @Option(help: "Seed of the generated fleet.")
  var seed: UInt64 = 1

  @Option(help: "Read this inventory instead of a generated one.")
  var inventory: String?

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    let folder =
      inventory ?? NSTemporaryDirectory() + "stowage-bench-\(ProcessInfo.processInfo.processIdentifier)"
    if inventory == nil { try generate(folder) }
    defer { if inventory == nil { try? FileManager.default.removeItem(atPath: folder) } }
    var measurements: [Measurement] = []
    for attempt in 1...3 {
      var (result, measurement) = Measurement.of { InventoryReader.read(folder) }
      guard let read = result.inventory else { throw ExitCode(3) }
      measurement.name = "read-\(attempt)"
      measurement.value = Double(read.vms.count)
      measurement.extra = [("hosts", String(read.hosts.count)), ("rules", String(read.rules.count))]
      measurements.append(measurement)
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  /// In a process of its own, so that the peak of memory is that of reading.
  private func generate(_ folder: String) throws {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    child.arguments = ["write-fleet", "--hosts", String(hosts), "--seed", String(seed), folder]
    try child.run()
    child.waitUntilExit()
    guard child.terminationStatus == 0 else { throw ExitCode(child.terminationStatus) }
  }
}

/// Writes a generated fleet in native form.
struct WriteFleet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write-fleet", abstract: "Writes a generated fleet as a native CSV folder.")

  @Option(help: "How many hosts; about ten VMs each.")
  var hosts = 200

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Argument(help: "Folder to write.")
  var folder: String

  func run() throws {
    let (path, files) = NativeFiles.files(GeneratedFleet(hosts: hosts, seed: seed).inventory, for: folder)
    try OutputFolder(path).write(files)
  }
}
