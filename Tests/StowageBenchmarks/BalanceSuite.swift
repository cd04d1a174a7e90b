import ArgumentParser
import GLPKBackend
import StowageFleet
import StowageKit
import StowagePlacement

/// Placements that lower the fullest hosts with few moves: the highest utilisation against its bound.
struct BalanceSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance",
    abstract: "Balances generated fleets, or given inventories, with a limit on moves.",
    discussion: "Times are those of finding the placement; order and verdict come on top (see --whole).")

  @Option(parsing: .upToNextOption, help: "Hosts of the generated fleets.")
  var sizes: [Int] = [100, 1000]

  @Option(parsing: .upToNextOption, help: "Seeds of the generated fleets.")
  var seeds: [UInt64] = [1]

  @Option(parsing: .upToNextOption, help: "Balance these inventories instead of generated ones.")
  var inventory: [String] = []

  @Option(parsing: .upToNextOption, help: "Most moves, in percent of the VMs.")
  var percent: [Double] = [2, 5, 10]

  @Option(
    help: "Lower only what is above this percentage of CPU and memory; the value is then the sum over hosts.")
  var target: Double?

  @Flag(help: "Make the whole plan: placement, order, verdict.")
  var whole = false

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 60.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    for path in inventory {
      guard let read = InventoryReader.read(path).inventory else { throw ExitCode(3) }
      measurements += try percent.map { try measure(path, read, percent: $0, seed: 1) }
    }
    for size in inventory.isEmpty ? sizes : [] {
      for seed in seeds {
        let fleet = GeneratedFleet(hosts: size, seed: seed).inventory
        measurements += try percent.map {
          try measure("F\(size)-\(seed)", fleet, percent: $0, seed: seed)
        }
      }
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  private func measure(_ name: String, _ inventory: Inventory, percent: Double, seed: UInt64) throws
    -> Measurement
  {
    let limit = Int(Double(inventory.vms.count) * percent / 100)
    var options = PlanOptions(maxMoves: limit)
    if let target { options.targetPercent = [.cpu: target, .memory: target] }
    var (objectives, measurement) = try Measurement.of {
      try whole ? plan(inventory, options, seed) : placement(inventory, options, seed)
    }
    func value(_ name: Objective.Name) -> Objective? { objectives.first { $0.name == name } }
    let lowered = value(target == nil ? .maxUtilisation : .targetExcess)
    measurement.name = "\(name) \(percent) %"
    measurement.value = lowered?.value
    measurement.lowerBound = lowered?.lowerBound
    let gap = lowered.map { $0.value / max($0.lowerBound ?? 0, 1e-9) - 1 } ?? 0
    measurement.extra = [
      ("max_moves", String(limit)), ("moves", String(Int(value(.moves)?.value ?? 0))),
      ("gap_percent", String(gap * 100)),
      ("stddev", String(value(.utilisationStandardDeviation)?.value ?? 0)),
    ]
    return measurement
  }

  private func placement(_ inventory: Inventory, _ options: PlanOptions, _ seed: UInt64) throws -> [Objective]
  {
    let engine = PlacementEngine(
      fleet: Fleet(inventory, options: options), solver: GLPKSolver(),
      options: PlacementOptions(timeLimitSeconds: timeLimit, seed: seed))
    guard case .placed(let result) = try engine.answer(.balance) else { return [] }
    return result.objectives
  }

  private func plan(_ inventory: Inventory, _ options: PlanOptions, _ seed: UInt64) throws -> [Objective] {
    let request = PlanRequest(
      goal: .balance, options: options, timeLimitSeconds: timeLimit, seed: seed)
    guard case .planned(let planned) = try Planner().plan(inventory, request) else { return [] }
    return planned.plan.objectives
  }
}
