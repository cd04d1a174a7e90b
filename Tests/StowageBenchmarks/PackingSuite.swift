import ArgumentParser
import Foundation
import GLPKBackend
import StowagePlacement

/// Published vector bin packing problems against their known optima.
struct PackingSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vector-bin-packing",
    abstract: "Packs equal bins of several dimensions: published problems against their known optima.",
    discussion: """
      Reads .vbp files: the number of dimensions, the capacities, the number of items, then a line for \
      each with its sizes and how many there are. Every packing is checked against the file.

      A table of known optima has the columns instance_name, LB, OPT (-1 for unknown) and best_overall, \
      parted by tabs; Panigrahy_known.tsv holds for files below a folder whose name begins with Panigrahy.

      Examples:
        stowage-bench vector-bin-packing instances --known Panigrahy_known.tsv New_known.tsv --most-items 250
      """)

  @Argument(help: "Files, or folders that are searched for them.")
  var paths: [String]

  @Option(parsing: .upToNextOption, help: "Tables of known optima.")
  var known: [String] = []

  @Flag(help: "Only problems with a known optimum.")
  var onlyKnown = false

  @Option(help: "Only problems with so many items at most.")
  var mostItems: Int?

  @Option(help: "Every so many problems one, to sample them.")
  var step = 1

  @Option(help: "Seconds for each problem.")
  var timeLimit = 30.0

  @Option(help: "Seed of the search.")
  var seed: UInt64 = 1

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    guard step > 0 else { throw ValidationError("--step must be 1 or more, not \(step)") }
    guard timeLimit > 0 else { throw ValidationError("--time-limit must be above 0, not \(timeLimit)") }
  }

  func run() throws {
    let tables = try known.map(KnownOptima.init)
    var tally = Tally()
    var measurements: [Measurement] = []
    let files = try Self.files(paths).enumerated().filter { $0.offset % step == 0 }.map(\.element)
    for file in files {
      let record = tables.compactMap { $0.record(of: file) }.first
      if onlyKnown, record?.optimum == nil { continue }
      let problem = try PackingFile.read(file)
      if let mostItems, problem.items.reduce(0, { $0 + $1.count }) > mostItems { continue }
      let measurement = try measure(file, problem, record, &tally)
      measurements.append(measurement)
      if format == .text { print(measurement.text) }
    }
    if format == .json { Measurement.show(measurements, asJSON: true) } else { print(tally.text) }
  }

  private func measure(
    _ file: String, _ problem: VectorPacking, _ record: KnownOptima.Record?, _ tally: inout Tally
  ) throws -> Measurement {
    var (answer, measurement) = try Measurement.of {
      try problem.answer(
        solver: GLPKSolver(), options: PlacementOptions(timeLimitSeconds: timeLimit, seed: seed))
    }
    guard PackingFile.isPacked(answer, problem) else {
      throw PackingFile.Flaw(file: file, what: "the packing found is none")
    }
    measurement.name = file
    measurement.value = Double(answer.bins.count)
    measurement.lowerBound = Double(answer.lowerBound)
    measurement.extra = [("dimensions", String(problem.capacity.count))]
    if let optimum = record?.optimum { measurement.extra.append(("known_optimum", String(optimum))) }
    if let best = record?.bestHeuristic { measurement.extra.append(("best_heuristic", String(best))) }
    tally.count(answer, record, measurement.cpuSeconds)
    return measurement
  }

  private static func files(_ paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw PackingFile.Flaw(file: path, what: "no such file or folder")
      }
      if isFolder.boolValue {
        let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        files += below.filter { $0.hasSuffix(".vbp") }.map { path + "/" + $0 }
      } else {
        files.append(path)
      }
    }
    return files.sorted()
  }

  /// What became of all problems together.
  private struct Tally {
    private var problems = 0
    private var proved = 0
    private var known = 0
    private var reached = 0
    private var worstOver = 0
    private var worseThanHeuristic = 0
    private var seconds: [Double] = []

    mutating func count(_ answer: VectorPackingAnswer, _ record: KnownOptima.Record?, _ cpuSeconds: Double) {
      problems += 1
      seconds.append(cpuSeconds)
      if answer.bins.count == answer.lowerBound { proved += 1 }
      if let optimum = record?.optimum {
        known += 1
        if answer.bins.count <= optimum { reached += 1 }
        worstOver = max(worstOver, answer.bins.count - optimum)
      }
      if let best = record?.bestHeuristic, answer.bins.count > best { worseThanHeuristic += 1 }
    }

    var text: String {
      let mean = seconds.reduce(0, +) / Double(max(1, seconds.count))
      return
        "\(problems) problems, \(proved) proved optimal; known optimum reached on \(reached) of \(known), "
        + "at most \(worstOver) over; worse than the best published heuristic on \(worseThanHeuristic); "
        + String(format: "CPU mean %.2f s, most %.1f s", mean, seconds.max() ?? 0)
    }
  }
}
