/// What is measured of one VM, as a stream of samples leaves it.
final class VMSeries {
  /// One metric of the VM.
  final class Metric {
    /// The distribution of all samples.
    private(set) var values = QuantileSketch()
    /// The largest sample in each hour of the week, Monday 0:00 UTC first; empty when not kept.
    private(set) var hours: [Float] = []

    init(hasProfile: Bool) {
      if hasProfile { hours = [Float](repeating: -1, count: 168) }
    }

    /// Takes values in, each with its instant.
    func add(_ new: UnsafeBufferPointer<Float>, at instants: UnsafePointer<Int64>) {
      values.add(new)
      guard !hours.isEmpty else { return }
      hours.withUnsafeMutableBufferPointer { hours in
        for index in new.indices {
          // 1970 began on a Thursday, 72 hours after Monday.
          let hour = Int((instants[index] / 3600 + 72) % 168)
          if new[index] > hours[hour] { hours[hour] = new[index] }
        }
      }
    }
  }

  /// The name by which the series speaks of the VM.
  let name: String
  /// The metrics, by their number.
  private(set) var metrics = [Metric?](repeating: nil, count: SampleBatches.width)
  /// Instants with a sample.
  private(set) var samples = 0
  /// The first and last instant, in seconds since 1970.
  private(set) var first = Int64.max
  private(set) var last = Int64.min
  private var previous = Int64.min
  private var previousLead: Float = -1
  /// Rows that say again what the row before said.
  private(set) var duplicates = 0
  /// Instants that come again with other values, as an hour does when clocks go back.
  private(set) var repeated = 0

  init(name: String) { self.name = name }

  /// Takes samples in, and counts the seconds between them. Reuses the memory of `batch`.
  func add(_ batch: SampleBatches.Samples, steps: inout StepCounts) {
    let width = SampleBatches.width
    var kept = 0
    for index in 0..<batch.count {
      let row = batch.values + index * width
      guard take(batch.instants[index], row, &steps) else { continue }
      if kept < index {
        batch.instants[kept] = batch.instants[index]
        (batch.values + kept * width).update(from: row, count: width)
      }
      kept += 1
    }
    for metric in 0..<width { add(metric, of: batch, kept) }
  }

  /// Notes the instant of a sample; whether its values count.
  private func take(_ instant: Int64, _ row: UnsafePointer<Float>, _ steps: inout StepCounts) -> Bool {
    // The first value stands for all when a sample is compared with the one before.
    var lead: Float = -1
    for index in 0..<SampleBatches.width where row[index] >= 0 {
      lead = row[index]
      break
    }
    guard lead >= 0 else { return false }
    if instant == previous {
      if lead == previousLead {
        duplicates += 1
        return false
      }
      repeated += 1
    } else {
      samples += 1
      if previous != Int64.min { steps.add(instant - previous) }
    }
    previous = instant
    previousLead = lead
    first = min(first, instant)
    last = max(last, instant)
    return true
  }

  private func add(_ metric: Int, of batch: SampleBatches.Samples, _ count: Int) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: SampleBatches.depth) { values in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: SampleBatches.depth) { instants in
        var found = 0
        for index in 0..<count {
          let value = batch.values[index * SampleBatches.width + metric]
          guard value >= 0 else { continue }
          values[found] = value
          instants[found] = batch.instants[index]
          found += 1
        }
        guard found > 0, let instants = instants.baseAddress else { return }
        series(of: metric).add(UnsafeBufferPointer(rebasing: values[..<found]), at: instants)
      }
    }
  }

  private func series(of index: Int) -> Metric {
    if let metric = metrics[index] { return metric }
    let metric = Metric(hasProfile: UtilisationMetric(rawValue: index)?.hasProfile ?? false)
    metrics[index] = metric
    return metric
  }
}
