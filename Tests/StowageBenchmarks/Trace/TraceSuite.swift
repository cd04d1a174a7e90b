import ArgumentParser
import StowageKit

/// A month of measured load: hosts, or balance, by several ways of sizing, and the overloads of a replay.
struct TraceSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract:
      "Consolidates or balances a month's VMs by allocation, peaks, p95, by the hour and not, and replays it.",
    discussion: """
      FOLDER holds the unpacked tables inventory.csv, hourly_cpu_max_mhz.csv, hourly_cpu_mean_mhz.csv and \
      week1_5min_cpu_mhz.csv. The bound of what is counted by the hour is one in the busiest hour of all VMs.

      Example:
        stowage-bench trace bitbrains-rnd-2013-08 --cores 32 --host-memory-gib 256
        stowage-bench trace bitbrains-rnd-2013-08 --balance --hosts 24 --percent 5
      """)

  @Flag(help: "Balance the hosts instead of emptying as many as can be.")
  var balance = false

  @Option(help: "Most moves when balancing, in percent of the VMs.")
  var percent = 10.0

  @Option(help: "Hosts at the start, the VMs spread over them in turn.")
  var hosts = 60

  @Option(help: "Cores of each host.")
  var cores = 32.0

  @Option(help: "Clock of each host in MHz.")
  var clockMhz = 2600.0

  @Option(help: "Memory of each host in GiB.")
  var hostMemoryGib = 256.0

  @Option(help: "Seed of the search.")
  var seed: UInt64 = 1

  @Option(help: "Seconds to search for each placement.")
  var timeLimit = 20.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  @Argument(help: "Folder with the unpacked trace.")
  var folder: String

  func run() throws {
    let machines = try TraceFiles(folder).machines
    var packing = TracePacking(
      machines: machines, hosts: hosts, cores: cores, clockMHz: clockMhz, memoryMiB: hostMemoryGib * 1024,
      seed: seed, timeLimit: timeLimit)
    if balance {
      packing.goal = .balance
      packing.maxMoves = Int(Double(machines.count) * percent / 100)
    }
    var measurements = try TracePacking.Sizing.allCases.map { try measure($0, packing, machines) }
    if balance {
      var (replay, start) = Measurement.of {
        TraceReplay(machines, on: packing.start, capacityMHz: packing.capacityMHz)
      }
      (start.name, start.extra) = ("start", Self.extra(replay))
      measurements.insert(start, at: 0)
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  private func measure(
    _ sizing: TracePacking.Sizing, _ packing: TracePacking, _ machines: [TraceFiles.Machine]
  ) throws -> Measurement {
    var (packed, measurement) = try Measurement.of { try packing.pack(sizing) }
    measurement.name = sizing.rawValue
    guard let packed else { return measurement }
    measurement.value = packed.value
    measurement.lowerBound = packed.lowerBound
    measurement.extra =
      [(name: "moves", value: String(packed.moves))]
      + Self.extra(TraceReplay(machines, on: packed.placement, capacityMHz: packing.capacityMHz))
    return measurement
  }

  private static func extra(_ replay: TraceReplay) -> [(name: String, value: String)] {
    [
      ("overload_minutes_week", String(replay.weekMinutes)),
      ("overloaded_hosts_week", String(replay.overloadedHosts)),
      ("peak_percent_week", rounded(replay.peakPercent)),
      ("mean_peak_percent_week", rounded(replay.meanPeakPercent)),
      ("overload_hours_month_certain", String(replay.certainHours)),
      ("overload_hours_month_possible", String(replay.possibleHours)),
    ]
  }

  private static func rounded(_ percent: Double) -> String { String((percent * 10).rounded() / 10) }
}
