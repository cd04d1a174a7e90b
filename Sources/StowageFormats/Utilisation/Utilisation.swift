public import StowageDiagnostics

/// What was measured of the VMs of a fleet over time.
public struct Utilisation: Sendable {
  /// What was measured of one VM.
  public struct Machine: Sendable {
    /// The name, id or number by which the measurements speak of the VM.
    public let name: String
    /// How many instants have a sample.
    public let samples: Int
    /// From the first to the last sample of the VM, in days.
    public let days: Double
    /// Samples as a share of those that the whole period would have, 0 to 1.
    public let coverage: Double
    /// The metrics.
    public let figures: [UtilisationMetric: Figures]

    /// From 1 to 5 by coverage, a fifth each.
    public var confidence: Int { max(1, min(5, Int((coverage * 5).rounded(.up)))) }
  }

  /// A metric of a VM.
  public struct Figures: Sendable {
    /// Mean of all samples.
    public let mean: Double
    /// Median, by nearest rank.
    public let p50: Double
    /// 95th percentile, by nearest rank.
    public let p95: Double
    /// 99th percentile, by nearest rank.
    public let p99: Double
    /// The largest sample.
    public let maximum: Double
    /// The largest sample in each hour of the week, Monday 0:00 UTC first, -1 where there is none; empty for
    /// metrics that are not kept by hour.
    public let hours: [Float]
  }

  /// The VMs, in ascending order of their names.
  public let machines: [Machine]
  /// Rows with a value.
  public let rows: Int
  /// The usual time between two samples of a VM, in seconds.
  public let intervalSeconds: Int
  /// From the first to the last sample of all, in days.
  public let days: Double
  /// Rows and values that could not be used, by reason.
  public let unusable: [String: Int]
  /// Rows that repeat the one before.
  public let duplicates: Int
  /// Everything to tell about the files.
  public let log: DiagnosticLog
  private let assumed: [String: Int]
  private let repeated: Int

  init(_ collector: UtilisationCollector) {
    let interval = max(1, collector.interval)
    let measured = collector.series.filter { $0.samples > 0 }
    let first = measured.map(\.first).min() ?? 0
    let last = measured.map(\.last).max() ?? 0
    let expected = Double((last - first) / interval + 1)
    machines = measured.map { Self.machine($0, expected: expected, interval: interval) }.sorted {
      $0.name < $1.name
    }
    rows = collector.rows
    intervalSeconds = Int(interval)
    days = Double(last - first + interval) / 86_400
    unusable = collector.unusable
    duplicates = collector.series.map(\.duplicates).reduce(0, +)
    repeated = collector.series.map(\.repeated).reduce(0, +)
    assumed = collector.assumed
    log = collector.log
  }

  private static func machine(_ series: VMSeries, expected: Double, interval: Int64) -> Machine {
    var figures: [UtilisationMetric: Figures] = [:]
    for metric in UtilisationMetric.allCases {
      guard let found = series.metrics[metric.rawValue],
        let percentiles = found.values.percentiles([0.5, 0.95, 0.99])
      else { continue }
      let values = found.values
      figures[metric] = Figures(
        mean: values.sum / Double(values.count),
        p50: percentiles[0], p95: percentiles[1], p99: percentiles[2], maximum: Double(values.maximum),
        hours: found.hours)
    }
    return Machine(
      name: series.name, samples: series.samples,
      days: Double(series.last - series.first + interval) / 86_400,
      coverage: min(1, Double(series.samples) / max(1, expected)), figures: figures)
  }

  /// What was passed over and taken for granted, as sentences.
  public var notes: [String] {
    var notes: [String] = []
    if duplicates > 0 { notes.append("Samples that repeat the one before left out: \(duplicates).") }
    if repeated > 0 {
      notes.append(
        "Samples at an instant that the VM had already, as when clocks go back: \(repeated), kept.")
    }
    for (reason, count) in unusable.sorted(by: { $0.key < $1.key }) {
      notes.append("Left out, \(reason): \(count).")
    }
    for (what, count) in assumed.sorted(by: { $0.key < $1.key }) {
      notes.append("Assumed of \(count), \(what).")
    }
    return notes
  }
}
