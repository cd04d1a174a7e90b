import ArgumentParser
import Foundation
import StowageKit

/// In which form a generated fleet is written.
enum FleetForm: String, CaseIterable, ExpressibleByArgument {
  /// Stowage's own tables.
  case native
  /// RVTools, a file for each tab.
  case rvtoolsCSV = "rvtools-csv"
  /// RVTools, one workbook.
  case rvtoolsWorkbook = "rvtools-xlsx"
}

/// Reading and checking an inventory of many VMs, or samples of many VMs.
struct ReadSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract:
      "Reads and checks an inventory, or a stream of samples; figures are of one process, all threads.",
    discussion: """
      Examples:
        stowage-bench read --hosts 11500
        stowage-bench read --form rvtools-csv --hosts 11500
        stowage-bench read --form rvtools-xlsx --hosts 2300
        stowage-bench read --utilisation --vms 10000 --days 30
      """)

  @Option(help: "Hosts of the generated fleet; about ten VMs each.")
  var hosts = 11_500

  @Option(help: "Seed of what is generated.")
  var seed: UInt64 = 1

  @Option(help: "Form of the generated fleet.")
  var form = FleetForm.native

  @Option(help: "Read this inventory (or with --utilisation, these samples) instead of a generated one.")
  var inventory: String?

  @Flag(help: "Read samples of many VMs instead of an inventory.")
  var utilisation = false

  @Option(help: "VMs with samples.")
  var vms = 10_000

  @Option(help: "Days of samples, one each 5 minutes.")
  var days = 30

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    let path = NSTemporaryDirectory() + "stowage-bench-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    Measurement.show(
      utilisation ? [try readSamples(path)] : try readInventories(path), asJSON: format == .json)
  }

  private func readInventories(_ path: String) throws -> [Measurement] {
    if inventory == nil {
      let child = try start([
        "write-fleet", "--hosts", String(hosts), "--seed", String(seed), "--form", form.rawValue, path,
      ])
      child.waitUntilExit()
      guard child.terminationStatus == 0 else { throw ExitCode(child.terminationStatus) }
    }
    return try (1...3).map { attempt in
      var (result, measurement) = Measurement.of { InventoryReader.read(inventory ?? path) }
      guard let read = result.inventory else { throw ExitCode(3) }
      measurement.name = "read-\(form.rawValue)-\(attempt)"
      measurement.value = Double(read.vms.count)
      measurement.extra = [("hosts", String(read.hosts.count)), ("rules", String(read.rules.count))]
      return measurement
    }
  }

  /// Samples come through a named pipe from a process of its own: a month of them is 4 GB.
  private func readSamples(_ path: String) throws -> Measurement {
    var child: Process?
    if inventory == nil {
      guard mkfifo(path, 0o600) == 0 else { throw ExitCode(3) }
      child = try start([
        "write-samples", "--vms", String(vms), "--days", String(days), "--seed", String(seed), path,
      ])
    }
    var (found, measurement) = Measurement.of { UtilisationReader.read([inventory ?? path]) }
    child?.waitUntilExit()
    measurement.name = "read-utilisation"
    measurement.value = Double(found.rows)
    measurement.extra = [
      ("vms", String(found.machines.count)),
      ("rows_per_cpu_s", String(Int(Double(found.rows) / max(0.001, measurement.cpuSeconds)))),
    ]
    return measurement
  }

  /// In a process of its own, so that the peak of memory is that of reading.
  private func start(_ arguments: [String]) throws -> Process {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    child.arguments = arguments
    try child.run()
    return child
  }
}

/// Writes a generated fleet.
struct WriteFleet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write-fleet", abstract: "Writes a generated fleet in native form or as an RVTools export.")

  @Option(help: "How many hosts; about ten VMs each.")
  var hosts = 200

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Option(help: "Form.")
  var form = FleetForm.native

  @Argument(help: "Folder or workbook to write.")
  var folder: String

  func run() throws {
    let inventory = GeneratedFleet(hosts: hosts, seed: seed).inventory
    switch form {
    case .native:
      let (path, files) = NativeFiles.files(inventory, for: folder)
      try OutputFolder(path).write(files)
    case .rvtoolsCSV: try RVToolsFleet(inventory: inventory).writeCSV(to: folder)
    case .rvtoolsWorkbook: try RVToolsFleet(inventory: inventory).writeWorkbook(to: folder)
    }
  }
}

/// Writes generated samples.
struct WriteSamples: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write-samples", abstract: "Writes generated samples as the native long table.")

  @Option(help: "How many VMs.")
  var vms = 100

  @Option(help: "How many days, a sample each 5 minutes.")
  var days = 7

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Argument(help: "File or named pipe to write.")
  var file: String

  func run() throws {
    if !FileManager.default.fileExists(atPath: file) {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
    }
    guard let handle = FileHandle(forWritingAtPath: file) else { throw ExitCode(3) }
    try GeneratedSamples(vms: vms, days: days, seed: seed).write(to: handle)
    try handle.close()
  }
}
