import StowageModel

/// The columns of a view that vROps or Aria Operations exports: `Name`, `Interval Breakdown`, and for
/// each metric a column for each way of rolling it up: `"db|CPU|Demand (MHz)|Max"`.
enum VROpsColumns {
  /// The roles of the columns. Where a metric is there as maximum and as average, the maximum counts:
  /// an average over an hour hides the peak.
  static func roles(_ header: [String]) -> [UtilisationColumns.Role] {
    let found = header.map(role)
    var best: [UtilisationMetric: Int] = [:]
    for (index, entry) in found.enumerated() {
      guard let entry, case .metric(let metric, _) = entry.role else { continue }
      if let other = best[metric], (found[other]?.rank ?? 0) >= entry.rank { continue }
      best[metric] = index
    }
    return found.enumerated().map { index, entry in
      guard let entry else { return .other }
      if case .metric(let metric, _) = entry.role, best[metric] != index { return .other }
      return entry.role
    }
  }

  private static func role(_ header: String) -> (role: UtilisationColumns.Role, rank: Int)? {
    let folded = FoldedName.of(header)
    if folded == "name" { return (.vm, 0) }
    if folded == "intervalbreakdown" || folded == "timestamp" || folded == "time" { return (.instant, 0) }
    let parts = header.lowercased().split(separator: "|").map(\.trimmedOfBlanks)
    guard parts.count >= 2 else { return nil }
    let rank: Int
    switch parts.last {
    case "max", "maximum": rank = 3
    case "avg", "average": rank = 2
    case "last", "latest", "current": rank = 1
    default: rank = 2
    }
    guard let metric = metric(parts.joined(separator: "|")) else { return nil }
    return (metric, rank)
  }

  private static func metric(_ text: String) -> UtilisationColumns.Role? {
    let isCPU = text.contains("cpu")
    let isMemory = text.contains("mem")
    if isCPU, text.contains("(mhz)"), text.contains("demand") || text.contains("usage") {
      return .metric(.cpuMHz, factor: 1)
    }
    if isCPU, text.contains("(ghz)"), text.contains("demand") || text.contains("usage") {
      return .metric(.cpuMHz, factor: 1000)
    }
    if isCPU, text.contains("(%)"), text.contains("usage") || text.contains("workload") {
      return .metric(.cpuPercent, factor: 1)
    }
    if isMemory, let factor = memoryFactor(text) {
      if text.contains("consumed") { return .metric(.memoryConsumedMiB, factor: factor) }
      if text.contains("active") || text.contains("utilization") || text.contains("demand")
        || text.contains("guest")
      {
        return .metric(.memoryActiveMiB, factor: factor)
      }
    }
    if isMemory, text.contains("(%)") { return .metric(.memoryPercent, factor: 1) }
    if text.contains("iops") || text.contains("commands per second") { return .metric(.diskIOPS, factor: 1) }
    if text.contains("net"), text.contains("(kbps)") { return .metric(.networkMbps, factor: 8 / 1000.0) }
    return nil
  }

  private static func memoryFactor(_ text: String) -> Double? {
    if text.contains("(kb)") { return 1 / 1024 }
    if text.contains("(mb)") { return 1 }
    if text.contains("(gb)") { return 1024 }
    return nil
  }
}
