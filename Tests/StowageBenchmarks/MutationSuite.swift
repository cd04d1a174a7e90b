import ArgumentParser
import Foundation
import StowageKit
import StowageTestSupport

/// Reads damaged copies of files and looks for crashes, hangs and memory without end.
struct MutationSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutations",
    abstract: "Reads damaged copies of every file below a folder, each file in a process of its own.",
    discussion: """
      Exit status 1 if a process crashed, took longer than --seconds for its copies, or more than \
      --mebibytes of memory. The last copy tried is named.
      """)

  @Option(help: "Damaged copies of each file.")
  var count = 200

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Option(help: "CPU seconds for all copies of one file.")
  var seconds = 120

  @Option(help: "MiB of memory for one file.")
  var mebibytes = 1024.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  @Argument(help: "Folder with sound files, or one of them.")
  var path: String

  func run() throws {
    var measurements: [Measurement] = []
    var isClean = true
    for file in files() {
      let child = Process()
      let output = Pipe()
      child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      child.arguments = [
        "mutate", "--count", String(count), "--seed", String(seed), "--seconds", String(seconds), file,
      ]
      child.standardOutput = output
      let start = Date()
      try child.run()
      child.waitUntilExit()
      let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let peak = Double(said.split(separator: "\n").last ?? "") ?? 0
      let isSound =
        child.terminationStatus == 0 && child.terminationReason == .exit && peak <= mebibytes
      isClean = isClean && isSound
      var measurement = Measurement(
        name: file, value: Double(count), cpuSeconds: 0, wallSeconds: Date().timeIntervalSince(start),
        peakMiB: peak)
      measurement.extra = [("sound", isSound ? "true" : "false")]
      if !isSound {
        FileHandle.standardError.write(
          Data("\(file): failed (status \(child.terminationStatus)) after \(said)\n".utf8))
      }
      measurements.append(measurement)
    }
    Measurement.show(measurements, asJSON: format == .json)
    if !isClean { throw ExitCode(1) }
  }

  private func files() -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: path) else { return [path] }
    let below = walk.compactMap { $0 as? String }.map { "\(path)/\($0)" }.filter { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && !isFolder.boolValue
    }
    return below.isEmpty ? [path] : below.sorted()
  }
}

/// The copies of one file.
struct MutateOne: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate", abstract: "Reads damaged copies of one file.", shouldDisplay: false)

  @Option var count = 200
  @Option var seed: UInt64 = 1
  @Option var seconds = 120
  @Argument var file: String

  func run() throws {
    // The kernel ends a copy that is read for ever; the wall clock would end one that waits its turn.
    var limit = rlimit(rlim_cur: rlim_t(seconds), rlim_max: rlim_t(seconds))
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    let folder = NSTemporaryDirectory() + "stowage-mutations-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = "\(folder)/\(URL(fileURLWithPath: file).lastPathComponent)"
    var mutations = Mutations(seed: seed)
    for number in 1...max(1, count) {
      let (what, damaged) = mutations.next(bytes)
      try Data(damaged).write(to: URL(fileURLWithPath: copy))
      let result = InventoryReader.read(copy)
      if result.inventory == nil, !result.log.hasErrors {
        print("copy \(number), \(what): neither an inventory nor an error")
        throw ExitCode(1)
      }
      _ = UtilisationReader.read([copy])
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print(Double(usage.ru_maxrss) / 1024)
  }
}
