import StowageModel

/// What monitoring systems call their metrics.
enum MetricName {
  /// A metric, and what a value is to be multiplied by to be in its unit.
  struct Meaning {
    let metric: UtilisationMetric
    let factor: Double
    /// Whether the value counts up for ever, and only its growth means something.
    var isCounter = false
  }

  /// vSphere's names: kilobytes are binary there, percent are as they are.
  static func vSphere(_ name: String) -> Meaning? {
    switch name.lowercased() {
    case "cpu.usagemhz.average", "cpu.demand.average": Meaning(metric: .cpuMHz, factor: 1)
    case "cpu.usage.average": Meaning(metric: .cpuPercent, factor: 1)
    case "mem.active.average": Meaning(metric: .memoryActiveMiB, factor: 1 / 1024.0)
    case "mem.consumed.average": Meaning(metric: .memoryConsumedMiB, factor: 1 / 1024.0)
    case "mem.usage.average": Meaning(metric: .memoryPercent, factor: 1)
    case "net.usage.average": Meaning(metric: .networkMbps, factor: 8 * 1024 / 1e6)
    case "disk.numberread.average", "virtualdisk.numberreadaveraged.average",
      "virtualdisk.numberwriteaveraged.average":
      Meaning(metric: .diskIOPS, factor: 1)
    default: nil
    }
  }

  /// Names of Prometheus, as exporters and recording rules choose them: told by their words.
  static func prometheus(_ name: String) -> Meaning? {
    let name = name.lowercased()
    if name.contains("cpu") {
      if name.contains("mhz") { return Meaning(metric: .cpuMHz, factor: 1) }
      if name.contains("ratio") { return Meaning(metric: .cpuPercent, factor: 100) }
      if name.contains("percent") || name.contains("pct") { return Meaning(metric: .cpuPercent, factor: 1) }
      if name.hasSuffix("seconds_total") { return Meaning(metric: .cpuCores, factor: 1, isCounter: true) }
      if name.contains("limit") || name.contains("count") { return nil }
      return Meaning(metric: .cpuCores, factor: 1)
    }
    if name.contains("mem") {
      if name.contains("ratio") { return Meaning(metric: .memoryPercent, factor: 100) }
      if name.contains("percent") || name.contains("pct") {
        return Meaning(metric: .memoryPercent, factor: 1)
      }
      if name.contains("size") || name.contains("max") || name.contains("limit") || name.contains("usable") {
        return nil
      }
      let isConsumed = name.contains("rss") || name.contains("consumed")
      if name.contains("mib") {
        return Meaning(metric: isConsumed ? .memoryConsumedMiB : .memoryActiveMiB, factor: 1)
      }
      return Meaning(metric: isConsumed ? .memoryConsumedMiB : .memoryActiveMiB, factor: 1 / 1_048_576.0)
    }
    if name.contains("dirty") { return Meaning(metric: .dirtyRateMiBPerSecond, factor: 1) }
    if name.contains("iops") { return Meaning(metric: .diskIOPS, factor: 1) }
    if name.contains("network") || name.contains("interface") || name.contains("receive")
      || name.contains("transmit")
    {
      if name.contains("bytes") {
        return Meaning(metric: .networkMbps, factor: 8e-6, isCounter: name.hasSuffix("_total"))
      }
      return name.contains("mbps") ? Meaning(metric: .networkMbps, factor: 1) : nil
    }
    return nil
  }

  /// An instant as text.
  static func instant(_ text: String) -> (instant: Int64, hasZone: Bool)? {
    var copy = text
    return copy.withUTF8 { InstantText.parse($0) }
  }
}
