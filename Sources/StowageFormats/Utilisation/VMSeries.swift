/// What is measured of one VM, as a stream of samples leaves it.
final class VMSeries {
  /// One metric of the VM.
  final class Metric {
    /// The distribution of all samples.
    var values = QuantileSketch()
    /// The largest sample in each hour of the week, Monday 0:00 UTC first; empty when not kept.
    private(set) var hours: [Float] = []

    init(hasProfile: Bool) {
      if hasProfile { hours = [Float](repeating: -1, count: 168) }
    }

    @inline(__always)
    func add(_ value: Float, hour: Int) {
      values.add(value)
      if !hours.isEmpty, value > hours[hour] { hours[hour] = value }
    }
  }

  /// The name by which the series speaks of the VM.
  let name: String
  /// The metrics, by their number.
  private(set) var metrics = [Metric?](repeating: nil, count: UtilisationMetric.allCases.count)
  /// Instants with a sample.
  private(set) var samples = 0
  /// The first and last instant, in seconds since 1970.
  private(set) var first = Int64.max
  private(set) var last = Int64.min
  private var previous = Int64.min
  private var previousValue: Float = -1
  /// Rows that say again what the row before said.
  private(set) var duplicates = 0
  /// Instants that come again with other values, as an hour does when clocks go back.
  private(set) var repeated = 0

  init(name: String) { self.name = name }

  /// Takes the values of an instant in; those that are negative are missing.
  @inline(__always)
  func add(at instant: Int64, hour: Int, _ row: UnsafeMutablePointer<Float>, _ count: Int) -> Int64 {
    var lead: Float = -1
    var index = 0
    while index < count {
      if row[index] >= 0 {
        lead = row[index]
        break
      }
      index += 1
    }
    guard lead >= 0 else { return 0 }
    if instant == previous {
      if lead == previousValue {
        duplicates += 1
        return 0
      }
      repeated += 1
    } else {
      samples += 1
    }
    let step = previous == Int64.min ? 0 : instant - previous
    previous = instant
    previousValue = lead
    if instant < first { first = instant }
    if instant > last { last = instant }
    while index < count {
      if row[index] >= 0 { metric(index).add(row[index], hour: hour) }
      index += 1
    }
    return step
  }

  @inline(__always)
  private func metric(_ index: Int) -> Metric {
    if let metric = metrics[index] { return metric }
    let metric = Metric(hasProfile: UtilisationMetric(rawValue: index)?.hasProfile ?? false)
    metrics[index] = metric
    return metric
  }
}
