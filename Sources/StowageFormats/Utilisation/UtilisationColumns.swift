import StowageModel

/// What the columns of a table of samples are.
struct UtilisationColumns {
  /// What a column is.
  enum Role: Equatable {
    case other
    case vm
    case instant
    /// A metric; a value times `factor` is in the metric's unit.
    case metric(UtilisationMetric, factor: Double)
    /// Percent of CPU that is idle.
    case idlePercent
    /// The number of a CPU; rows of single CPUs are left out, -1 and `all` stand for all together.
    case cpuNumber
  }

  /// The roles, in the order of the columns.
  let roles: [Role]

  /// Whether a header names the VM.
  var namesVM: Bool { roles.contains(.vm) }

  /// The columns of a header; `nil` when it has no time or no metric that is known.
  ///
  /// Grafana saves the columns `Series`, `Time` and `Value`; what the values are, only the name of the file can
  /// tell: `value`.
  init?(_ header: [String], of value: MetricName.Meaning? = nil) {
    if let value, !value.isCounter, header.map(FoldedName.of).sorted() == ["series", "time", "value"] {
      roles = header.map { name in
        switch FoldedName.of(name) {
        case "series": .vm
        case "time": .instant
        default: .metric(value.metric, factor: value.factor)
        }
      }
      return
    }
    let isSar =
      header.contains("interval") && header.contains { $0.hasPrefix("# hostname") || $0 == "hostname" }
    roles =
      header.contains { $0.contains("|") }
      ? VROpsColumns.roles(header) : header.map { Self.role($0, isSar: isSar) }
    let measures = roles.contains { role in
      switch role {
      case .metric, .idlePercent: true
      default: false
      }
    }
    guard roles.contains(.instant), measures else { return nil }
  }

  private static let kibPerMiB = 1 / 1024.0
  private static let bytesPerMiB = 1 / 1_048_576.0
  /// KB/s as Mb/s.
  private static let kilobytesAsMegabits = 8 / 1000.0

  private static let known: [String: Role] = {
    var known: [String: Role] = [:]
    func add(_ role: Role, _ headers: String...) {
      for header in headers { known[FoldedName.of(header)] = role }
    }
    add(
      .vm, "vm_id", "vm", "vm name", "name", "entity", "MachineId", "domain", "instance", "hostname", "id",
      "server")
    add(
      .instant, "timestamp", "time", "datetime", "date", "Timestamp [ms]", "sample_time", "Interval Breakdown"
    )
    add(.metric(.cpuMHz, factor: 1), "cpu_mhz", "CPU usage [MHZ]", "cpu usage mhz", "cpu_usage_mhz")
    add(
      .metric(.cpuPercent, factor: 1), "cpu_pct", "CpuUtilizationPercentage", "cpu_percent", "CPU usage [%]")
    add(.metric(.cpuCores, factor: 1), "cpu_cores_used")
    add(.metric(.memoryActiveMiB, factor: 1), "memory_active_mib", "mem_active_mib")
    add(.metric(.memoryActiveMiB, factor: bytesPerMiB), "UtilizedMemoryBytes")
    add(.metric(.memoryActiveMiB, factor: kibPerMiB), "Memory usage [KB]")
    add(.metric(.memoryConsumedMiB, factor: 1), "memory_consumed_mib")
    add(.metric(.memoryPercent, factor: 1), "memory_pct", "MemoryUtilizationPercentage", "mem_pct")
    add(.metric(.networkMbps, factor: 1), "network_rx_mbps", "network_tx_mbps", "network_mbps")
    add(.metric(.networkMbps, factor: 8e-6), "NetworkBytesPerSecSent", "NetworkBytesPerSecReceived")
    add(
      .metric(.networkMbps, factor: kilobytesAsMegabits), "Network received throughput [KB/s]",
      "Network transmitted throughput [KB/s]")
    add(
      .metric(.diskIOPS, factor: 1), "disk_read_iops", "disk_write_iops", "disk_iops",
      "DiskReadOperationsPerSec",
      "DiskWriteOperationsPerSec")
    add(.metric(.dirtyRateMiBPerSecond, factor: 1), "dirty_rate_mib_per_s")
    return known
  }()

  private static func role(_ header: String, isSar: Bool) -> Role {
    let folded = FoldedName.of(header)
    if isSar {
      switch folded {
      case "cpu": return .cpuNumber
      case "idle": return .idlePercent
      case "kbmemused": return .metric(.memoryActiveMiB, factor: kibPerMiB)
      default: break
      }
    }
    // Bitbrains writes `CPU usage [MHZ]` and `CPU usage [%]`, which fold apart only by the unit.
    if folded == "cpuusage" { return header.contains("%") ? .metric(.cpuPercent, factor: 1) : .other }
    return known[folded] ?? .other
  }
}
