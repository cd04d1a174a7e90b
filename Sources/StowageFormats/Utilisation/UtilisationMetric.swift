/// What a time series measures of a VM.
public enum UtilisationMetric: Int, CaseIterable, Hashable, Sendable {
  /// CPU in MHz.
  case cpuMHz
  /// CPU as a share of the VM's vCPUs, 0 to 100.
  case cpuPercent
  /// CPU in cores.
  case cpuCores
  /// Memory that is in active use, in MiB.
  case memoryActiveMiB
  /// Memory taken from the host, in MiB.
  case memoryConsumedMiB
  /// Memory in use as a share of what is configured, 0 to 100.
  case memoryPercent
  /// Network in Mb/s, the busier direction.
  case networkMbps
  /// Disk operations a second, reads and writes together.
  case diskIOPS
  /// Memory dirtied, in MiB/s.
  case dirtyRateMiBPerSecond

  /// Whether several columns of a row add up; of the others the largest counts.
  var isSum: Bool { self == .diskIOPS }

  /// Whether the hours of the week are kept apart.
  var hasProfile: Bool {
    switch self {
    case .cpuMHz, .cpuPercent, .cpuCores, .memoryActiveMiB, .memoryPercent: true
    case .memoryConsumedMiB, .networkMbps, .diskIOPS, .dirtyRateMiBPerSecond: false
    }
  }
}
