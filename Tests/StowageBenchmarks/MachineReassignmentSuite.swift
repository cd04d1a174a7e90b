import ArgumentParser
import Foundation
import StowagePlacement
import StowageTestSupport

/// One problem of the ROADEF/EURO challenge of 2012, solved for so many CPU seconds and judged by a
/// checker that knows nothing of the engine.
struct MachineReassignmentSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machine-reassignment",
    abstract: "Solves a machine reassignment problem of the ROADEF/EURO challenge of 2012.",
    discussion: """
      MODEL and ASSIGNMENT are plain text, as the challenge publishes them (unpack first). The value is \
      what the checker counts; figures are of one thread.
      """)

  @Argument(help: "The model: resources, machines, services, processes, costs.")
  var model: String

  @Argument(help: "The machine of each process today.")
  var assignment: String

  @Option(help: "CPU seconds to search.")
  var seconds = 60.0

  @Option(help: "Try so many changes instead: the same answer on any machine.")
  var evaluations: Int?

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Option(help: "Write the new assignment here: one line of machine numbers.")
  var out: String?

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    guard seconds > 0, evaluations ?? 1 > 0 else {
      throw ValidationError("the time and the number of changes must be above zero")
    }
  }

  func run() throws {
    let file = try ChallengeText.read(model: model, assignment: assignment)
    let problem = Reassignment(file)
    guard problem.isWithinRange else {
      throw ChallengeText.failure("\(model): an amount is too large; the engine holds amounts up to 2^29")
    }
    let checker = ChallengeChecker(file)
    try demandLegal(checker.violations(file.start), assignment)
    let started = Measurement.cpuSecondsNow()
    let budget =
      evaluations.map(ReassignmentAnnealing.Budget.evaluations)
      ?? .seconds(seconds) { Measurement.cpuSecondsNow() - started }
    var (result, measurement) = Measurement.of {
      ReassignmentAnnealing(problem).run(seed: seed, budget: budget)
    }
    try demandLegal(checker.violations(result.assignment), "the new assignment")
    let cost = checker.cost(result.assignment)
    guard cost.total == Int(result.cost) else {
      throw ChallengeText.failure("the engine counts \(result.cost), the checker \(cost.total)")
    }
    if let out {
      let line = result.assignment.map(String.init).joined(separator: " ") + "\n"
      try Data(line.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
    }
    measurement.name = URL(fileURLWithPath: model).deletingPathExtension().lastPathComponent
    measurement.value = Double(cost.total)
    measurement.lowerBound = Double(problem.leastCost)
    measurement.extra = figures(file, checker, result, measurement.cpuSeconds)
    Measurement.show([measurement], asJSON: format == .json)
  }

  private func figures(
    _ file: ChallengeFile, _ checker: ChallengeChecker, _ result: ReassignmentAnnealing.Result,
    _ seconds: Double
  ) -> [(name: String, value: String)] {
    let cost = checker.cost(result.assignment)
    let moved = zip(result.assignment, file.start).count { $0 != $1 }
    return [
      ("seed", String(seed)), ("initial", String(checker.cost(file.start).total)),
      ("load", String(cost.load)), ("balance", String(cost.balance)),
      ("process_moves", String(cost.processMoves)), ("service_moves", String(cost.serviceMoves)),
      ("machine_moves", String(cost.machineMoves)), ("moved", String(moved)),
      ("evaluations", String(result.evaluations)),
      ("million_evaluations_per_s", String(format: "%.2f", Double(result.evaluations) / seconds / 1e6)),
    ]
  }

  private func demandLegal(_ violations: [String], _ what: String) throws {
    guard !violations.isEmpty else { return }
    let shown = violations.prefix(5).map { "  " + $0 }.joined(separator: "\n")
    throw ChallengeText.failure("\(what) breaks \(violations.count) constraints:\n\(shown)")
  }
}

/// Challenge files on disk.
enum ChallengeText {
  static func read(model: String, assignment: String) throws -> ChallengeFile {
    do {
      return try ChallengeFile(model: text(model), assignment: text(assignment))
    } catch let trouble as ChallengeFile.Trouble {
      throw failure("\(model) with \(assignment): \(trouble)")
    }
  }

  private static func text(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw failure("\(path): cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Says what is wrong and ends with status 3: a file or input error.
  static func failure(_ message: String) -> any Error {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    return ExitCode(3)
  }
}
