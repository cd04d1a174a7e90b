import ArgumentParser

/// A month of measured load: hosts by several ways of sizing, and the overloads of a replay.
struct TraceSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Consolidates a month's VMs by allocation, peaks, p95, by the hour and not, and replays it.",
    discussion: """
      FOLDER holds the unpacked tables inventory.csv, hourly_cpu_max_mhz.csv, hourly_cpu_mean_mhz.csv and
      week1_5min_cpu_mhz.csv. The bound of what is counted by the hour is one in the busiest hour of all VMs.

      Example:
        stowage-bench trace bitbrains-rnd-2013-08 --cores 32 --host-memory-gib 256
      """)

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
    let packing = TracePacking(
      machines: machines, hosts: hosts, cores: cores, clockMHz: clockMhz, memoryMiB: hostMemoryGib * 1024,
      seed: seed, timeLimit: timeLimit)
    let measurements = try TracePacking.Sizing.allCases.map { sizing in
      var (packed, measurement) = try Measurement.of { try packing.pack(sizing) }
      measurement.name = sizing.rawValue
      guard let packed else { return measurement }
      let replay = TraceReplay(machines, on: packed.placement, capacityMHz: packing.capacityMHz)
      measurement.value = packed.hosts
      measurement.lowerBound = packed.lowerBound
      measurement.extra = [
        ("overload_minutes_week", String(replay.weekMinutes)),
        ("overloaded_hosts_week", String(replay.overloadedHosts)),
        ("peak_percent_week", String((replay.peakPercent * 10).rounded() / 10)),
        ("overload_hours_month_certain", String(replay.certainHours)),
        ("overload_hours_month_possible", String(replay.possibleHours)),
      ]
      return measurement
    }
    Measurement.show(measurements, asJSON: format == .json)
  }
}
