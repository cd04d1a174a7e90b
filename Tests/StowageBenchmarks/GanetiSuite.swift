import ArgumentParser
import Foundation
import GLPKBackend
import StowageFleet
import StowageKit
import StowagePlacement

/// Ganeti clusters balanced by hbal and by Stowage, with no more moves, in one run.
struct GanetiSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ganeti",
    abstract: "Balances generated Ganeti clusters, after hbal and with no more moves than it made.",
    discussion: """
      Needs hbal (Debian: ganeti-htools). Deviations are those that hbal counts: of the part of memory that is \
      free, and of vCPUs per core, over all nodes. Those of the start are counted by both and compared. CPU \
      seconds are those of reading the file and finding the moves.
      """)

  @Option(parsing: .upToNextOption, help: "Nodes of the generated clusters.")
  var sizes: [Int] = [10, 20, 40]

  @Option(parsing: .upToNextOption, help: "Seeds of the generated clusters.")
  var seeds: [UInt64] = [1]

  @Option(help: "The program.")
  var hbal = "/usr/bin/hbal"

  @Flag(help: "Let hbal also even out the number of instances, which it does where it knows no loads.")
  var counts = false

  @Flag(help: "Lower the fullest node first, not the spread.")
  var highest = false

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    for size in sizes {
      for seed in seeds {
        let path = NSTemporaryDirectory() + "stowage-bench-\(ProcessInfo.processInfo.processIdentifier).data"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let cluster = GanetiCluster(nodes: size, seed: seed)
        try Data(cluster.text.utf8).write(to: URL(fileURLWithPath: path))
        measurements.append(try measure("G\(size)-\(seed)", path, seed: seed))
      }
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  private func measure(_ name: String, _ path: String, seed: UInt64) throws -> Measurement {
    let peer = try HbalRun(program: hbal, path: path, countsInstances: counts)
    var (outcome, measurement) = try Measurement.of { try balance(path, moves: peer.moves, seed: seed) }
    guard let outcome else { throw ValidationError("\(name): no placement was found") }
    let start = Spread(outcome.inventory, placement: outcome.inventory.vms.map { $0.host })
    guard start.isNear(peer.start) else {
      throw ValidationError("\(name): hbal counts \(peer.start) at the start, Stowage \(start)")
    }
    let end = Spread(outcome.inventory, placement: outcome.hosts)
    measurement.name = name
    measurement.value = end.freeMemory
    measurement.extra = [
      ("hbal_free_memory_stddev", String(peer.end.freeMemory)),
      ("vcpu_ratio_stddev", String(end.vCPURatio)),
      ("hbal_vcpu_ratio_stddev", String(peer.end.vCPURatio)),
      ("moves", String(outcome.moves)), ("hbal_moves", String(peer.moves)),
      ("hbal_cpu_s", String(format: "%.3f", peer.cpuSeconds)),
      ("times_faster", String(format: "%.0f", peer.cpuSeconds / max(measurement.cpuSeconds, 1e-3))),
    ]
    return measurement
  }

  private func balance(_ path: String, moves: Int, seed: UInt64) throws -> (
    inventory: Inventory, hosts: [HostID?], moves: Int
  )? {
    guard let inventory = InventoryReader.read(path).inventory else { return nil }
    var options = PlanOptions(maxMoves: moves)
    options.balanceFirst = highest ? .highest : .spread
    let fleet = Fleet(inventory, options: options)
    let engine = PlacementEngine(
      fleet: fleet, solver: GLPKSolver(), options: PlacementOptions(seed: seed))
    guard case .placed(let result) = try engine.answer(.balance) else { return nil }
    let hostOf = Dictionary(
      uniqueKeysWithValues: zip(fleet.vms, result.placement).map { ($0.id, fleet.hosts[$1].id) })
    let hosts = inventory.vms.map { hostOf[$0.id] ?? $0.host }
    return (inventory, hosts, zip(inventory.vms, hosts).count { $0.host != $1 })
  }
}

/// One run of hbal: what it says of start and end, its moves, and the CPU seconds of its process.
struct HbalRun {
  let start: Spread
  let end: Spread
  let moves: Int
  let cpuSeconds: Double

  init(program: String, path: String, countsInstances: Bool) throws {
    let run = try ChildProcess(
      program, ["-t", path, "-v", "-v"] + (countsInstances ? [] : ["--ignore-dynu"]))
    cpuSeconds = run.cpuSeconds
    func values(_ name: String) -> [Double] {
      run.output.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        return words.count >= 2 && words[0] == name ? Double(words[1]) : nil
      }
    }
    let (memory, ratio) = (values("free_mem_cv"), values("vcpu_ratio_cv"))
    let length = run.output.split(separator: "\n").last { $0.hasPrefix("Solution length=") }
      .flatMap { Int($0.dropFirst("Solution length=".count)) }
    guard run.status == 0, memory.count == 2, ratio.count == 2, let length else {
      throw ValidationError("\(program) did not balance \(path)")
    }
    start = Spread(freeMemory: memory[0], vCPURatio: ratio[0])
    end = Spread(freeMemory: memory[1], vCPURatio: ratio[1])
    moves = length
  }
}
