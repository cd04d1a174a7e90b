import ArgumentParser
import Foundation
import StowageKit

/// Solvers that people would reach for, beside Stowage, on the same fleets with the same time.
struct PeersSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peers",
    abstract: "Consolidates generated fleets by Stowage and by other solvers, with the same time.",
    discussion: """
      Needs a folder with generate_instance.py, instance_to_inventory.py, assignment_model.py and \
      aggregated_model.py, and a Python with swiglpk, highspy, ortools and scipy. The assignment model is the textbook's: \
      each VM on one host. The aggregated model counts VMs of a size on each host and leaves out most rules, so \
      what it finds may be fewer hosts than any placement needs. All use one thread; they run in turn.
      """)

  @Option(help: "The folder with the other solvers' models.")
  var lab: String

  @Option(help: "The Python that has their packages.")
  var python = "python3"

  @Option(parsing: .upToNextOption, help: "Kinds of the generated fleets: flavor, cont, big.")
  var kinds: [GeneratedFleet.Kind] = [.flavor]

  @Option(parsing: .upToNextOption, help: "Hosts of the generated fleets.")
  var sizes: [Int] = [50, 100, 200]

  @Option(parsing: .upToNextOption, help: "Seeds of the generated fleets.")
  var seeds: [UInt64] = [11]

  @Option(
    parsing: .upToNextOption, help: "The others: assignment or aggregated, then glpk, highs or cpsat.")
  var peers = [
    "assignment-glpk", "assignment-highs", "assignment-cpsat", "aggregated-glpk", "aggregated-highs",
  ]

  @Option(help: "Seconds that each may search.")
  var timeLimit = 60.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    let folder = NSTemporaryDirectory() + "stowage-bench-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var measurements: [Measurement] = []
    for kind in kinds {
      for size in sizes {
        for seed in seeds {
          let fleet = PeerFleet(name: "\(kind.rawValue)-\(size)-\(seed)", folder: folder)
          try fleet.write(by: self, size, kind, seed)
          measurements.append(try stowage(fleet, kind, seed))
          for peer in peers { measurements.append(try measure(peer, fleet)) }
        }
      }
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  /// Runs one of the folder's scripts.
  fileprivate func script(_ name: String, _ arguments: [String]) throws -> ChildProcess {
    let run = try ChildProcess(python, ["\(lab)/\(name).py"] + arguments)
    guard run.status == 0 else {
      throw ValidationError("\(name).py ended with \(run.status): are its packages there?")
    }
    return run
  }

  private func stowage(_ fleet: PeerFleet, _ kind: GeneratedFleet.Kind, _ seed: UInt64) throws -> Measurement
  {
    guard let inventory = InventoryReader.read(fleet.inventory).inventory else {
      throw ValidationError("the inventory of \(fleet.name) cannot be read")
    }
    let request = PlanRequest(
      goal: .consolidate,
      options: PlanOptions(sizing: SizingOptions(cpu: kind == .cont ? .mhz : .vcpu)),
      timeLimitSeconds: timeLimit, seed: seed)
    var (outline, measurement) = try Measurement.of { try PlacementOutline(inventory, request) }
    measurement.name = "\(fleet.name)  stowage"
    if let hosts = outline.objectives.first(where: { $0.name == .hostsOn }) {
      measurement.value = hosts.value
      measurement.lowerBound = hosts.lowerBound
    }
    return measurement
  }

  private func measure(_ peer: String, _ fleet: PeerFleet) throws -> Measurement {
    let words = peer.split(separator: "-", maxSplits: 1).map(String.init)
    guard words.count == 2, ["assignment", "aggregated"].contains(words[0]) else {
      throw ValidationError("no such solver: \(peer)")
    }
    let start = DispatchTime.now().uptimeNanoseconds
    let run = try script("\(words[0])_model", [fleet.instance, words[1], String(Int(timeLimit))])
    let answer = PeerAnswer(run.output)
    return Measurement(
      name: "\(fleet.name)  \(peer)", value: answer.hosts, lowerBound: answer.bound,
      cpuSeconds: run.cpuSeconds, wallSeconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9,
      peakMiB: 0)
  }
}

/// One fleet as the other solvers' models read it and as an inventory.
private struct PeerFleet {
  let name: String
  let instance: String
  let inventory: String

  init(name: String, folder: String) {
    self.name = name
    instance = "\(folder)/\(name).txt"
    inventory = "\(folder)/\(name)"
  }

  func write(by suite: PeersSuite, _ size: Int, _ kind: GeneratedFleet.Kind, _ seed: UInt64) throws {
    let made = try suite.script("generate_instance", [String(size), kind.rawValue, String(seed)])
    try Data(made.output.utf8).write(to: URL(fileURLWithPath: instance))
    _ = try suite.script("instance_to_inventory", [instance, inventory, kind == .cont ? "mhz" : "vcpu"])
  }
}

/// What a model's script printed: `ub 72.0` or `ub=72.0`, and a bound the same way.
private struct PeerAnswer {
  var hosts: Double?
  var bound: Double?

  init(_ output: String) {
    let words = output.split { " =\n".contains($0) }.map(String.init)
    func number(after name: String) -> Double? {
      guard let place = words.lastIndex(of: name), words.indices.contains(place + 1) else { return nil }
      return Double(words[place + 1]).flatMap { $0.isFinite ? $0 : nil }
    }
    hosts = number(after: "ub")
    bound = number(after: "lb")
  }
}
