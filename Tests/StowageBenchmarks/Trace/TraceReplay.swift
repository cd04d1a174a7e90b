/// What happens on the hosts of a placement when the trace runs again.
struct TraceReplay {
  /// Minutes of the first week in which the samples of a host's VMs sum to more than its CPU, all hosts.
  let weekMinutes: Double
  /// Hosts that are overloaded in that week at any sample.
  let overloadedHosts: Int
  /// Hours of the month in which the means of a host's VMs sum to more than its CPU: certain overloads.
  let certainHours: Int
  /// Hours of the month in which the largest samples of a host's VMs sum to more than its CPU: no other
  /// hour can have an overload.
  let possibleHours: Int
  /// The highest sum of a host's VMs in that week, in percent of its CPU.
  let peakPercent: Double
  /// The mean of the highest sums of all hosts in that week, in percent of their CPU.
  let meanPeakPercent: Double

  /// Replays a trace on a placement: the host of each VM, by number.
  init(_ machines: [TraceFiles.Machine], on placement: [Int], capacityMHz: Double) {
    let limit = Float(capacityMHz)
    let week = Self.sums(machines, placement, \.weekMHz)
    let over = week.values.map { $0.count { $0 > limit } }
    weekMinutes = 5 * Double(over.reduce(0, +))
    overloadedHosts = over.count { $0 > 0 }
    let peaks = week.values.compactMap { $0.max() }.map { Double($0) / capacityMHz * 100 }
    peakPercent = peaks.max() ?? 0
    meanPeakPercent = peaks.reduce(0, +) / Double(max(1, peaks.count))
    certainHours = Self.hours(Self.sums(machines, placement, \.hourlyMeanMHz), above: limit)
    possibleHours = Self.hours(Self.sums(machines, placement, \.hourlyMaxMHz), above: limit)
  }

  /// The sum of some series of the VMs of each host.
  static func sums(
    _ machines: [TraceFiles.Machine], _ placement: [Int], _ series: (TraceFiles.Machine) -> [Float]
  ) -> [Int: [Float]] {
    var sums: [Int: [Float]] = [:]
    for (machine, host) in zip(machines, placement) {
      let values = series(machine)
      var sum = sums[host] ?? [Float](repeating: 0, count: values.count)
      for index in values.indices { sum[index] += values[index] }
      sums[host] = sum
    }
    return sums
  }

  private static func hours(_ sums: [Int: [Float]], above limit: Float) -> Int {
    sums.values.reduce(0) { $0 + $1.count { $0 > limit } }
  }
}
